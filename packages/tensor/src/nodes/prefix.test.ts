import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../ops/creation/creation.ts';
import { expectAgreement, expectSame } from '../oracle/agreement.ts';
import { shapesWithAxis, tensors } from '../oracle/arbitraries.ts';
import { prefixNode } from './prefix.ts';

const kinds = (['sum', 'prod'] as const).flatMap((op) => [false, true].map((reverse) => ({ op, reverse })));

describe.each(kinds)('prefix by $op, reverse $reverse', ({ op, reverse }) => {
  it('joins along any axis as the oracle does', () => {
    const cases = shapesWithAxis().chain(({ shape, axis }) => fc.tuple(tensors(shape), fc.constant(axis)));
    fc.assert(
      fc.property(cases, ([x, axis]) =>
        expectAgreement((t) => prefixNode(t, op, axis, reverse), [x], { magnitude: true }),
      ),
    );
  });

  it('wraps int32 as the oracle does', () => {
    const cases = shapesWithAxis().chain(({ shape, axis }) => fc.tuple(tensors(shape, 'int32'), fc.constant(axis)));
    fc.assert(fc.property(cases, ([x, axis]) => expectSame((t) => prefixNode(t, op, axis, reverse), [x])));
  });

  it('carries NaN, infinities and zeros on', () => {
    expectAgreement(
      (t) => prefixNode(t, op, 1, reverse),
      [
        tensor([
          [1, NaN, 3, 4],
          [Infinity, 1, -Infinity, 0],
          [0, -0, Infinity, 2],
        ]),
      ],
    );
  });
});

describe('prefix', () => {
  it('includes each element itself', () => {
    expect(prefixNode(tensor([1, 2, 3]), 'sum', 0).toArray()).toEqual([1, 3, 6]);
    expect(prefixNode(tensor([1, 2, 3]), 'sum', 0, true).toArray()).toEqual([6, 5, 3]);
  });

  it('refuses bytes', () => {
    expect(() => prefixNode(zeros([2], 'bool'), 'sum', 0)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: node: does not take bool; convert it with \`cast\` first]`,
    );
  });
});
