import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { full, tensor, zeros } from '../ops/creation/creation.ts';
import type { Tensor } from '../array/tensor.ts';
import { expectAgreement } from '../oracle/agreement.ts';
import { tensors } from '../oracle/arbitraries.ts';
import { averagePoolGradientNode, averagePoolNode, maxPoolNode, type PoolWindow } from './pool.ts';
import { extent, resolvePool } from './window.ts';
import type { Padding } from '../types/window.ts';

const axis = fc.record({
  size: fc.integer({ min: 1, max: 3 }),
  stride: fc.integer({ min: 1, max: 3 }),
  dilation: fc.integer({ min: 1, max: 2 }),
  pair: fc.tuple(fc.nat(2), fc.nat(2)),
  spatial: fc.integer({ min: 1, max: 6 }),
});

/** Poolings over 1 to 3 axes none of whose windows lies in the padding alone, with a cotangent. */
const cases: fc.Arbitrary<{ x: Tensor; y: Tensor; window: PoolWindow }> = fc
  .record({
    axes: fc.array(axis, { minLength: 1, maxLength: 3 }),
    mode: fc.constantFrom('same', 'valid', 'pairs'),
    batch: fc.nat(2),
    channels: fc.integer({ min: 1, max: 3 }),
  })
  .chain(({ axes, mode, batch, channels }) => {
    const spatial = axes.map((a) => Math.max(a.spatial, extent(a.size, a.dilation)));
    const poolSize = axes.map((a) => a.size);
    const pairs = axes.map((a): [number, number] => [Math.min(a.pair[0], a.size - 1), Math.min(a.pair[1], a.size - 1)]);
    const padding = mode === 'pairs' ? pairs : (mode as Padding);
    const window = resolvePool('pool', spatial, {
      poolSize,
      padding,
      strides: axes.map((a) => a.stride),
      dilations: axes.map((a) => a.dilation),
    });
    const x = [batch, ...spatial, channels];
    const { shape } = averagePoolNode(zeros(x), window);
    return fc.record({ x: tensors(x), y: tensors(shape), window: fc.constant(window) });
  });

it('the gradient of a cell that is in many windows is as good as one in float64', () => {
  const window = resolvePool('pool', [4001], { poolSize: 2001, strides: 1, padding: 'valid' });
  const gradient = averagePoolGradientNode(full([1, 2001, 1], 0.1), window, [1, 4001, 1]);
  expect(gradient.data[2000]).toBe(Math.fround(0.1));
});

describe('pool', () => {
  it('finds the largest and where it is, over 1 to 3 axes, as the oracle does', () => {
    fc.assert(fc.property(cases, ({ x, window }) => expectAgreement((t) => maxPoolNode(t, window), [x])));
  });

  it('averages the elements inside the image as the oracle does', () => {
    fc.assert(
      fc.property(cases, ({ x, window }) =>
        expectAgreement((t) => averagePoolNode(t, window), [x], { terms: 27, magnitude: true }),
      ),
    );
  });

  it('spreads an average back as the oracle does', () => {
    fc.assert(
      fc.property(cases, ({ x, y, window }) =>
        expectAgreement((t) => averagePoolGradientNode(t, window, x.shape), [y], { terms: 27, magnitude: true }),
      ),
    );
  });

  it('takes the first among equals, a NaN before all, and negative numbers before padding', () => {
    const line = (values: number[]): Tensor => tensor(values, [1, values.length, 1]);
    const window = resolvePool('pool', [4], { poolSize: 2, padding: [[1, 1]], strides: 1 });
    const { values, indices } = maxPoolNode(line([-3, -3, NaN, -Infinity]), window);
    expect([...values.data]).toEqual([-3, -3, NaN, NaN, -Infinity]);
    expect([...indices.data]).toEqual([0, 0, 2, 2, 3]);
    expectAgreement((t) => maxPoolNode(t, window), [line([0, -0, NaN, NaN])]);
    expectAgreement((t) => averagePoolNode(t, window), [line([Infinity, -Infinity, 1, NaN])]);
  });

  it('counts positions row-major over all axes', () => {
    const x = tensor([1, 2, 3, 4, 5, 9, 7, 8, 6], [1, 3, 3, 1]);
    expect(maxPoolNode(x, resolvePool('pool', [3, 3], { poolSize: 3 })).indices.item()).toBe(5);
  });

  it('does not count padding in an average', () => {
    const window = resolvePool('pool', [3], { poolSize: 2, padding: 'same' });
    expect([...averagePoolNode(tensor([1, 3, 5], [1, 3, 1]), window).data]).toEqual([2, 5]);
  });

  it('refuses windows that hold nothing, or are larger than the input', () => {
    const x = zeros([1, 2, 1]);
    const pool = (options: Parameters<typeof resolvePool>[2]) => () =>
      averagePoolNode(x, resolvePool('pool', [2], options));
    expect(pool({ poolSize: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: window 3 is larger than the input [2]]`,
    );
    expect(pool({ poolSize: 2, padding: [[2, 0]] })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: node: \`padding\` must be smaller than the window, got 2 for a window of 2]`,
    );
    expect(pool({ poolSize: 2, padding: 'same', dilations: 3, strides: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: node: every window must contain a cell of the input [2], got only padding with \`dilations\` [3]]`,
    );
    expect(() =>
      maxPoolNode(zeros([1, 2, 1], 'int32'), resolvePool('pool', [2], { poolSize: 2 })),
    ).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: node: expects float32 or float64, got int32; convert it with \`cast\`]`,
    );
  });
});
