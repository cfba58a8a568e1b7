import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { stack } from './stack.ts';

/** As JavaScript callers see it. */
const loose = stack as unknown as (...args: readonly unknown[]) => Tensor;

describe('stack', () => {
  it('joins along a new axis, wherever it stands', () => {
    const [a, b] = [tensor([1, 2]), tensor([3, 4])];
    expect(stack([a, b]).toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(stack([a, b], 1).toArray()).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(stack([a, b], -1).toArray()).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(stack([tensor(1), tensor(2)]).toArray()).toEqual([1, 2]);
  });

  it('takes one tensor, empty ones, and any dtype', () => {
    expect([stack([zeros([2, 0])]).shape, stack([zeros([0]), zeros([0])], 1).shape]).toEqual([
      [1, 2, 0],
      [0, 2],
    ]);
    expect(stack([tensor([true], undefined, 'bool'), tensor([false], undefined, 'bool')]).toArray()).toEqual([
      [true],
      [false],
    ]);
  });

  it('refuses tensors that do not fit together', () => {
    expect(() => loose([])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: stack: expects at least one tensor, got none]`,
    );
    expect(() => loose([zeros([2]), zeros([1, 2])])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: stack: shapes must match, got [2] and [1,2]]`,
    );
    expect(() => loose([zeros([2]), zeros([2], 'int32')])).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: stack: expects one dtype, got float32 and int32; convert one with \`cast\`]`,
    );
    expect(() => loose([zeros([2])], 2)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: stack: \`axis\` must be an integer in [-2, 2), got 2]`,
    );
  });
});
