import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { maxPool1d } from './maxPool1d.ts';

/** As JavaScript callers see it. */
const loose = maxPool1d as unknown as (...args: readonly unknown[]) => Tensor;

describe('maxPool1d', () => {
  const x = tensor([1, 3, 2, 5, 4], [1, 5, 1]);

  it('takes the largest of each window', () => {
    expect([...maxPool1d(x, { poolSize: 2 }).data]).toEqual([3, 5]);
    expect([...maxPool1d(x, { poolSize: 2, strides: 1 }).data]).toEqual([3, 3, 5, 5]);
    expect([...maxPool1d(x, { poolSize: 2, strides: 1, dilations: 2 }).data]).toEqual([2, 5, 4]);
  });

  it('pads at the end or where it is told', () => {
    expect([...maxPool1d(x, { poolSize: 2, padding: 'same' }).data]).toEqual([3, 5, 4]);
    expect([...maxPool1d(x, { poolSize: 2, padding: [[1, 0]] }).data]).toEqual([1, 3, 5]);
    expect([...maxPool1d(tensor([-1, -2], [1, 2, 1]), { poolSize: 2, strides: 1, padding: [[1, 0]] }).data]).toEqual([
      -1, -1,
    ]);
  });

  it('takes empty batches', () => {
    expect(maxPool1d(zeros([0, 4, 2]), { poolSize: 2 }).shape).toEqual([0, 2, 2]);
  });

  it('refuses arguments that do not fit', () => {
    expect(() => loose(zeros([1, 4]), { poolSize: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: maxPool1d: \`x\` expects rank 3 [batch,width,channels], got [1,4]]`,
    );
    expect(() => loose(x, { poolSize: 6 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: maxPool1d: window 6 is larger than the input [5]]`,
    );
  });
});
