import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { heaviside } from './heaviside.ts';

describe('heaviside', () => {
  it('is a step at 0, and keeps NaN', () => {
    expectValues(heaviside, [
      [-1000, 0],
      [-0.5, 0],
      [0, 0.5],
      [-0, 0.5],
      [0.5, 1],
      [1000, 1],
      [Infinity, 1],
      [-Infinity, 0],
      [NaN, NaN],
    ]);
  });

  it('takes another value at 0', () => {
    expectValues(
      (x) => heaviside(x, 1),
      [
        [-1, 0],
        [0, 1],
        [1, 1],
      ],
    );
  });

  it('refuses int32', () => {
    expect(() => heaviside(zeros([2], 'int32') as never)).toThrow(
      'heaviside: expects numbers that int32 can hold, got 0.5; convert the tensor with `cast`',
    );
  });
});
