import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { oracle } from '../../oracle/oracle.ts';
import { unique } from './unique.ts';

describe('unique', () => {
  it('finds the different values, in order', () => {
    const { values, inverse, counts } = unique(
      tensor([
        [3, 1],
        [3, -2],
      ]),
    );
    expect([values.toArray(), inverse.toArray(), counts.toArray()]).toEqual([
      [-2, 1, 3],
      [2, 1, 2, 0],
      [1, 1, 2],
    ]);
    expect(unique(tensor([true, false, true], undefined, 'bool')).values.toArray()).toEqual([false, true]);
  });

  it('takes NaN for one value, and zero without its sign', () => {
    const { values, counts, inverse } = unique(tensor([NaN, 0, Infinity, -0, NaN]));
    expect([values.toArray(), counts.toArray(), inverse.toArray()]).toEqual([
      [0, Infinity, NaN],
      [2, 1, 2],
      [2, 0, 1, 0, 2],
    ]);
  });

  it('finds nothing in nothing', () => {
    expect(Object.values(unique(zeros([2, 0]))).map((t: Tensor) => t.shape)).toEqual([[0], [0], [0]]);
  });

  it('needs values, which a program has not', () => {
    expect(() => oracle((x: Tensor) => unique(x).values)(tensor([1]))).toThrowErrorMatchingInlineSnapshot(
      `[CaptureError: unique: needs the values of \`x\`, which a program does not have yet; call it outside, on a result of the program, or use \`sort\`, whose result has a known size]`,
    );
  });
});
