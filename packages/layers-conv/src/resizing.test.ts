import type { Layer } from '@chainrule/layers-core';
import { Generator, type Shape, tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import {
  cropping1d,
  cropping2d,
  cropping3d,
  upSampling1d,
  upSampling2d,
  upSampling3d,
  zeroPadding1d,
  zeroPadding2d,
  zeroPadding3d,
} from './index.ts';

function run(layer: Layer, x: Tensor): unknown {
  const y = layer.call([{ data: x }], { training: false, rng: new Generator(1) })[0]!.data;
  expect(y.shape).toEqual(layer.outputShape([x.shape])[0]);
  return y.toArray();
}

const counted = (shape: Shape): Tensor =>
  tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i + 1),
    shape,
  );
const flat = (values: unknown): number[] => (values as never[]).flat(9);

describe('zero padding', () => {
  test('puts one zero at each end unless told otherwise', () => {
    expect(flat(run(zeroPadding1d(), counted([1, 2, 1])))).toEqual([0, 1, 2, 0]);
    expect(flat(run(zeroPadding1d({ padding: [2, 0] }), counted([1, 2, 1])))).toEqual([0, 0, 1, 2]);
    expect(flat(run(zeroPadding2d({ padding: [0, 1] }), counted([1, 2, 1, 1])))).toEqual([0, 1, 0, 0, 2, 0]);
    expect(
      flat(
        run(
          zeroPadding2d({
            padding: [
              [1, 0],
              [0, 2],
            ],
          }),
          counted([1, 1, 1, 1]),
        ),
      ),
    ).toEqual([0, 0, 0, 1, 0, 0]);
    expect(zeroPadding3d({ padding: [1, 0, 2] }).outputShape([[2, 3, 3, 3, 1]])).toEqual([[2, 5, 3, 7, 1]]);
  });

  test('refuses what does not fit', () => {
    expect(() => zeroPadding1d({ padding: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: zeroPadding1d: \`padding\` must be an integer of at least 0, or a pair of them, got -1]`,
    );
    expect(() => zeroPadding2d({ padding: [1, 2, 3] as never })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: zeroPadding2d: \`padding\` must be an integer of at least 0, 2 of them, or 2 pairs of them, got [1,2,3]]`,
    );
    expect(() => zeroPadding3d().outputShape([[2, 3, 3, 1]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: zeroPadding3d: expects rank 5 [batch,depth,height,width,channels], got [2,3,3,1]]`,
    );
  });
});

describe('cropping', () => {
  test('cuts off one position at each end of rows and volumes, and none of images', () => {
    expect(flat(run(cropping1d(), counted([1, 4, 1])))).toEqual([2, 3]);
    expect(cropping2d().outputShape([[1, 4, 4, 1]])).toEqual([[1, 4, 4, 1]]);
    expect(flat(run(cropping3d(), counted([1, 3, 3, 3, 1])))).toEqual([14]);
  });

  test('cuts as told', () => {
    expect(flat(run(cropping1d({ cropping: [0, 3] }), counted([1, 4, 1])))).toEqual([1]);
    expect(flat(run(cropping2d({ cropping: [0, 1] }), counted([1, 2, 3, 1])))).toEqual([2, 5]);
    expect(
      flat(
        run(
          cropping2d({
            cropping: [
              [1, 0],
              [0, 1],
            ],
          }),
          counted([1, 2, 3, 1]),
        ),
      ),
    ).toEqual([4, 5]);
  });

  test('refuses to leave nothing', () => {
    expect(() => cropping1d({ cropping: [2, 2] }).outputShape([[1, 4, 1]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: cropping1d: nothing is left of [1,4,1]]`,
    );
    expect(() => cropping2d({ cropping: [1.5, 2] })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: cropping2d: \`cropping\` must be an integer of at least 0, 2 of them, or 2 pairs of them, got [1.5,2]]`,
    );
  });
});

describe('up-sampling', () => {
  test('repeats each position', () => {
    expect(flat(run(upSampling1d(), counted([1, 2, 1])))).toEqual([1, 1, 2, 2]);
    expect(flat(run(upSampling1d({ size: 3 }), counted([1, 1, 2])))).toEqual([1, 2, 1, 2, 1, 2]);
    expect(flat(run(upSampling2d(), counted([1, 1, 2, 1])))).toEqual([1, 1, 2, 2, 1, 1, 2, 2]);
    expect(flat(run(upSampling3d({ size: [1, 1, 2] }), counted([1, 1, 2, 1, 1])))).toEqual([1, 1, 2, 2]);
  });

  test('interpolates images where told', () => {
    expect(flat(run(upSampling2d({ size: [1, 2], interpolation: 'bilinear' }), tensor([0, 4], [1, 1, 2, 1])))).toEqual([
      0, 1, 3, 4,
    ]);
  });

  test('refuses what does not fit', () => {
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
