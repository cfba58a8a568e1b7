import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { linspace } from '../creation/sequences.ts';
import type { Tensor } from '../../array/tensor.ts';
import { oracle } from '../../oracle/oracle.ts';
import { histogram } from './histogram.ts';

/** As JavaScript callers see it. */
const loose = histogram as unknown as (...args: readonly unknown[]) => Tensor;

describe('histogram', () => {
  it('counts, the last bin with both edges', () => {
    const { counts, edges } = histogram(tensor([1, 2, 1, 4, 4]), { bins: 3 });
    expect([counts.toArray(), edges.toArray(), counts.dtype, edges.dtype]).toEqual([
      [2, 1, 2],
      [1, 2, 3, 4],
      'int32',
      'float64',
    ]);
    expect(histogram(tensor([0, 0.5, 1])).counts.toArray()).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
  });

  it('leaves out numbers beyond the range', () => {
    const { counts, edges } = histogram(tensor([1, 2, 3, 4, 5, NaN, -9]), { bins: 2, range: [1, 4] });
    expect([counts.toArray(), edges.toArray()]).toEqual([
      [2, 2],
      [1, 2.5, 4],
    ]);
  });

  it('does not round values across edges', () => {
    const x = linspace(0, 1, 50, 'float64');
    const { counts, edges } = histogram(x, { bins: 49 });
    const inside = (i: number): number =>
      [...x.data].filter((v) => v >= edges.data[i]! && (i === 48 ? v <= edges.data[49]! : v < edges.data[i + 1]!))
        .length;
    expect(counts.toArray()).toEqual(Array.from({ length: 49 }, (_, i) => inside(i)));
  });

  it('widens the range of a single value, and has one for none, as NumPy does', () => {
    expect(histogram(tensor([3, 3]), { bins: 2 }).edges.toArray()).toEqual([2.5, 3, 3.5]);
    const none = histogram(zeros([0]), { bins: 2 });
    expect([none.counts.toArray(), none.edges.toArray()]).toEqual([
      [0, 0],
      [0, 0.5, 1],
    ]);
  });

  it('refuses invalid bins and ranges, and symbols', () => {
    expect(() => loose(zeros([1]), { bins: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: histogram: \`bins\` must be a positive integer, got 0]`,
    );
    expect(() => loose(zeros([1]), { range: [1, 0] })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: histogram: \`range\` must be two finite numbers in order, got [1,0]]`,
    );
    expect(() => loose(zeros([1]), { range: [0, Infinity] })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: histogram: \`range\` must be two finite numbers in order, got [0,Infinity]]`,
    );
    expect(() => loose(tensor([NaN]))).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: histogram: needs a \`range\` if elements are not finite, got NaN]`,
    );
    expect(() => oracle((x: Tensor) => histogram(x).counts)(tensor([1]))).toThrowErrorMatchingInlineSnapshot(
      `[CaptureError: histogram: needs the values of \`x\`, which a program does not have yet; call it outside, on a result of the program]`,
    );
  });
});
