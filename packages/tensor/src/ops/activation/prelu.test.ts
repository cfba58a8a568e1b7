import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { prelu } from './prelu.ts';

describe('prelu', () => {
  it('scales negative elements, and keeps NaN', () => {
    expectValues(
      (x) => prelu(x, 0.5),
      [
        [-1000, -500],
        [-0, -0],
        [0, 0],
        [1000, 1000],
        [Infinity, Infinity],
        [-Infinity, -Infinity],
        [NaN, NaN],
      ],
    );
  });

  it('takes a slope for each channel', () => {
    expect(
      prelu(
        tensor([
          [-2, 2, -4],
          [-4, -4, 1],
        ]),
        tensor([0.5, 0.25, -1]),
      ).toArray(),
    ).toEqual([
      [-1, 2, 4],
      [-2, -1, 1],
    ]);
  });

  it('refuses slopes that do not fit', () => {
    expect(() => prelu(zeros([2, 3]), zeros([2]) as never)).toThrow('prelu: cannot broadcast [2,3] with [2]');
    expect(() => prelu(zeros([2]), zeros([2], 'float64') as never)).toThrow(
      'prelu: expects one dtype, got float32 and float64; convert one with `cast`',
    );
  });
});
