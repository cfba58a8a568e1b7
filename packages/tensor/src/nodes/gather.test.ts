import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { full, tensor, zeros } from '../ops/creation/creation.ts';
import type { DType } from '../array/dtype.ts';
import { Tensor } from '../array/tensor.ts';
import { expectAgreement, expectSame } from '../oracle/agreement.ts';
import { indices, shapes, shapesWithAxis, tensors } from '../oracle/arbitraries.ts';
import { oracle } from '../oracle/index.ts';
import { gatherNode, scatterAddNode, takeAlongAxisNode } from './gather.ts';

/** Axes that can be indexed have elements. */
const indexed = shapesWithAxis().filter(({ shape, axis }) => shape[axis]! > 0);
const int = (values: number[], shape: readonly number[] = [values.length]): Tensor =>
  new Tensor(shape, 'int32', Int32Array.from(values));

describe.each<DType>(['float64', 'int32', 'bool', 'uint8'])('of %s', (dtype) => {
  it('gather replaces the axis by indices of any shape, as the oracle does', () => {
    const cases = fc
      .tuple(indexed, shapes(0, 2))
      .chain(([{ shape, axis }, where]) =>
        fc.tuple(fc.constant(axis), tensors(shape, dtype), indices(where, shape[axis]!)),
      );
    fc.assert(fc.property(cases, ([axis, x, i]) => expectAgreement((t, k) => gatherNode(t, k, axis), [x, i])));
  });

  it('takeAlongAxis reads by an index for each element, as the oracle does', () => {
    const cases = fc
      .tuple(indexed, fc.nat(4))
      .chain(([{ shape, axis }, n]) =>
        fc.tuple(fc.constant(axis), tensors(shape, dtype), indices(shape.with(axis, n), shape[axis]!)),
      );
    fc.assert(fc.property(cases, ([axis, x, i]) => expectAgreement((t, k) => takeAlongAxisNode(t, k, axis), [x, i])));
  });
});

describe.each<DType>(['float64', 'int32'])('of %s', (dtype) => {
  it('scatterAdd adds what gather would read, as the oracle does', () => {
    const cases = fc
      .tuple(indexed, shapes(0, 2))
      .chain(([{ shape, axis }, where]) =>
        fc.tuple(
          fc.constant(axis),
          tensors(shape, dtype),
          indices(where, shape[axis]!),
          tensors([...shape.slice(0, axis), ...where, ...shape.slice(axis + 1)], dtype),
        ),
      );
    fc.assert(
      fc.property(cases, ([axis, base, i, updates]) =>
        expectAgreement((b, k, u) => scatterAddNode(b, k, u, axis, false), [base, i, updates], {
          terms: 17,
          magnitude: true,
          least: 2,
        }),
      ),
    );
  });

  it('scatterAdd adds what takeAlongAxis would read, as the oracle does', () => {
    const cases = fc
      .tuple(indexed, fc.nat(4))
      .chain(([{ shape, axis }, n]) =>
        fc.tuple(
          fc.constant(axis),
          tensors(shape, dtype),
          indices(shape.with(axis, n), shape[axis]!),
          tensors(shape.with(axis, n), dtype),
        ),
      );
    fc.assert(
      fc.property(cases, ([axis, base, i, updates]) =>
        expectAgreement((b, k, u) => scatterAddNode(b, k, u, axis, true), [base, i, updates], {
          terms: 5,
          magnitude: true,
          least: 2,
        }),
      ),
    );
  });
});

it.each([false, true])('many updates of one place lose no accuracy (along %s)', (along) => {
  const updates = full([300007], 0.1);
  const sum = scatterAddNode(zeros([1]), full([300007], 0, 'int32'), updates, 0, along);
  expect(sum.item()).toBe(Math.fround(Math.fround(0.1) * 300007));
});

describe('indices', () => {
  const x = tensor([10, 20, 30]);

  it('count from the end where negative', () => {
    expect(gatherNode(x, int([-1, -3, 0]), 0).toArray()).toEqual([30, 10, 10]);
    expect(takeAlongAxisNode(x, int([-1]), 0).toArray()).toEqual([30]);
  });

  it('that repeat add up, the base included', () => {
    expect(scatterAddNode(x, int([1, 1, -2, 0]), tensor([1, 2, 3, NaN]), 0, false).toArray()).toEqual([NaN, 26, 30]);
    expect(scatterAddNode(x, int([2, 2]), tensor([Infinity, -Infinity]), 0, true).toArray()).toEqual([10, 20, NaN]);
  });

  it('that repeat wrap int32', () => {
    const updates = int([2 ** 31 - 1, 2 ** 31 - 1, 3]);
    expectSame((b, i, u) => scatterAddNode(b, i, u, 0, false), [int([7]), int([0, 0, 0]), updates]);
  });

  it('leave the base as it is', () => {
    scatterAddNode(x, int([0]), tensor([1]), 0, false);
    expect(x.toArray()).toEqual([10, 20, 30]);
  });

  it('of no elements are allowed on an axis of size 0', () => {
    expect(gatherNode(zeros([0, 2]), int([], [0]), 0).shape).toEqual([0, 2]);
  });

  it.each([3, -4])('out of range are the same error here and in the oracle: %s', (bad) => {
    const calls = [
      (t: Tensor, i: Tensor) => gatherNode(t, i, 0),
      (t: Tensor, i: Tensor) => takeAlongAxisNode(t, i, 0),
      (t: Tensor, i: Tensor) => scatterAddNode(t, i, tensor([1]), 0, false),
      (t: Tensor, i: Tensor) => scatterAddNode(t, i, tensor([1]), 0, true),
    ];
    for (const call of calls) {
      const message = failure(() => call(x, int([bad])));
      expect(message).toMatch(`\`indices\` must be in [-3, 3), got ${bad}`);
      expect(failure(() => oracle(call)(x, int([bad])))).toBe(message);
    }
  });

  it.each([-1, 3])('that are labels are refused beyond 0 and the last, here and in the oracle: %s', (bad) => {
    const calls = [
      (t: Tensor, i: Tensor) => gatherNode(t, i, 0, true),
      (t: Tensor, i: Tensor) => takeAlongAxisNode(t, i, 0, true),
      (t: Tensor, i: Tensor) => scatterAddNode(t, i, tensor([1]), 0, false, true),
      (t: Tensor, i: Tensor) => scatterAddNode(t, i, tensor([1]), 0, true, true),
    ];
    for (const call of calls) {
      const message = failure(() => call(x, int([bad])));
      expect(message).toMatch(
        new RegExp(`\`(labels|indices)\` must be in \\[0, 3\\), got ${bad}(; there are 3 classes, counted from 0)?$`),
      );
      expect(failure(() => oracle(call)(x, int([bad])))).toBe(message);
      expectSame(call, [x, int([2])]);
    }
  });

  it('of another dtype, shape or base are refused', () => {
    expect(() => gatherNode(x, tensor([0]), 0)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: node: \`indices\` must be int32, got float32; convert them with \`cast\`]`,
    );
    expect(() => gatherNode(x, int([3]), 0)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: gather: \`indices\` must be in [-3, 3), got 3]`,
    );
    expect(() => takeAlongAxisNode(zeros([2, 3]), int([0], [1, 1]), 1)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: \`indices\` must have the shape of \`x\` [2,3] outside axis 1, got [1,1]]`,
    );
    expect(() => takeAlongAxisNode(zeros([2, 3]), int([0]), 1)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: \`indices\` must have the shape of \`x\` [2,3] outside axis 1, got [1]]`,
    );
    expect(() => scatterAddNode(x, int([0]), tensor([1, 2]), 0, false)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: \`updates\` must have shape [1], got [2]]`,
    );
    expect(() => scatterAddNode(x, int([0]), int([1]), 0, false)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: node: expects one dtype, got float32 and int32; convert one with \`cast\`]`,
    );
    expect(() =>
      scatterAddNode(zeros([2], 'bool'), int([0]), zeros([1], 'bool'), 0, false),
    ).toThrowErrorMatchingInlineSnapshot(`[DTypeError: node: does not take bool; convert it with \`cast\` first]`);
    expect(() =>
      scatterAddNode(zeros([2], 'uint8'), int([0]), zeros([1], 'uint8'), 0, true),
    ).toThrowErrorMatchingInlineSnapshot(`[DTypeError: node: does not take uint8; convert it with \`cast\` first]`);
  });
});

function failure(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    return String(error);
  }
  return 'none';
}
