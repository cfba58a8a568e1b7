import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../ops/creation/creation.ts';
import type { ReduceOp } from '../graph/node.ts';
import { expectAgreement, expectSame } from '../oracle/agreement.ts';
import { shapes, tensors } from '../oracle/arbitraries.ts';
import { reduceNode } from './reduce.ts';

const all: readonly ReduceOp[] = ['sum', 'prod', 'max', 'min', 'argmax', 'argmin'];
const needs: readonly ReduceOp[] = ['max', 'min', 'argmax', 'argmin'];

/** A shape and axes of it, just one for argmax and argmin. */
const reductions = (op: ReduceOp): fc.Arbitrary<{ shape: number[]; axes: number[] }> => {
  const isArg = op.startsWith('arg');
  return shapes(isArg ? 1 : 0, 4, { min: needs.includes(op) ? 1 : 0, max: 4 }).chain((shape) => {
    const axes = [...shape.keys()];
    return fc.record({
      shape: fc.constant(shape),
      axes: isArg ? fc.constantFrom(...axes).map((a) => [a]) : fc.subarray(axes),
    });
  });
};

describe.each(all)('reduce by %s', (op) => {
  it('joins any axes as the oracle does', () => {
    const cases = reductions(op).chain(({ shape, axes }) => fc.tuple(tensors(shape), fc.constant(axes)));
    fc.assert(
      fc.property(cases, ([x, axes]) =>
        expectAgreement((t) => reduceNode(t, op, axes), [x], { terms: 256, magnitude: true }),
      ),
    );
  });

  it('wraps int32 as the oracle does', () => {
    const cases = reductions(op).chain(({ shape, axes }) => fc.tuple(tensors(shape, 'int32'), fc.constant(axes)));
    fc.assert(fc.property(cases, ([x, axes]) => expectSame((t) => reduceNode(t, op, axes), [x])));
  });

  it('lets a NaN win and takes infinities for numbers', () => {
    const x = tensor([
      [1, NaN, 3, NaN],
      [Infinity, -Infinity, 1, 2],
      [-Infinity, -Infinity, -Infinity, -Infinity],
      [0, -0, 0, -0],
    ]);
    for (const axes of [[0], [1]]) expectAgreement((t) => reduceNode(t, op, axes), [x]);
  });

  it('keeps a result of no elements empty', () => {
    expect(reduceNode(zeros([0, 3]), op, [1]).shape).toEqual([0]);
  });
});

describe('reduce', () => {
  it('takes the first among equals', () => {
    const x = tensor([
      [2, 5, 5],
      [5, 2, 2],
    ]);
    expect(reduceNode(x, 'argmax', [1]).toArray()).toEqual([1, 0]);
    expect(reduceNode(x, 'argmin', [1]).toArray()).toEqual([0, 1]);
    expect(reduceNode(tensor([0, -0, 0]), 'argmax', [0]).item()).toBe(0);
  });

  it('gives the first NaN for an extreme', () => {
    expect(reduceNode(tensor([1, NaN, NaN, 9]), 'argmin', [0]).item()).toBe(1);
  });

  it('of nothing is 0 as a sum and 1 as a product', () => {
    expect(reduceNode(zeros([2, 0]), 'sum', [1]).toArray()).toEqual([0, 0]);
    expect(reduceNode(zeros([2, 0]), 'prod', [1]).toArray()).toEqual([1, 1]);
  });

  it('carries a float32 sum in float64', () => {
    expect(reduceNode(tensor([16777216, 1, 1, -16777216]), 'sum', [0]).item()).toBe(2);
  });

  it('takes the extremes of bool', () => {
    const x = tensor(
      [
        [true, false],
        [false, false],
      ],
      undefined,
      'bool',
    );
    expect(reduceNode(x, 'max', [1]).toArray()).toEqual([true, false]);
    expect(reduceNode(x, 'min', [1]).toArray()).toEqual([false, false]);
    expect(reduceNode(x, 'argmax', [0]).toArray()).toEqual([0, 0]);
  });

  it('refuses the extreme of nothing, and dtypes that it is not defined for', () => {
    expect(() => reduceNode(zeros([2, 0]), 'max', [1])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: node: has no value over an axis of size 0, got shape [2,0]]`,
    );
    expect(() => reduceNode(zeros([2], 'uint8'), 'max', [0])).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: node: does not take uint8; convert it with \`cast\` first]`,
    );
    expect(() => reduceNode(zeros([2], 'bool'), 'sum', [0])).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: node: does not take bool; convert it with \`cast\` first]`,
    );
  });
});
