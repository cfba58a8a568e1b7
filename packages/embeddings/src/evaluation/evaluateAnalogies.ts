import { checkOptions, oneOf } from '@chainrule/errors/check';
import type { AnalogySection } from './analogyQuestions.ts';
import { analogySections } from './checks.ts';
import { lookUp } from './lookUp.ts';
import { type AnalogyMethod, analogyScores } from '../vectors/analogyScores.ts';
import { aWordVectors, type WordVectors } from '../vectors/wordVectors.ts';

/** Number of solved analogies. */
export interface AnalogyScore {
  readonly name: string;
  readonly correct: number;
  /** Number of questions whose four words all have vectors. */
  readonly found: number;
  /** Number of all questions. */
  readonly total: number;
  /** correct / found; NaN if no question is found. */
  readonly accuracy: number;
}

/** Result of {@link evaluateAnalogies}. */
export interface AnalogyResult extends AnalogyScore {
  readonly sections: readonly AnalogyScore[];
}

/**
 * Evaluates word vectors on analogies. A question "a is to b as c is to d" is solved if d scores highest among all words
 * except a, b and c. If a word has no vector, its lowercase form is used. Questions with unknown words do not count.
 *
 * @param options - `method`: `3CosAdd` (default) or `3CosMul`
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
  aWordVectors('evaluateAnalogies', 'vectors', vectors);
  analogySections('evaluateAnalogies', 'sections', sections);
  checkOptions('evaluateAnalogies', options, { method: oneOf('3CosAdd', '3CosMul') });
  const { method = '3CosAdd' } = options;
  const cosines = cachedCosines(vectors);
  const scores = sections.map(({ name, questions }) => {
    const known = questions
      .map((words) => words.map((word) => lookUp(vectors, word)))
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

function best(vectors: WordVectors, scores: Float32Array, exclude: readonly string[]): string | undefined {
  for (const word of exclude) scores[vectors.indexOf(word)] = -Infinity;
  let top = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i]! > scores[top]!) top = i;
  return vectors.words[top];
}

/** Maximum number of cached elements: 128 MB. */
const maxCached = 2 ** 25;

/** Computes the cosines of a word to all words. Caches recent results, because consecutive questions share words. */
function cachedCosines(vectors: WordVectors): (word: string) => Float32Array {
  const known = new Map<string, Float32Array>();
  return (word) => {
    const found = known.get(word) ?? vectors.cosines(vectors.vector(word));
    if (!known.has(word) && (known.size + 1) * vectors.size > maxCached) known.clear();
    known.set(word, found);
    return found;
  };
}
