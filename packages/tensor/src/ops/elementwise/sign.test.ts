import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { sign } from './sign.ts';

describe('sign', () => {
  it('is −1, 0 or 1, and NaN for NaN', () => {
    expectValues(sign, [
      [2.5, 1],
      [-2.5, -1],
      [1000, 1],
      [0, 0],
      [-0, -0],
      [Infinity, 1],
      [-Infinity, -1],
      [NaN, NaN],
    ]);
  });

  it('takes int32', () => {
    const y = sign(tensor([-5, 0, 7], undefined, 'int32'));
    expect([y.dtype, y.toArray()]).toEqual(['int32', [-1, 0, 1]]);
  });

  it('refuses bool', () => {
    expect(() => sign(zeros([2], 'bool'))).toThrow('sign: expects a numeric dtype, got bool; convert it with `cast`');
  });
});
