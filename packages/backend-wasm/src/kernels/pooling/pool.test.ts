import { Tensor, type TypedArray } from '@chainrule/tensor';
import {
  averagePoolGradientNode,
  averagePoolNode,
  maxPoolNode,
  type PoolWindow,
  resolveWindow,
  scatterAddNode,
} from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lowerPool } from './pool.ts';
import { lowerMaxPoolGradient } from './maxGradient.ts';
import { modes } from '../../../testing/modes.ts';
import { captureNode, expectSameBytes, runNode, view } from '../../../testing/node.ts';

const axis = fc.record({
  size: fc.integer({ min: 1, max: 3 }),
  stride: fc.integer({ min: 1, max: 4 }),
  dilation: fc.integer({ min: 1, max: 2 }),
  more: fc.nat(5),
});

interface Case {
  readonly shape: readonly number[];
  readonly window: PoolWindow;
  readonly seed: number;
}

const pooling = (
  spatial: readonly number[],
  size: readonly number[],
  options: Parameters<typeof resolveWindow>[3],
): PoolWindow => ({ ...resolveWindow('pool', spatial, size, options), size });

/** Poolings over 1 to 3 axes, and some that are cut in several units. */
const cases: fc.Arbitrary<Case> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .record({
        axes: fc.array(axis, { minLength: 1, maxLength: 3 }),
        padding: fc.constantFrom('same' as const, 'valid' as const),
        batch: fc.integer({ min: 1, max: 3 }),
        channels: fc.integer({ min: 1, max: 9 }),
        seed: fc.nat(),
      })
      .map(({ axes, padding, batch, channels, seed }) => {
        const spatial = axes.map((a) => (a.size - 1) * a.dilation + 1 + a.more);
        const options = { padding, strides: axes.map((a) => a.stride), dilations: axes.map((a) => a.dilation) };
        return {
          shape: [batch, ...spatial, channels],
          window: pooling(
            spatial,
            axes.map((a) => a.size),
            options,
          ),
          seed,
        };
      }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      shape: fc.constant([3, 32, 32, 18]),
      window: fc.constantFrom(
        pooling([32, 32], [2, 2], { strides: 2 }),
        pooling([32, 32], [3, 3], { strides: 2, padding: 'same' }),
        pooling([32, 32], [5, 5], {}),
        pooling([32, 32], [2, 2], { strides: 3 }),
      ),
      seed: fc.nat(),
    }),
  },
);

/** Multiples of ¼ from −1 to 1, so that equals occur, and sometimes NaN and infinities. */
function values(shape: readonly number[], seed: number, withNaN = false): Tensor {
  let state = seed;
  const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) | 0) >>> 8;
  const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () =>
    withNaN && next() % 10 === 0 ? [NaN, Infinity, -Infinity][next() % 3]! : ((next() % 9) - 4) / 4,
  );
  return new Tensor([...shape], 'float32', data);
}

/** Sums of at most 27 shares of at most 1. */
const expectClose = (actual: TypedArray, expected: TypedArray): void => {
  expect(Math.max(...expected.map((x, i) => Math.abs(actual[i]! - x)))).toBeLessThanOrEqual(27 * 27 * 2 ** -24);
};

describe.each(modes)('pool in mode %s', (mode) => {
  test('finds maxima and their positions as the reference does', () => {
    fc.assert(
      fc.property(cases, ({ shape, window, seed }) => {
        const x = values(shape, seed, seed % 2 === 0);
        const node = captureNode('pool', (t) => maxPoolNode(t, window), [x]);
        const expected = node.evaluate(node, [x['~values']]);
        runNode(node, lowerPool(node)!, [x['~values']], mode).forEach((out, i) =>
          expectSameBytes(view(out, expected[i]!), expected[i]!),
        );
      }),
      { numRuns: 40 },
    );
  });

  test('averages and spreads averages as the reference does', () => {
    fc.assert(
      fc.property(cases, ({ shape, window, seed }) => {
        const x = values(shape, seed);
        const average = captureNode('pool', (t) => averagePoolNode(t, window), [x]);
        const y = average.evaluate(average, [x['~values']])[0]!;
        expectClose(view(runNode(average, lowerPool(average)!, [x['~values']], mode)[0]!, y), y);
        const g = values(average.types[0]!.shape, seed + 1);
        const adjoint = captureNode('pool', (t) => averagePoolGradientNode(t, window, shape), [g]);
        const back = adjoint.evaluate(adjoint, [g['~values']])[0]!;
        expectClose(view(runNode(adjoint, lowerPool(adjoint)!, [g['~values']], mode)[0]!, back), back);
      }),
      { numRuns: 40 },
    );
  });

  test('adds the gradient of a maximum to the same cell as scatterAdd', () => {
    fc.assert(
      fc.property(cases, ({ shape, window, seed }) => {
        const x = values(shape, seed);
        const { indices } = maxPoolNode(x, window);
        const g = values(indices.shape, seed + 1);
        const [batch, channels] = [shape[0]!, shape.at(-1)!];
        const flat = (n: readonly number[]): number[] => [batch, n.slice(1, -1).reduce((a, b) => a * b, 1), channels];
        const inputs = [
          new Tensor(flat(shape), 'float32', new Float32Array(x.size)),
          new Tensor(flat(indices.shape), 'int32', indices['~values']),
          new Tensor(flat(g.shape), 'float32', g['~values']),
        ];
        const node = captureNode('scatterAdd', (a, b, c) => scatterAddNode(a, b, c, 1, true), inputs);
        const expected = node.evaluate(
          node,
          inputs.map((t) => t['~values']),
        )[0]!;
        const lowered = lowerMaxPoolGradient(window, batch, shape.slice(1, -1), channels);
        expectSameBytes(view(runNode(node, lowered, [indices['~values'], g['~values']], mode)[0]!, expected), expected);
      }),
      { numRuns: 40 },
    );
  });

  test('picks the first of equal maxima, and NaN over all numbers', () => {
    const x = new Tensor([1, 6, 1], 'float32', Float32Array.of(-3, -3, NaN, NaN, -Infinity, -Infinity));
    const window = { ...resolveWindow('pool', [6], [2], { strides: 2 }), size: [2] };
    const node = captureNode('pool', (t) => maxPoolNode(t, window), [x]);
    const [best, where] = runNode(node, lowerPool(node)!, [x['~values']], mode);
    expect([...new Float32Array(best!)]).toEqual([-3, NaN, -Infinity]);
    expectSameBytes(new Int32Array(where!), Int32Array.of(0, 2, 4));
  });
});
