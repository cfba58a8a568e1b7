import { tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { counted, elements } from '../testing/run.ts';
import { upSampling1d, upSampling2d, upSampling3d } from './upSampling.ts';

describe('upsampling', () => {
  test('repeats each position', () => {
    expect(elements(upSampling1d(), counted([1, 2, 1], 1))).toEqual([1, 1, 2, 2]);
    expect(elements(upSampling1d({ size: 3 }), counted([1, 1, 2], 1))).toEqual([1, 2, 1, 2, 1, 2]);
    expect(elements(upSampling2d(), counted([1, 1, 2, 1], 1))).toEqual([1, 1, 2, 2, 1, 1, 2, 2]);
    expect(elements(upSampling3d({ size: [1, 1, 2] }), counted([1, 1, 2, 1, 1], 1))).toEqual([1, 1, 2, 2]);
  });

  test('interpolates images with bilinear', () => {
    expect(elements(upSampling2d({ size: [1, 2], interpolation: 'bilinear' }), tensor([0, 4], [1, 1, 2, 1]))).toEqual([
      0, 1, 3, 4,
    ]);
  });

  test('rejects invalid arguments', () => {
    expect(() => upSampling2d({ interpolation: 'bicubic' as 'nearest' })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: upSampling2d: \`interpolation\` must be "nearest" or "bilinear", got "bicubic"]`,
    );
    expect(() => upSampling1d({ size: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: upSampling1d: \`size\` must be a positive integer or 1 of them, got 0]`,
    );
    expect(() => upSampling3d().outputShape([[1, 4, 1]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: upSampling3d: expects rank 5 [batch,depth,height,width,channels], got [1,4,1]]`,
    );
  });
});
