import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { round } from './round.ts';

describe('round', () => {
  it('goes to the nearest integer, halves to even', () => {
    expectValues(round, [
      [0.5, 0],
      [1.5, 2],
      [2.5, 2],
      [-0.5, -0],
      [-1.5, -2],
      [-2.5, -2],
      [0.25, 0],
      [0.75, 1],
      [-0.75, -1],
      [8388607.5, 8388608],
      [-0, -0],
      [Infinity, Infinity],
      [-Infinity, -Infinity],
      [NaN, NaN],
    ]);
  });

  it('takes int32', () => {
    const y = round(tensor([-5, 0, 7], undefined, 'int32'));
    expect([y.dtype, y.toArray()]).toEqual(['int32', [-5, 0, 7]]);
  });

  it('refuses bool', () => {
    expect(() => round(zeros([2], 'bool'))).toThrow('round: expects a numeric dtype, got bool; convert it with `cast`');
  });
});
