import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { arange } from '../creation/sequences.ts';
import type { Tensor } from '../../array/tensor.ts';
import { add } from '../elementwise/add.ts';
import { reshape } from '../layout/reshape.ts';
import { einsum } from './einsum.ts';

/** As JavaScript callers see it. */
const loose = einsum as unknown as (...args: readonly unknown[]) => Tensor;

/** 0, 1, 2, … in a shape. */
const count = (...shape: number[]): Tensor => reshape(arange(shape.reduce((a, b) => a * b, 1)), shape);

describe('einsum', () => {
  const a: Tensor = add(count(2, 3), 1);
  const b: Tensor = tensor([
    [1, 2, 3, 4],
    [0, 1, 2, 3],
    [4, 0, 1, 2],
  ]);

  it('is a matrix product, in any order of the result', () => {
    expect(einsum('ij,jk->ik', a, b).toArray()).toEqual([
      [13, 4, 10, 16],
      [28, 13, 28, 43],
    ]);
    expect(einsum('ij, jk -> ki', a, b).toArray()).toEqual([
      [13, 28],
      [4, 13],
      [10, 28],
      [16, 43],
    ]);
    expect(einsum('ij,jk', a, b).toArray()).toEqual([
      [13, 4, 10, 16],
      [28, 13, 28, 43],
    ]);
  });

  it('keeps batches', () => {
    const c = count(2, 3, 4);
    const d = tensor([
      [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
      ],
      [
        [12, 13, 14, 15],
        [16, 17, 18, 19],
      ],
    ]);
    expect(einsum('bij,bkj->bik', c, d as Tensor).toArray()).toEqual([
      [
        [14, 38],
        [38, 126],
        [62, 214],
      ],
      [
        [734, 950],
        [950, 1230],
        [1166, 1510],
      ],
    ]);
  });

  it('takes sums, transposes, diagonals and traces of one operand', () => {
    expect(einsum('ij->', a).toArray()).toBe(21);
    expect(einsum('ij->i', a).toArray()).toEqual([6, 15]);
    expect(einsum('ba', a).toArray()).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect(einsum('ii', count(3, 3)).toArray()).toBe(12);
    expect(einsum('ii->i', count(3, 3)).toArray()).toEqual([0, 4, 8]);
    expect(einsum('iij->ji', count(2, 2, 3)).toArray()).toEqual([
      [0, 9],
      [1, 10],
      [2, 11],
    ]);
    expect(einsum('iii->i', count(2, 2, 2)).toArray()).toEqual([0, 7]);
  });

  it('joins several operands, and scalars', () => {
    expect(einsum('i,j,ij', tensor([1, 2]) as Tensor, tensor([1, 2, 3]) as Tensor, a).toArray()).toBe(78);
    expect(einsum('i,j->ij', tensor([1, 2]) as Tensor, tensor([3, 4]) as Tensor).toArray()).toEqual([
      [3, 4],
      [6, 8],
    ]);
    expect(
      einsum(
        'i,i->i',
        tensor([1, 2], undefined, 'int32') as Tensor,
        tensor([3, 4], undefined, 'int32') as Tensor,
      ).toArray(),
    ).toEqual([3, 8]);
    expect(einsum(',i', tensor(2) as Tensor, tensor([3, 4]) as Tensor).toArray()).toEqual([6, 8]);
    expect(einsum('ij,kl->', a, b).toArray()).toBe(21 * 23);
  });

  it('broadcasts what an ellipsis stands for', () => {
    expect(einsum('i...->...i', count(2, 1, 4)).toArray()).toEqual([
      [
        [0, 4],
        [1, 5],
        [2, 6],
        [3, 7],
      ],
    ]);
    expect(einsum('...ij,...jk', count(5, 1, 2, 3), count(4, 3, 2)).shape).toEqual([5, 4, 2, 2]);
    expect(einsum('...i,...i->...', count(2, 3), tensor([1, 10, 100]) as Tensor).toArray()).toEqual([210, 543]);
    expect(einsum('...,...', count(1, 2), count(2, 1)).toArray()).toEqual([
      [0, 0],
      [0, 1],
    ]);
  });

  it('has empty sums', () => {
    expect(einsum('ij,jk->ik', zeros([2, 0]) as Tensor, zeros([0, 3]) as Tensor).toArray()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect([einsum('ii->i', zeros([0, 0]) as Tensor).shape, einsum('ij->j', zeros([2, 0]) as Tensor).shape]).toEqual([
      [0],
      [0],
    ]);
  });

  it('refuses malformed subscripts', () => {
    for (const bad of ['ij->k', 'ij->ii', 'i1', 'ij->i->j', 'i....', '..i', 'i-j', 'i...j...'])
      expect(() => loose(bad, a), bad).toThrow('einsum: ');
    expect(() => loose('ij->ii', a)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: einsum: each letter of the result must occur once there, and among the operands, got "ij->ii"]`,
    );
    expect(() => loose('i1', a)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: einsum: \`subscripts\` must be letters such as "ij,jk->ik", got "i1"]`,
    );
    expect(() => loose('...j->j', a)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: einsum: the result must keep the ellipsis, got "...j->j"]`,
    );
    expect(() => loose(a)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: einsum: \`subscripts\` must be a string, got Tensor]`,
    );
  });

  it('refuses operands that do not fit', () => {
    expect(() => loose('ij,jk', a)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: einsum: \`subscripts\` "ij,jk" names 2 operands, got 1]`,
    );
    expect(() => loose('ijk', a)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: einsum: "ijk" names 3 axes, got [2,3]]`,
    );
    expect(() => loose('ijk...', a)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: einsum: "ijk..." names 3 axes, got [2,3]]`,
    );
    expect(() => loose('ij,jk', a, a)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: einsum: \`j\` must have one size, got 3 and 2]`,
    );
    expect(() => loose('ii', a)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: einsum: \`i\` must have one size, got 2 and 3]`,
    );
    expect(() => loose('...,...', a, b)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: einsum: the ellipsis must have one size, got 2 and 3]`,
    );
    expect(() => loose('i,i', zeros([2], 'int32'), zeros([2], 'int32'))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: einsum: expects float32 or float64, got int32; convert it with \`cast\`]`,
    );
    expect(() => loose('i,i->i', zeros([2]), zeros([2], 'int32'))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: einsum: expects one dtype, got float32 and int32; convert one with \`cast\`]`,
    );
  });
});
