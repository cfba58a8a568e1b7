import { matmulNode, type NodeOf } from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { lowerMatmul } from './matmul.ts';
import { captured, expectLowered, expectSameBits, modes, optionsOf, randoms } from '../../../testing/lowered.ts';

interface Case {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

const nodeOf = ({ a, b, ...options }: Case): NodeOf<'matmul'> =>
  captured('matmul', (x, y) => matmulNode(x, y, options), [a, b]);

function check(c: Case, seed = 1): void {
  expectLowered(
    nodeOf(c),
    lowerMatmul,
    [randoms(c.a, seed), randoms(c.b, seed + 1)],
    c.transposeA ? c.a.at(-2)! : c.a.at(-1)!,
  );
}

function caseOf(
  m: number,
  k: number,
  n: number,
  transposeA: boolean,
  transposeB: boolean,
  batchA: readonly number[] = [],
  batchB: readonly number[] = [],
): Case {
  return {
    a: [...batchA, ...(transposeA ? [k, m] : [m, k])],
    b: [...batchB, ...(transposeB ? [n, k] : [k, n])],
    transposeA,
    transposeB,
  };
}

const size = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 40 }));
const batches = fc.constantFrom<[number[], number[]][]>(
  [[], []],
  [[3], [3]],
  [[3], []],
  [[], [3]],
  [[2, 1], [3]],
  [[2, 3], [3]],
  [
    [2, 1, 2],
    [3, 1],
  ],
  [[1], [1, 1]],
);
const cases = fc
  .tuple(size, size, size, fc.boolean(), fc.boolean(), batches)
  .map(([m, k, n, ta, tb, [x, y]]) => caseOf(m, k, n, ta, tb, x, y));

describe('lowerMatmul', () => {
  it('multiplies batches that broadcast, either side transposed, as the oracle does', () => {
    fc.assert(
      fc.property(cases, fc.nat(), (c, seed) => check(c, seed)),
      { numRuns: 60 },
    );
  });

  test.each([
    [1, 700, 70],
    [70, 700, 1],
    [2, 64, 100],
    [3, 5, 130],
    [300, 9, 3],
    [140, 24, 30],
    [133, 1100, 21],
    [300, 1, 20],
    [9, 2100, 10],
    [64, 64, 64],
  ])('multiplies %i × %i × %i, every transposition', (m, k, n) => {
    for (const ta of [false, true]) for (const tb of [false, true]) check(caseOf(m, k, n, ta, tb));
  });

  // Sizes around the edges of register blocks, vectors and unrolled loops; the transpositions take turns.
  const edges = [1, 3, 4, 5, 8, 9].flatMap((m) =>
    [1, 3, 4, 5, 8, 9].flatMap((n) => [1, 4, 16, 17].map((k) => [m, k, n] as const)),
  );
  test('multiplies matrices at the edges of register blocks', () => {
    edges.forEach(([m, k, n], i) => check(caseOf(m, k, n, i % 2 === 0, (i >> 1) % 2 === 0), i));
  });

  test('splits a long depth', () => {
    const c = caseOf(16, 6000, 10, true, false);
    const { steps } = lowerMatmul(nodeOf(c), optionsOf('simd'))!;
    expect(steps.map(({ kernel }) => kernel.name)).toEqual(['matmul 16x6000x10', 'combine 2x160']);
    check(c);
    check(caseOf(16, 6000, 10, true, false, [3], [3]));
  });

  test.each([
    caseOf(200, 300, 77, false, false),
    caseOf(16, 6000, 10, true, false),
    caseOf(40, 300, 200, false, true),
    caseOf(5, 6, 7, false, false, [40], [40]),
    caseOf(500, 40, 2, false, true),
  ])('gives the same bits however its units are cut: $a · $b', (c) => {
    const node = nodeOf(c);
    for (const mode of modes)
      expectSameBits(
        lowerMatmul(node, optionsOf(mode))!,
        [randoms(c.a, 3), randoms(c.b, 4)],
        node.outputs[0]!.size * 4,
        mode,
      );
  });

  test('does not lower float64', () => {
    const node = captured(
      'matmul',
      (x, y) => matmulNode(x, y),
      [
        [2, 2],
        [2, 2],
      ],
      'float64',
    );
    expect(lowerMatmul(node, optionsOf('simd'))).toBeUndefined();
  });
});
