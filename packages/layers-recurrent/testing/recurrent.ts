// Helpers for the tests of these layers.
import type { Context, Layer, Value } from '@chainrule/layers-core';
import { Generator, randomUniform, tensor, type Tensor } from '@chainrule/tensor';

export const inference = (): Context => ({ training: false, rng: new Generator(1) });

export const random = (shape: readonly number[], seed = 5): Tensor =>
  randomUniform(new Generator(seed), shape, { low: -1, high: 1, dtype: 'float64' });

export const bools = (values: readonly (readonly boolean[])[]): Tensor =>
  tensor(values as boolean[][], undefined, 'bool');

/** Builds the layer in float64 with random weights. */
export function built<L extends Layer>(layer: L, shape: readonly number[]): L {
  layer.build([shape], { rng: new Generator(1), dtype: 'float64' });
  layer.variables().forEach(({ value }, i) => value.trainable && value.assign(random(value.shape, 10 + i)));
  return layer;
}

/** Copies the trainable weights. */
export function copyWeights(from: Layer, to: Layer): void {
  const values = from.variables().filter(({ value }) => value.trainable);
  to.variables()
    .filter(({ value }) => value.trainable)
    .forEach(({ value }, i) => value.assign(values[i]!.value.value));
}

/** The outputs of a layer for a sequence, its mask and initial states. */
export function outputs(
  layer: Layer,
  x: Tensor,
  { mask, states = [], context = inference() }: { mask?: Tensor; states?: readonly Tensor[]; context?: Context } = {},
): Tensor[] {
  const first: Value = mask ? { data: x, mask } : { data: x };
  return layer.call([first, ...states.map((data) => ({ data }))], context).map(({ data }) => data);
}

/** Steps `from` to `to` of `[batch, time, features]`. */
export function steps(x: Tensor, from: number, to: number): Tensor {
  return tensor(
    (x.toArray() as number[][][]).map((rows) => rows.slice(from, to)),
    undefined,
    'float64',
  );
}

export const numbers = (t: Tensor): number[] => [...t.data];
export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Σ xᵢ·wᵢⱼ for one row of x and column j. */
export const product = (x: readonly number[], w: readonly (readonly number[])[], j: number): number =>
  x.reduce((sum, v, i) => sum + v * w[i]![j]!, 0);
