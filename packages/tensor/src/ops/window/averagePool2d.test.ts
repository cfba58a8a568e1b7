import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { reshape } from '../layout/reshape.ts';
import { averagePool2d } from './averagePool2d.ts';

/** As JavaScript callers see it. */
const loose = averagePool2d as unknown as (...args: readonly unknown[]) => Tensor;

describe('averagePool2d', () => {
  const x = tensor([
    [[1], [2], [3]],
    [[6], [5], [4]],
    [[7], [9], [8]],
  ]);
  const image = reshape(x, [1, 3, 3, 1]);

  it('takes the mean of each window', () => {
    expect(averagePool2d(image, { poolSize: 2, strides: 1 }).data.join()).toBe('3.5,3.5,6.75,6.5');
    expect(averagePool2d(image, { poolSize: [1, 3] }).data.join()).toBe('2,5,8');
    expect(averagePool2d(image, { poolSize: 2, dilations: 2 }).data.join()).toBe('4.75');
    expect(averagePool2d(image, { poolSize: 2, padding: 'same' }).data.join()).toBe('3.5,3.5,8,8');
    expect(averagePool2d(image, { poolSize: 2, padding: 'same', countIncludePad: true }).data.join()).toBe(
      '3.5,1.75,4,2',
    );
  });

  it('refuses arguments that do not fit', () => {
    expect(() => loose(zeros([3, 3, 1]), { poolSize: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: averagePool2d: \`x\` expects rank 4 [batch,height,width,channels], got [3,3,1]]`,
    );
    expect(() => loose(image, { poolSize: 4 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: averagePool2d: window 4x4 is larger than the input [3,3]]`,
    );
  });
});
