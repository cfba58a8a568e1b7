import { constant, type Initializer, type Layer } from '@chainrule/layers-core';
import { Generator, relu, type Shape, tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { conv1d } from './conv1d.ts';
import { conv3d } from './conv3d.ts';
import { depthwiseConv2d } from './depthwiseConv2d.ts';
import { separableConv2d } from './separableConv2d.ts';

const at = { rng: new Generator(1), dtype: 'float32' as const };
const context = { training: false, rng: new Generator(1) };
const fixed = (data: readonly number[]): Initializer => ({
  name: 'fixed',
  make: (shape) => tensor(Float32Array.from(data), shape),
});

function run(layer: Layer, x: Tensor): unknown {
  layer.build([x.shape], at);
  const y = layer.call([{ data: x }], context)[0]!.data;
  expect(y.shape).toEqual(layer.outputShape([x.shape])[0]);
  return y.toArray();
}

function parameters(layer: Layer, shape: Shape): number {
  layer.build([shape], at);
  return layer.variables().reduce((n, { value }) => n + value.value.size, 0);
}

describe('conv1d', () => {
  const row = tensor([1, 2, 3, 4], [1, 4, 1]);
  const kernelInitializer = fixed([1, 10]);

  test('correlates along the row, then adds the bias and applies the activation', () => {
    expect(run(conv1d({ filters: 1, kernelSize: 2, kernelInitializer }), row)).toEqual([[[21], [32], [43]]]);
    expect(
      run(
        conv1d({ filters: 1, kernelSize: 2, kernelInitializer, biasInitializer: constant(-32), activation: relu }),
        row,
      ),
    ).toEqual([[[0], [0], [11]]]);
  });

  test('sees nothing that comes later with padding causal, also with dilations and strides', () => {
    const causal = { filters: 1, kernelSize: 2, padding: 'causal', kernelInitializer } as const;
    expect(run(conv1d(causal), row)).toEqual([[[10], [21], [32], [43]]]);
    expect(run(conv1d({ ...causal, dilations: 2 }), row)).toEqual([[[10], [20], [31], [42]]]);
    expect(run(conv1d({ ...causal, strides: 2 }), row)).toEqual([[[10], [32]]]);
  });

  test('counts parameters as Keras: 8·4·16 + 16 for 16 of 8 on 4 channels', () => {
    expect(parameters(conv1d({ filters: 16, kernelSize: 8 }), [1, 100, 4])).toBe(528);
    expect(parameters(conv1d({ filters: 16, kernelSize: 8, groups: 2, useBias: false }), [1, 100, 4])).toBe(256);
  });

  test('refuses what does not fit', () => {
    expect(() => conv1d({ filters: 4, kernelSize: [0] })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv1d: \`kernelSize\` must be a positive integer or 1 of them, got [0]]`,
    );
    expect(() => conv1d({ filters: 4, kernelSize: 3 }).outputShape([[1, 8, 8, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv1d: expects rank 3 [batch,width,channels], got [1,8,8,3]]`,
    );
    expect(() => conv1d({ filters: 4, kernelSize: 9 }).outputShape([[1, 8, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv1d: window 9 is larger than the input [8]]`,
    );
    expect(() =>
      conv1d({ filters: 4, kernelSize: 3, padding: 'full' as 'same' }).outputShape([[1, 8, 3]]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv1d: \`padding\` must be "valid", "same" or 1 pairs of integers of at least 0, got "full"]`,
    );
    expect(() =>
      conv1d({ filters: 4, kernelSize: 3, groups: 2 }).outputShape([[1, 8, 3]]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv1d: \`groups\` must divide the 3 channels of the input and the 4 filters, got 2]`,
    );
  });
});

describe('conv3d', () => {
  test('sums over a cube and its channels', () => {
    const x = tensor(
      Float32Array.from({ length: 16 }, (_, i) => i),
      [1, 2, 2, 2, 2],
    );
    expect(run(conv3d({ filters: 1, kernelSize: 2, kernelInitializer: constant(1) }), x)).toEqual([[[[[120]]]]]);
    expect(
      run(
        conv3d({ filters: 1, kernelSize: [2, 1, 1], strides: [1, 2, 2], kernelInitializer: fixed([1, 0, 0, 10]) }),
        x,
      ),
    ).toEqual([[[[[90]]]]]);
  });

  test('counts parameters as Keras: 27·2·8 + 8', () => {
    expect(parameters(conv3d({ filters: 8, kernelSize: 3 }), [1, 9, 9, 9, 2])).toBe(440);
  });

  test('refuses what does not fit', () => {
    expect(() => conv3d({ filters: 4, kernelSize: 3 }).outputShape([[1, 8, 8, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv3d: expects rank 5 [batch,depth,height,width,channels], got [1,8,8,3]]`,
    );
    expect(() =>
      conv3d({ filters: 4, kernelSize: 3, padding: 'causal' as 'same' }).outputShape([[1, 8, 8, 8, 3]]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv3d: \`padding\` must be "valid", "same" or 3 pairs of integers of at least 0, got "causal"]`,
    );
  });
});

describe('depthwiseConv2d', () => {
  const x = tensor([1, 10, 2, 20], [1, 1, 2, 2]);

  test('gives each channel outputs of its own', () => {
    // Kernel [1, 2, channels, multiplier]: left (1, 2; 3, 4), right (5, 6; 7, 8).
    const layer = depthwiseConv2d({
      kernelSize: [1, 2],
      depthMultiplier: 2,
      depthwiseInitializer: fixed([1, 2, 3, 4, 5, 6, 7, 8]),
    });
    expect(run(layer, x)).toEqual([[[[1 + 10, 2 + 12, 30 + 140, 40 + 160]]]]);
  });

  test('counts parameters as Keras: 9·4·2 + 8', () => {
    expect(parameters(depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2 }), [1, 9, 9, 4])).toBe(80);
    expect(parameters(depthwiseConv2d({ kernelSize: 3, useBias: false }), [1, 9, 9, 4])).toBe(36);
  });

  test('refuses what does not fit', () => {
    expect(() => depthwiseConv2d({ kernelSize: 3, depthMultiplier: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: depthwiseConv2d: \`depthMultiplier\` must be a positive integer, got 0]`,
    );
    expect(() => depthwiseConv2d({ kernelSize: 3 }).outputShape([[1, 8, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: depthwiseConv2d: expects rank 4 [batch,height,width,channels], got [1,8,3]]`,
    );
  });
});

describe('separableConv2d', () => {
  test('convolves each channel, then all of them at each place', () => {
    const x = tensor([1, 10, 2, 20], [1, 1, 2, 2]);
    const options = {
      kernelSize: [1, 2],
      depthwiseInitializer: fixed([1, 2, 3, 4]),
      pointwiseInitializer: fixed([1, 0, 1, 1]),
      biasInitializer: constant(0.5),
    } as const;
    // Depthwise (1·1 + 2·3, 10·2 + 20·4) = (7, 100); pointwise (7 + 100, 100).
    expect(run(separableConv2d({ filters: 2, ...options }), x)).toEqual([[[[107.5, 100.5]]]]);
  });

  test('counts parameters as Keras: 9·4·2 + 8·16 + 16', () => {
    const layer = separableConv2d({ filters: 16, kernelSize: 3, depthMultiplier: 2 });
    expect(parameters(layer, [1, 9, 9, 4])).toBe(216);
    expect(layer.variables().map(({ name }) => name)).toEqual(['depthwiseKernel', 'pointwiseKernel', 'bias']);
  });

  test('refuses what does not fit', () => {
    expect(() => separableConv2d({ filters: 0, kernelSize: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: separableConv2d: \`filters\` must be a positive integer, got 0]`,
    );
    expect(() =>
      separableConv2d({ filters: 4, kernelSize: 9 }).outputShape([[1, 8, 8, 3]]),
    ).toThrowErrorMatchingInlineSnapshot(`[ShapeError: separableConv2d: window 9x9 is larger than the input [8,8]]`);
  });
});
