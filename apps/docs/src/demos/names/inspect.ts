import { RandomSource } from 'chainrule';
import type { start } from './program.ts';

type Run = Awaited<ReturnType<typeof start>>;

/** A character that may come next. */
export interface Choice {
  readonly character: string;
  readonly probability: number;
}

/** A written word, with the probability of each of its characters and of its end. */
export interface Written {
  readonly word: string;
  readonly probabilities: readonly number[];
  /** Whether it is in the list that the network learns from. */
  readonly isKnown: boolean;
}

/** For each text, the probabilities of the characters after each of its characters. */
async function predict(run: Run, texts: string[], temperature: number): Promise<number[][][]> {
  const logits = await run.state.trainer.predict(run.numbered(texts));
  return (logits.toArray() as number[][][]).map((rows) => rows.map((row) => softmaxOf(row, temperature)));
}

/** The padding, 0, never follows. */
function softmaxOf(logits: readonly number[], temperature: number): number[] {
  const scaled = logits.map((value, i) => (i === 0 ? -Infinity : value / temperature));
  const most = Math.max(...scaled);
  const powers = scaled.map((value) => Math.exp(value - most));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

/** Only characters that the network knows, and so few that one may follow. */
function beginningOf(run: Run, text: string): string {
  return [...text]
    .filter((character) => run.tokenizer.wordIndex.has(character) && !'^$'.includes(character))
    .slice(0, run.longest - 1)
    .join('');
}

function draw(probabilities: readonly number[], at: number): number {
  let sum = 0;
  const drawn = probabilities.findIndex((p) => (sum += p) > at);
  return drawn > 0 ? drawn : probabilities.indexOf(Math.max(...probabilities));
}

export const questions = {
  /** Writes words that begin with a text. Another `draws` gives other words. */
  async write(run: Run, from: string, temperature: number, draws: number, count: number): Promise<Written[]> {
    const random = new RandomSource(draws, 'texts', 0);
    const beginning = beginningOf(run, from);
    const known = new Set(run.words);
    const texts = Array.from({ length: count }, () => [...beginning]);
    const given = Array.from({ length: count }, (): number[] => [...beginning].map(() => 1));
    const isOpen = Array.from({ length: count }, () => true);
    for (let length = texts[0]!.length; length < run.longest && isOpen.includes(true); length++) {
      const next = await predict(
        run,
        texts.map((characters) => `^${characters.join('')}`),
        temperature,
      );
      texts.forEach((characters, i) => {
        const token = draw(next[i]![length]!, random.uniform());
        if (!isOpen[i]) return;
        const character = run.tokenizer.indexWord.get(token)!;
        given[i]!.push(next[i]![length]![token]!);
        isOpen[i] = character !== '$' && character !== '^';
        if (isOpen[i]) characters.push(character);
      });
    }
    return texts.map((characters, i) => {
      const word = characters.join('');
      return { word, probabilities: given[i]!, isKnown: known.has(word) };
    });
  },
  /** The likeliest characters after each character of a text: at its beginning, after one character, and so on. */
  async next(run: Run, text: string, temperature: number, count: number): Promise<Choice[][]> {
    const beginning = beginningOf(run, text);
    const [rows] = await predict(run, [`^${beginning}`], temperature);
    return rows!.slice(0, [...beginning].length + 1).map((row) =>
      row
        .map((probability, i) => ({ character: run.tokenizer.indexWord.get(i) ?? '', probability }))
        .filter(({ character }) => character !== '' && character !== '^')
        .sort((a, b) => b.probability - a.probability)
        .slice(0, count),
    );
  },
};
