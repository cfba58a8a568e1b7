// Helpers for the tests of these layers.
import type { BuildContext, Context, Initializer, Layer } from '@chainrule/layers-core';
import { Generator, type Shape, tensor, type Tensor } from '@chainrule/tensor';
import { expect } from 'vitest';

export const at: BuildContext = { rng: new Generator(1), dtype: 'float32' };
export const context: Context = { training: false, rng: new Generator(1) };

/** Builds the layer for `x` and calls it. The output must have the shape that the layer announced, and no mask. */
export function outputOf(layer: Layer, x: Tensor, mask?: Tensor): Tensor {
  layer.build([x.shape], at);
  const y = layer.call([mask ? { data: x, mask } : { data: x }], context)[0]!;
  expect(y.data.shape).toEqual(layer.outputShape([x.shape])[0]);
  expect(y.mask).toBeUndefined();
  return y.data;
}

/** The output as nested arrays; see {@link outputOf}. */
export const run = (layer: Layer, x: Tensor, mask?: Tensor): unknown => outputOf(layer, x, mask).toArray();

/** The elements of the output in order. */
export const elements = (layer: Layer, x: Tensor): number[] => [...outputOf(layer, x).data];

/** The number of elements of all weights. */
export function parameters(layer: Layer, shape: Shape): number {
  layer.build([shape], at);
  return layer.variables().reduce((n, { value }) => n + value.value.size, 0);
}

/** `first`, `first + 1`, … in order. */
export function counted(shape: Shape, first = 0): Tensor {
  const size = shape.reduce((a, b) => a * b);
  return tensor(
    Float32Array.from({ length: size }, (_, i) => first + i),
    shape,
  );
}

/** Gives a weight these values, in order. */
export const fixed = (data: readonly number[]): Initializer => ({
  name: 'fixed',
  make: (shape) => tensor(Float32Array.from(data), shape),
});
