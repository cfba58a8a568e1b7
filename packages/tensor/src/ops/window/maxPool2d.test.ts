import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { reshape } from '../layout/reshape.ts';
import { maxPool2d } from './maxPool2d.ts';

/** As JavaScript callers see it. */
const loose = maxPool2d as unknown as (...args: readonly unknown[]) => Tensor;

describe('maxPool2d', () => {
  const x = tensor([
    [[1], [2], [3]],
    [[6], [5], [4]],
    [[7], [9], [8]],
  ]);
  const image = reshape(x, [1, 3, 3, 1]);

  it('takes the largest of each window', () => {
    expect(maxPool2d(image, { poolSize: 2, strides: 1 }).data.join()).toBe('6,5,9,9');
    expect(maxPool2d(image, { poolSize: [1, 3] }).data.join()).toBe('3,6,9');
    expect(maxPool2d(image, { poolSize: 2, dilations: 2 }).data.join()).toBe('8');
    expect(maxPool2d(image, { poolSize: 2, padding: 'same' }).data.join()).toBe('6,4,9,8');
  });

  it('refuses arguments that do not fit', () => {
    expect(() => loose(zeros([3, 3, 1]), { poolSize: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: maxPool2d: \`x\` expects rank 4 [batch,height,width,channels], got [3,3,1]]`,
    );
    expect(() => loose(image, { poolSize: 4 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: maxPool2d: window 4x4 is larger than the input [3,3]]`,
    );
  });
});
