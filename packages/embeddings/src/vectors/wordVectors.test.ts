import { Generator, randomNormal, tensor, type Tensor } from '@chainrule/tensor';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AnalogyMethod, WordVectors } from '../index.ts';

const random = (words: number, size: number, seed: number): WordVectors =>
  new WordVectors(
    Array.from({ length: words }, (_, i) => `w${i}`),
    randomNormal(new Generator(seed), [words, size]),
  );
const rowsOf = (vectors: WordVectors): number[][] => vectors.vectors.toArray() as number[][];
const cosine = (a: readonly number[], b: readonly number[]): number => {
  const dot = (x: readonly number[], y: readonly number[]): number => x.reduce((sum, v, i) => sum + v * y[i]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
};
const unit = (a: readonly number[]): number[] => a.map((v) => v / Math.hypot(...a));

describe('word vectors', () => {
  test('find the same neighbors as sorting all cosines', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 1, max: 6 }), fc.nat(), (words, size, seed) => {
        const vectors = random(words, size, seed);
        const rows = rowsOf(vectors);
        const expected = rows
          .map((row, i) => ({ word: `w${i}`, score: cosine(row, rows[0]!) }))
          .slice(1)
          .sort((a, b) => b.score - a.score);
        vectors.neighbors('w0', words).forEach(({ word, score }, i) => {
          expect(score).toBeCloseTo(expected[i]!.score, 5);
          expect(cosine(rows[vectors.indexOf(word)]!, rows[0]!)).toBeCloseTo(score, 5);
        });
        expect(vectors.neighbors('w0', words)).toHaveLength(words - 1);
        expect(vectors.neighbors(rows[1]!, 1)[0]!.score).toBeCloseTo(1, 5);
      }),
      { numRuns: 50 },
    );
  });

  test.each<AnalogyMethod>(['3CosAdd', '3CosMul'])('solve analogies by %s according to the formula', (method) => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 20 }), fc.nat(), (words, seed) => {
        const vectors = random(words, 4, seed);
        const [a, b, c, ...others] = rowsOf(vectors) as [number[], number[], number[], ...number[][]];
        const goal = unit(b).map((v, i) => v + unit(c)[i]! - unit(a)[i]!);
        const shifted = (x: number[], y: number[]): number => (cosine(x, y) + 1) / 2;
        const score = (d: number[]): number =>
          method === '3CosAdd' ? cosine(d, goal) : (shifted(d, b) * shifted(d, c)) / (shifted(d, a) + 0.001);
        const expected = others.map(score).sort((x, y) => y - x);
        const found = vectors.analogy({ positive: ['w1', 'w2'], negative: ['w0'] }, { method, count: words });
        const all = rowsOf(vectors);
        const tolerance = (x: number): number => 1e-4 * Math.max(1, Math.abs(x));
        expect(new Set(found.map(({ word }) => word)).size).toBe(others.length);
        found.forEach((answer, i) => {
          expect(Math.abs(answer.score - expected[i]!)).toBeLessThan(tolerance(expected[i]!));
          expect(Math.abs(answer.score - score(all[vectors.indexOf(answer.word)]!))).toBeLessThan(
            tolerance(answer.score),
          );
        });
      }),
      { numRuns: 50 },
    );
  });

  test('have similarity 1 with themselves, and 0 with a zero vector', () => {
    const vectors = new WordVectors(
      ['a', 'zero'],
      tensor([
        [3, 4],
        [0, 0],
      ]),
    );
    expect([vectors.similarity('a', 'a'), vectors.similarity('a', 'zero')]).toEqual([expect.closeTo(1, 6), 0]);
    expect(vectors.neighbors('zero')).toEqual([{ word: 'a', score: 0 }]);
  });

  test('keep the order of words with equal similarity', () => {
    const vectors = new WordVectors(
      ['a', 'b', 'c', 'd'],
      tensor([
        [1, 0],
        [0, 1],
        [0, 2],
        [0, -1],
      ]),
    );
    expect(vectors.neighbors([0, 1]).map(({ word }) => word)).toEqual(['b', 'c', 'a', 'd']);
  });

  test('return copies', () => {
    const vectors = new WordVectors(['a'], tensor([[1, 2]]));
    vectors.vector('a').fill(7);
    expect([...vectors.vector('a')]).toEqual([1, 2]);
  });

  test('throw clear errors', () => {
    const make = (words: string[], rows: number[][]) => () => new WordVectors(words, tensor(rows));
    const vectors = new WordVectors(
      ['a', 'b'],
      tensor([
        [1, 2],
        [3, 4],
      ]),
    );
    expect(make(['a'], [[1], [2]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: WordVectors: \`vectors\` must have one row for each of the 1 words, got [2,1]]`,
    );
    expect(make(['a', 'a'], [[1], [2]])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: WordVectors: \`words\` must be unique and not empty, got "a"]`,
    );
    expect(make(['a', ''], [[1], [2]])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: WordVectors: \`words\` must be unique and not empty, got ""]`,
    );
    expect(make(['a', 'b'], [[1], [NaN]])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: WordVectors: \`vectors\` must be finite, got NaN for "b"]`,
    );
    expect(() => new WordVectors(['a'], tensor([[1]], [1, 1], 'float64') as Tensor)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: WordVectors: \`vectors\` must be float32, got float64; convert it with \`cast\`]`,
    );
    expect(() => vectors.vector('c')).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: WordVectors: \`word\` must be one of the 2 words with a vector, got "c"; check with \`has\` first]`,
    );
    expect(() => vectors.neighbors([1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: neighbors: \`query\` must have 2 elements, got 1]`,
    );
    expect(() => vectors.neighbors('a', 0)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: neighbors: \`count\` must be a positive integer, got 0]`,
    );
    expect(() => vectors.analogy({ positive: [] })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: analogy: \`query.positive.length\` must be a positive integer, got 0]`,
    );
    expect(() =>
      vectors.analogy({ positive: ['a'] }, { method: 'cos' as '3CosAdd' }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: analogy: \`method\` must be "3CosAdd" or "3CosMul", got "cos"]`,
    );
  });
});

describe('embeddingMatrix', () => {
  const vectors = new WordVectors(
    ['cat', 'dog'],
    tensor([
      [1, 2],
      [3, 4],
    ]),
  );

  test('has the vector of each word at its index, and zeros elsewhere', () => {
    expect(vectors.embeddingMatrix({ dog: 2, cow: 1 }, { inputDim: 5 }).toArray()).toEqual([
      [0, 0],
      [0, 0],
      [3, 4],
      [0, 0],
      [0, 0],
    ]);
    expect(vectors.embeddingMatrix(new Map()).toArray()).toEqual([[0, 0]]);
  });

  test('draws rows of missing words with the variance of the vectors, by seed and index', () => {
    const index = new Map(Array.from({ length: 4000 }, (_, i) => [`new${i}`, i + 1]));
    const matrix = vectors.embeddingMatrix(index, { missing: 'random', seed: 3 });
    const values = [...matrix.data].slice(2);
    // 1, 2, 3, 4 have variance 1.25; so do uniform numbers in ±√3.75.
    expect(values.reduce((sum, v) => sum + v * v, 0) / values.length).toBeCloseTo(1.25, 1);
    expect(Math.max(...values)).toBeLessThanOrEqual(Math.sqrt(3.75));
    expect([...matrix.data.subarray(0, 2)]).toEqual([0, 0]);
    const again = vectors.embeddingMatrix(new Map([['new6', 7]]), { missing: 'random', seed: 3 });
    expect([...again.data.subarray(14)]).toEqual([...matrix.data.subarray(14, 16)]);
    expect(vectors.embeddingMatrix(new Map([['new6', 7]]), { missing: 'random', seed: 4 }).toArray()).not.toEqual(
      again.toArray(),
    );
  });

  test('throws clear errors', () => {
    expect(() => vectors.embeddingMatrix({ cat: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: embeddingMatrix: \`wordIndex.cat\` must be a positive integer, got 0]`,
    );
    expect(() => vectors.embeddingMatrix({ cat: 7 }, { inputDim: 7 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: embeddingMatrix: \`inputDim\` must be greater than all indices, got 7 and 7 for "cat"]`,
    );
    expect(() =>
      vectors.embeddingMatrix({ cat: 1 }, { missing: 'none' as 'zeros' }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: embeddingMatrix: \`missing\` must be "zeros" or "random", got "none"]`,
    );
  });
});

test.each([undefined, null, 1, true, {}, [null], [1n], new BigInt64Array(2)])(
  'WordVectors refuses %s in each position',
  (wrong) => {
    const vectors = random(2, 3, 1);
    expect(() => vectors.neighbors(wrong as never)).toThrow(/^neighbors: `query` must be a word or a list of numbers/);
    expect(() => new WordVectors(wrong as never, vectors.vectors)).toThrow(/^WordVectors: `words/);
    expect(() => new WordVectors(['a', 'b'], wrong as never)).toThrow(/^WordVectors: `vectors` must be a tensor/);
  },
);
