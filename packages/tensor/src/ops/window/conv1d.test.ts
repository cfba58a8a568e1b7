import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { conv1d } from './conv1d.ts';

/** As JavaScript callers see it. */
const loose = conv1d as unknown as (...args: readonly unknown[]) => Tensor;

describe('conv1d', () => {
  const x = tensor([1, 2, 3, 4, 5], [1, 5, 1]);
  const kernel = tensor([1, 10], [2, 1, 1]);

  it('correlates, with all kinds of padding', () => {
    expect([...conv1d(x, kernel).data]).toEqual([21, 32, 43, 54]);
    expect([...conv1d(x, kernel, { padding: 'same' }).data]).toEqual([21, 32, 43, 54, 5]);
    expect([...conv1d(x, kernel, { padding: 'causal' }).data]).toEqual([10, 21, 32, 43, 54]);
    expect([...conv1d(x, kernel, { padding: 'full' }).data]).toEqual([10, 21, 32, 43, 54, 5]); // np.convolve(x, [10, 1])
    expect([...conv1d(x, kernel, { padding: 'full', dilations: 2 }).data]).toEqual([10, 20, 31, 42, 53, 4, 5]);
    expect([...conv1d(x, kernel, { padding: 'full', strides: 2 }).data]).toEqual([10, 32, 54]);
    expect([...conv1d(x, kernel, { padding: [[0, 2]] }).data]).toEqual([21, 32, 43, 54, 5, 0]);
  });

  it('looks back alone with causal padding, at strides and dilations too', () => {
    expect([...conv1d(x, kernel, { padding: 'causal', dilations: 2 }).data]).toEqual([10, 20, 31, 42, 53]);
    expect([...conv1d(x, kernel, { padding: 'causal', strides: 2 }).data]).toEqual([10, 32, 54]);
    expect([...conv1d(x, tensor([7], [1, 1, 1]), { padding: 'causal', strides: 3 }).data]).toEqual([7, 28]);
  });

  it('keeps groups apart', () => {
    expect(
      conv1d(
        tensor([
          [
            [1, 2],
            [3, 4],
          ],
        ]),
        tensor([[[10, 100]]]),
        { groups: 2 },
      ).toArray(),
    ).toEqual([
      [
        [10, 200],
        [30, 400],
      ],
    ]);
  });

  it('takes empty batches', () => {
    expect(conv1d(zeros([0, 5, 1]), kernel).shape).toEqual([0, 4, 1]);
  });

  it('refuses arguments that do not fit', () => {
    expect(() => loose(zeros([1, 5, 5, 1]), kernel)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv1d: \`x\` expects rank 3 [batch,width,channels], got [1,5,5,1]]`,
    );
    expect(() => loose(x, zeros([2, 1]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv1d: \`kernel\` expects rank 3 [width,in,out], got [2,1]]`,
    );
    expect(() => loose(x, zeros([2, 2, 1]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv1d: \`kernel\` must have 1 input channels to match \`x\` [1,5,1], got [2,2,1]]`,
    );
    expect(() => loose(x, zeros([6, 1, 1]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv1d: window 6 is larger than the input [5]]`,
    );
    expect(() => loose(x, kernel, { padding: 'circular' })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv1d: \`padding\` must be "valid", "same", "full" or 1 pairs of integers of at least 0, got "circular"]`,
    );
    expect(() => loose(x, kernel, { padding: 'causal', dilations: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv1d: \`dilations\` must be a positive integer or 1 of them, got 0]`,
    );
    expect(() => loose(x, kernel, { groups: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv1d: \`groups\` must be a positive integer, got 1.5]`,
    );
  });
});
