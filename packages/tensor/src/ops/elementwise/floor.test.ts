import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { floor } from './floor.ts';

describe('floor', () => {
  it('rounds towards −∞', () => {
    expectValues(floor, [
      [1.5, 1],
      [-1.5, -2],
      [-0.5, -1],
      [0.5, 0],
      [3, 3],
      [1000.75, 1000],
      [-0, -0],
      [Infinity, Infinity],
      [-Infinity, -Infinity],
      [NaN, NaN],
    ]);
  });

  it('takes int32', () => {
    const y = floor(tensor([-5, 0, 7], undefined, 'int32'));
    expect([y.dtype, y.toArray()]).toEqual(['int32', [-5, 0, 7]]);
  });

  it('refuses bool', () => {
    expect(() => floor(zeros([2], 'bool'))).toThrow('floor: expects a numeric dtype, got bool; convert it with `cast`');
  });
});
