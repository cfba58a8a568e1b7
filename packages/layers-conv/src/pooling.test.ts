import { tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { at, counted, run } from '../testing/run.ts';
import { averagePool1d, averagePool2d, averagePool3d, maxPool1d, maxPool2d, maxPool3d } from './pooling.ts';

const row = tensor([1, 5, 2, 4, 3], [1, 5, 1]);

describe('maxPool2d', () => {
  const x = tensor([
    [
      [[1], [5], [2]],
      [[4], [3], [9]],
      [[7], [8], [6]],
    ],
  ]);

  test('computes the maximum of each window, with strides of the window’s size by default', () => {
    expect(run(maxPool2d({}), x)).toEqual([[[[5]]]]);
    expect(run(maxPool2d({ poolSize: [3, 1] }), x)).toEqual([[[[7], [8], [9]]]]);
  });

  test('supports overlapping windows', () => {
    expect(run(maxPool2d({ strides: 1 }), x)).toEqual([
      [
        [[5], [9]],
        [[8], [9]],
      ],
    ]);
  });

  test('ignores padding, also if all elements are negative', () => {
    expect(run(maxPool2d({ padding: 'same' }), x)).toEqual([
      [
        [[5], [9]],
        [[8], [6]],
      ],
    ]);
    expect(run(maxPool2d({ padding: 'same' }), tensor([[[[-3]]]]))).toEqual([[[[-3]]]]);
  });

  test('pools channels separately', () => {
    expect(
      run(
        maxPool2d(),
        tensor([
          [
            [
              [1, -1],
              [2, -2],
            ],
            [
              [3, -3],
              [4, -4],
            ],
          ],
        ]),
      ),
    ).toEqual([[[[4, -1]]]]);
  });

  test('rounds sizes down with padding valid, and up with same', () => {
    expect(maxPool2d().outputShape([[32, 13, 26, 28]])).toEqual([[32, 6, 13, 28]]);
    expect(maxPool2d({ padding: 'same' }).outputShape([[32, 13, 26, 28]])).toEqual([[32, 7, 13, 28]]);
    expect(maxPool2d({ poolSize: 3, strides: 2 }).outputShape([[32, 13, 26, 28]])).toEqual([[32, 6, 12, 28]]);
  });

  test('has no variables and stores its options', () => {
    const layer = maxPool2d({ poolSize: [2, 3] });
    layer.build([[1, 4, 6, 1]], at);
    expect([layer.variables(), layer.config()]).toEqual([[], [{ poolSize: [2, 3] }]]);
  });

  test('rejects invalid options and inputs that are not images', () => {
    expect(() => maxPool2d({ poolSize: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: maxPool2d: \`poolSize\` must be a positive integer or 2 of them, got 0]`,
    );
    expect(() => maxPool2d({ strides: [1, -1] })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: maxPool2d: \`strides\` must be a positive integer or 2 of them, got [1,-1]]`,
    );
    expect(() => maxPool2d().outputShape([[1, 28, 28]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: maxPool2d: expects rank 4 [batch,height,width,channels], got [1,28,28]]`,
    );
    expect(() => maxPool2d({ poolSize: 5 }).outputShape([[1, 4, 4, 1]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: maxPool2d: window 5x5 is larger than the input [4,4]]`,
    );
  });
});

describe('poolings', () => {
  test('over one axis use windows of two by default and drop an incomplete window', () => {
    expect(run(maxPool1d(), row)).toEqual([[[5], [4]]]);
    expect(run(averagePool1d(), row)).toEqual([[[3], [3]]]);
    expect(run(averagePool1d({ poolSize: 3, strides: 2 }), tensor([3, 6, 0, 9, 3], [1, 5, 1]))).toEqual([[[3], [4]]]);
  });

  test('ignore padding', () => {
    expect(run(averagePool1d({ padding: 'same' }), row)).toEqual([[[3], [3], [3]]]);
    expect(run(maxPool1d({ padding: 'same', poolSize: 3, strides: 1 }), row)).toEqual([[[5], [5], [5], [4], [4]]]);
  });

  test('of images and volumes pool channels separately', () => {
    expect(run(averagePool2d(), counted([1, 2, 2, 2]))).toEqual([[[[3, 4]]]]);
    expect(run(maxPool3d(), counted([1, 2, 2, 2, 2]))).toEqual([[[[[14, 15]]]]]);
    expect(run(averagePool3d({ poolSize: [1, 2, 2] }), counted([1, 2, 2, 2, 1]))).toEqual([[[[[1.5]]], [[[5.5]]]]]);
  });

  test('reject invalid arguments', () => {
    expect(() => averagePool3d({ poolSize: [1, 2] as never })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: averagePool3d: \`poolSize\` must be a positive integer or 3 of them, got [1,2]]`,
    );
    expect(() => maxPool1d().outputShape([[1, 4, 4, 1]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: maxPool1d: expects rank 3 [batch,width,channels], got [1,4,4,1]]`,
    );
    expect(() => averagePool2d({ poolSize: 5 }).outputShape([[1, 4, 4, 1]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: averagePool2d: window 5x5 is larger than the input [4,4]]`,
    );
  });
});
