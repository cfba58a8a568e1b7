import type { Layer } from '@chainrule/layers-core';
import { Generator, ones, type Shape, tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import {
  averagePool1d,
  averagePool2d,
  averagePool3d,
  globalAveragePool1d,
  globalAveragePool2d,
  globalAveragePool3d,
  globalMaxPool1d,
  globalMaxPool2d,
  globalMaxPool3d,
  maxPool1d,
  maxPool3d,
} from './index.ts';

const context = { training: false, rng: new Generator(1) };

function run(layer: Layer, x: Tensor, mask?: Tensor): unknown {
  const y = layer.call([mask ? { data: x, mask } : { data: x }], context)[0]!;
  expect(y.data.shape).toEqual(layer.outputShape([x.shape])[0]);
  expect(y.mask).toBeUndefined();
  return y.data.toArray();
}

const row = tensor([1, 5, 2, 4, 3], [1, 5, 1]);
/** 0, 1, 2, … */
const counted = (shape: Shape): Tensor =>
  tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i),
    shape,
  );

describe('poolings', () => {
  test('of rows take windows of two, and leave what does not fill one', () => {
    expect(run(maxPool1d(), row)).toEqual([[[5], [4]]]);
    expect(run(averagePool1d(), row)).toEqual([[[3], [3]]]);
    expect(run(averagePool1d({ poolSize: 3, strides: 2 }), tensor([3, 6, 0, 9, 3], [1, 5, 1]))).toEqual([[[3], [4]]]);
  });

  test('do not count what is padded', () => {
    expect(run(averagePool1d({ padding: 'same' }), row)).toEqual([[[3], [3], [3]]]);
    expect(run(maxPool1d({ padding: 'same', poolSize: 3, strides: 1 }), row)).toEqual([[[5], [5], [5], [4], [4]]]);
  });

  test('of images and volumes take every channel by itself', () => {
    expect(run(averagePool2d(), counted([1, 2, 2, 2]))).toEqual([[[[3, 4]]]]);
    expect(run(maxPool3d(), counted([1, 2, 2, 2, 2]))).toEqual([[[[[14, 15]]]]]);
    expect(run(averagePool3d({ poolSize: [1, 2, 2] }), counted([1, 2, 2, 2, 1]))).toEqual([[[[[1.5]]], [[[5.5]]]]]);
  });

  test('refuse what does not fit', () => {
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

describe('global poolings', () => {
  test.each([
    [globalMaxPool1d, globalAveragePool1d, [2, 3, 2]],
    [globalMaxPool2d, globalAveragePool2d, [2, 3, 1, 2]],
    [globalMaxPool3d, globalAveragePool3d, [2, 1, 3, 1, 2]],
  ] as const)('%o and %o leave an element a channel', (largest, average, shape) => {
    const kept = [2, ...shape.slice(1, -1).map(() => 1), 2];
    expect(run(largest(), counted(shape))).toEqual([
      [4, 5],
      [10, 11],
    ]);
    expect(run(average(), counted(shape))).toEqual([
      [2, 3],
      [8, 9],
    ]);
    expect([
      largest({ keepDims: true }).outputShape([shape]),
      average({ keepDims: true }).outputShape([shape]),
    ]).toEqual([[kept], [kept]]);
    run(largest({ keepDims: true }), counted(shape));
    run(average({ keepDims: true }), counted(shape));
  });

  test('average the steps that count', () => {
    expect(run(globalAveragePool1d(), row, tensor([[true, false, true, false, true]], undefined, 'bool'))).toEqual([
      [2],
    ]);
    expect(
      run(globalAveragePool1d({ keepDims: true }), row, tensor([[true, true, false, false, false]], undefined, 'bool')),
    ).toEqual([[[3]]]);
  });

  test('take the largest of the steps that count', () => {
    const [losses, mask] = [
      tensor([-1, -5, -2, -4, -3], [1, 5, 1]),
      tensor([[false, true, false, true, true]], undefined, 'bool'),
    ];
    expect([run(globalMaxPool1d(), losses), run(globalMaxPool1d(), losses, mask)]).toEqual([[[-1]], [[-3]]]);
    expect(run(globalMaxPool1d({ keepDims: true }), losses, mask)).toEqual([[[-3]]]);
  });

  test('give 0 where no step counts', () => {
    const [x, mask] = [
      tensor([1, 2, 3, 4], [2, 2, 1]),
      tensor(
        [
          [false, true],
          [false, false],
        ],
        undefined,
        'bool',
      ),
    ];
    for (const layer of [globalMaxPool1d(), globalAveragePool1d()]) expect(run(layer, x, mask)).toEqual([[2], [0]]);
  });

  test('refuse inputs of another rank', () => {
    expect(() => globalAveragePool3d().outputShape([[1, 4, 4, 1]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: globalAveragePool3d: expects rank 5 [batch,depth,height,width,channels], got [1,4,4,1]]`,
    );
    expect(() => run(globalMaxPool1d(), ones([2, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: globalMaxPool1d: expects rank 3 [batch,width,channels], got [2,2]]`,
    );
  });
});
