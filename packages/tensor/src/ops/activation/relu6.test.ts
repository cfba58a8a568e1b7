import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { relu6 } from './relu6.ts';

describe('relu6', () => {
  it('lies between 0 and 6, and keeps NaN', () => {
    expectValues(relu6, [
      [-1000, 0],
      [-2.5, 0],
      [-0, 0],
      [0, 0],
      [2.5, 2.5],
      [6, 6],
      [6.5, 6],
      [1000, 6],
      [Infinity, 6],
      [-Infinity, 0],
      [NaN, NaN],
    ]);
  });

  it('takes int32', () => {
    const y = relu6(tensor([-5, 3, 7], undefined, 'int32'));
    expect([y.dtype, y.toArray()]).toEqual(['int32', [0, 3, 6]]);
  });

  it('refuses bool', () => {
    expect(() => relu6(zeros([2], 'bool'))).toThrow('relu6: expects a numeric dtype, got bool; convert it with `cast`');
  });
});
