import { describe, expect, test } from 'vitest';
import { beamSearch, type BeamSearch, type Hypothesis } from './beamSearch.ts';

/** The probabilities of the continuations of a prefix: the end, and words 1, 2, … */
type Language = (beginning: readonly number[], sentence: number) => readonly number[];

/** The state of a row is its prefix, so that a wrong row would be noticed. */
function search(language: Language, options: Partial<BeamSearch<string[]>> = {}): Promise<Hypothesis[]> {
  const { sentences = 1, width = 2 } = options;
  const startToken = 99;
  return beamSearch({
    sentences,
    width,
    startToken,
    endToken: 0,
    maxLength: 4,
    lengthPenalty: 0,
    first: new Array<string>(sentences * width).fill(''),
    step(state, { origins, tokens }) {
      expect([origins.length, tokens.length]).toEqual([sentences * width, sentences * width]);
      const next = Array.from(
        origins,
        (origin, row) => state[origin]! + (tokens[row] === startToken ? '' : String(tokens[row])),
      );
      const probabilities = next.flatMap((beginning, row) =>
        language([...beginning].map(Number), Math.floor(row / width)),
      );
      return { state: next, logProbabilities: probabilities.map(Math.log) };
    },
    ...options,
  });
}

/** Every sentence of a language with its probability. */
function everything(language: Language, beginning: number[] = [], p = 1, maxLength = 4): [number[], number][] {
  if (beginning.length === maxLength) return [[beginning, p]];
  const [end, ...words] = language(beginning, 0);
  return [
    [beginning, p * end!],
    ...words.flatMap((q, i) => everything(language, [...beginning, i + 1], p * q, maxLength)),
  ];
}

/** A language that looks random but never changes. */
const irregular: Language = (beginning) => {
  const seed = beginning.reduce((sum, word, i) => sum + word * (i + 2) * 7.3, 1.7);
  const weights = [0.6, 1, 2, 3].map((k) => 1.05 + Math.sin(seed * k * 12.9));
  return weights.map((w) => w / weights.reduce((a, b) => a + b));
};

/** 1 is more likely at first, but what follows 2 is certain. */
const trap: Language = ([first, second]) => {
  if (first === undefined) return [0, 0.6, 0.4];
  if (second !== undefined) return [1, 0, 0];
  return first === 1 ? [0.1, 0.45, 0.45] : [0, 0.05, 0.95];
};

describe('beamSearch', () => {
  test('is greedy with width 1, and finds a better sentence with width 2', async () => {
    const [[greedy], [better]] = [await search(trap, { width: 1 }), await search(trap)];
    expect([greedy!.tokens, better!.tokens]).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect([greedy, better].map((found) => Math.exp(found!.logProbability))).toEqual([
      expect.closeTo(0.27, 12),
      expect.closeTo(0.38, 12),
    ]);
  });

  test('ends with width 1 if the end is most likely', async () => {
    expect((await search(() => [0.5, 0.3, 0.2], { width: 1 }))[0]!.tokens).toEqual([]);
    expect(
      (await search((beginning) => (beginning.length < 2 ? [0.4, 0.6] : [1, 0]), { width: 1 }))[0]!.tokens,
    ).toEqual([1, 1]);
  });

  test('finds the most likely of all sentences if it is wide enough', async () => {
    const [tokens, p] = everything(irregular).reduce((a, b) => (b[1] > a[1] ? b : a));
    const [found] = await search(irregular, { width: 81 });
    expect(found!.tokens).toEqual(tokens);
    expect(Math.exp(found!.logProbability)).toBeCloseTo(p, 12);
  });

  test.each([[0], [0.6], [3]])('compares sentences with the length penalty %d', async (lengthPenalty) => {
    const score = ([tokens, p]: [number[], number]): number =>
      Math.log(p) / ((5 + Math.min(4, tokens.length + 1)) / 6) ** lengthPenalty;
    const [tokens] = everything(irregular).reduce((a, b) => (score(b) > score(a) ? b : a));
    expect((await search(irregular, { width: 81, lengthPenalty }))[0]!.tokens).toEqual(tokens);
  });

  test('prefers longer sentences with a larger penalty', async () => {
    const language: Language = (beginning) =>
      beginning.length === 0 ? [0.3, 0.7] : beginning.length < 3 ? [0.01, 0.99] : [0.4, 0.6];
    const lengths = await Promise.all(
      [0, 5].map(async (lengthPenalty) => (await search(language, { lengthPenalty, maxLength: 6 }))[0]!.tokens.length),
    );
    expect(lengths[0]).toBeLessThan(lengths[1]!);
  });

  test('searches sentences independently, long and short ones at once', async () => {
    const both: Language = (beginning, sentence) => (sentence === 0 ? [1, 0, 0] : trap(beginning, 0));
    expect((await search(both, { sentences: 2 })).map(({ tokens }) => tokens)).toEqual([[], [2, 2]]);
  });

  test('stops at the greatest length, and if no token may follow', async () => {
    expect((await search(() => [0, 0.7, 0.3], { maxLength: 3 }))[0]!.tokens).toEqual([1, 1, 1]);
    expect((await search((beginning) => (beginning.length < 2 ? [0, 1, 0] : [0, 0, 0])))[0]!.tokens).toEqual([1, 1]);
  });

  test('stops when no hypothesis can improve', async () => {
    let steps = 0;
    await search((beginning) => (steps++, beginning.length === 0 ? [0.1, 0.9] : [0.9, 0.1]), {
      width: 1,
      maxLength: 50,
    });
    expect(steps).toBe(2);
  });

  test('awaits steps that are promises', async () => {
    const [found] = await beamSearch({
      sentences: 1,
      width: 1,
      startToken: 1,
      endToken: 0,
      maxLength: 2,
      first: 0,
      step: async (state) =>
        Promise.resolve({ state: state + 1, logProbabilities: state === 0 ? [-1, -0.1] : [-0.5, -3] }),
    });
    expect(found).toEqual({ tokens: [1], logProbability: -0.6 });
  });

  test('throws for wrong arguments', async () => {
    await expect(search(trap, { width: 0 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[OptionError: beamSearch: \`width\` must be a positive integer, got 0]`,
    );
  });
});
