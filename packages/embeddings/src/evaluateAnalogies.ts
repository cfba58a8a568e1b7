import { checkOptions, oneOf } from '@chainrule/errors/check';
import type { AnalogySection } from './analogyQuestions.ts';
import { knownForm } from './knownForm.ts';
import { type AnalogyMethod, analogyScores, type WordVectors } from './wordVectors.ts';

/** How many analogies were solved. */
export interface AnalogyScore {
  readonly name: string;
  readonly correct: number;
  /** Questions of which all four words have a vector, and all questions. */
  readonly found: number;
  readonly total: number;
  /** correct / found; NaN where none is found. */
  readonly accuracy: number;
}

/** What {@link evaluateAnalogies} gives. */
export interface AnalogyResult extends AnalogyScore {
  readonly sections: readonly AnalogyScore[];
}

/**
 * Solves analogies: a is to b as c is to d, where d must be the best answer among all words but a, b and c. A word
 * without a vector is looked up in lower case; questions with words that are still not known are left out.
 *
 * @param options - `method` by default `3CosAdd`
 * @example
 * const vectors = new WordVectors(['man', 'woman', 'king', 'queen'], tensor([[1, 0.1], [0.1, 1], [2, 0.9], [0.9, 2]]));
 * const { correct, found, total } = evaluateAnalogies(vectors, [{ name: 'royals', questions: [['man', 'woman', 'king', 'queen'], ['he', 'she', 'king', 'queen']] }]);
 * [correct, found, total]; // => [1,1,2]
 */
export function evaluateAnalogies(
  vectors: WordVectors,
  sections: readonly AnalogySection[],
  options: { readonly method?: AnalogyMethod } = {},
): AnalogyResult {
  checkOptions('evaluateAnalogies', options, { method: oneOf('3CosAdd', '3CosMul') });
  const { method = '3CosAdd' } = options;
  const cosines = rememberCosines(vectors);
  const scores = sections.map(({ name, questions }) => {
    const known = questions
      .map((words) => words.map((word) => knownForm(vectors, word)))
      .filter((words): words is string[] => !words.includes(undefined));
    const correct = known.filter(
      ([a, b, c, d]) => best(vectors, analogyScores([b!, c!, a!].map(cosines), 2, method), [a!, b!, c!]) === d,
    ).length;
    return scoreOf(name, correct, known.length, questions.length);
  });
  const sum = (key: 'correct' | 'found' | 'total'): number => scores.reduce((all, score) => all + score[key], 0);
  return { ...scoreOf('total', sum('correct'), sum('found'), sum('total')), sections: scores };
}

function scoreOf(name: string, correct: number, found: number, total: number): AnalogyScore {
  return { name, correct, found, total, accuracy: correct / found };
}

function best(vectors: WordVectors, scores: Float32Array, without: readonly string[]): string | undefined {
  for (const word of without) scores[vectors.indexOf(word)] = -Infinity;
  let most = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i]! > scores[most]!) most = i;
  return vectors.words[most];
}

/** Elements that are remembered: 128 MB. */
const mostElements = 2 ** 25;

/** The cosines to all words of those words that were asked for last: questions that follow share them. */
function rememberCosines(vectors: WordVectors): (word: string) => Float32Array {
  const known = new Map<string, Float32Array>();
  return (word) => {
    const found = known.get(word) ?? vectors.cosines(vectors.vector(word));
    if (!known.has(word) && (known.size + 1) * vectors.size > mostElements) known.clear();
    known.set(word, found);
    return found;
  };
}
