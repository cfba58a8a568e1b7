import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { averagePool1d } from './averagePool1d.ts';

/** As JavaScript callers see it. */
const loose = averagePool1d as unknown as (...args: readonly unknown[]) => Tensor;

describe('averagePool1d', () => {
  const x = tensor([1, 3, 2, 5, 4], [1, 5, 1]);

  it('takes the mean of each window', () => {
    expect([...averagePool1d(x, { poolSize: 2 }).data]).toEqual([2, 3.5]);
    expect([...averagePool1d(x, { poolSize: 2, strides: 1 }).data]).toEqual([2, 2.5, 3.5, 4.5]);
    expect([...averagePool1d(x, { poolSize: 2, strides: 1, dilations: 2 }).data]).toEqual([1.5, 4, 3]);
  });

  it('pads at the end or where it is told', () => {
    expect([...averagePool1d(x, { poolSize: 2, padding: 'same' }).data]).toEqual([2, 3.5, 4]);
    expect([...averagePool1d(x, { poolSize: 2, padding: [[1, 0]] }).data]).toEqual([1, 2.5, 4.5]);
    expect([...averagePool1d(x, { poolSize: 2, padding: [[1, 0]], countIncludePad: true }).data]).toEqual([
      0.5, 2.5, 4.5,
    ]);
    expect([...averagePool1d(x, { poolSize: 2, padding: 'same', countIncludePad: true }).data]).toEqual([2, 3.5, 2]);
  });

  it('takes empty batches', () => {
    expect(averagePool1d(zeros([0, 4, 2]), { poolSize: 2 }).shape).toEqual([0, 2, 2]);
  });

  it('refuses arguments that do not fit', () => {
    expect(() => loose(zeros([1, 4]), { poolSize: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: averagePool1d: \`x\` expects rank 3 [batch,width,channels], got [1,4]]`,
    );
    expect(() => loose(x, { poolSize: 6 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: averagePool1d: window 6 is larger than the input [5]]`,
    );
  });
});
