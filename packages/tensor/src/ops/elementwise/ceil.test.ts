import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { ceil } from './ceil.ts';

describe('ceil', () => {
  it('rounds towards ∞', () => {
    expectValues(ceil, [
      [1.5, 2],
      [-1.5, -1],
      [-0.5, -0],
      [0.5, 1],
      [3, 3],
      [1000.75, 1001],
      [-0, -0],
      [Infinity, Infinity],
      [-Infinity, -Infinity],
      [NaN, NaN],
    ]);
  });

  it('takes int32', () => {
    const y = ceil(tensor([-5, 0, 7], undefined, 'int32'));
    expect([y.dtype, y.toArray()]).toEqual(['int32', [-5, 0, 7]]);
  });

  it('refuses bool', () => {
    expect(() => ceil(zeros([2], 'bool'))).toThrow('ceil: expects a numeric dtype, got bool; convert it with `cast`');
  });
});
