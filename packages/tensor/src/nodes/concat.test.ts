import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensor } from '../ops/creation/creation.ts';
import { expectAgreement } from '../oracle/agreement.ts';
import { shapesWithAxis, tensors } from '../oracle/arbitraries.ts';
import { concatNode } from './concat.ts';

describe('concat', () => {
  it.each(['float64', 'int32', 'bool', 'uint8'] as const)('joins %s along any axis as the oracle does', (dtype) => {
    const cases = fc
      .tuple(shapesWithAxis(), fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }))
      .chain(([{ shape, axis }, sizes]) =>
        fc.tuple(fc.constant(axis), fc.tuple(...sizes.map((n) => tensors(shape.with(axis, n), dtype)))),
      );
    fc.assert(fc.property(cases, ([axis, inputs]) => expectAgreement((...t) => concatNode(t, axis), inputs)));
  });

  it('takes the same tensor twice', () => {
    const x = tensor([
      [1, NaN],
      [-0, 2],
    ]);
    expect(concatNode([x, x], 1).toArray()).toEqual([
      [1, NaN, 1, NaN],
      [-0, 2, -0, 2],
    ]);
  });

  it('refuses arguments that do not fit', () => {
    const x = tensor([[1, 2]]);
    expect(() => concatNode([], 0)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: expects at least one tensor, got none]`,
    );
    expect(() => concatNode([x, tensor([[1, 2, 3]])], 0)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: [1,2] and [1,3] must agree outside axis 0]`,
    );
    expect(() => concatNode([x, tensor([1, 2])], 0)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: [1,2] and [2] must agree outside axis 0]`,
    );
    expect(() => concatNode([x, tensor([[1, 2]], undefined, 'int32')], 0)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: node: expects one dtype, got float32 and int32; convert one with \`cast\`]`,
    );
  });
});
