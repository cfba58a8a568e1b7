// Helpers for the tests of these layers.
import type { Context, Layer } from '@chainrule/layers-core';
import { Generator, randomUniform, tensor, type Tensor } from '@chainrule/tensor';

export const inference = (): Context => ({ training: false, rng: new Generator(1) });

export const random = (shape: readonly number[], seed = 5): Tensor =>
  randomUniform(new Generator(seed), shape, { low: -1, high: 1, dtype: 'float64' });

export const bools = (values: readonly (readonly boolean[])[]): Tensor =>
  tensor(values as boolean[][], undefined, 'bool');

/** Builds the layer in float64 with random weights. */
export function built(layer: Layer, ...shapes: readonly (readonly number[])[]): Layer {
  layer.build(shapes, { rng: new Generator(1), dtype: 'float64' });
  layer.variables().forEach(({ value }, i) => value.assign(random(value.shape, 10 + i)));
  return layer;
}

export const outputs = (
  layer: Layer,
  inputs: readonly Tensor[],
  masks: readonly (Tensor | undefined)[] = [],
  context: Context = inference(),
): Tensor[] =>
  layer
    .call(
      inputs.map((data, i) => ({ data, ...(masks[i] && { mask: masks[i] }) })),
      context,
    )
    .map(({ data }) => data);

export type Matrix = readonly (readonly number[])[];

export const rows = (t: Tensor): Matrix[] => t.toArray() as number[][][];
export const weight = (layer: Layer, name: string): Tensor =>
  layer.variables().find((variable) => variable.name === name)!.value.value;
export const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, v, i) => sum + v * b[i]!, 0);
export const times = (row: readonly number[], m: Matrix): number[] =>
  m[0]!.map((_, j) => row.reduce((sum, v, i) => sum + v * m[i]![j]!, 0));

/** Σⱼ softmaxⱼ(score(i, j))·valueⱼ over the keys that query i attends to, in plain numbers. */
export function plain(
  queries: number,
  value: Matrix,
  score: (i: number, j: number) => number,
  sees: (i: number, j: number) => boolean = () => true,
  factor: (i: number, j: number) => number = () => 1,
): number[][] {
  return Array.from({ length: queries }, (_, i) => {
    const e = value.map((_row, j) => (sees(i, j) ? Math.exp(score(i, j)) : 0));
    const total = e.reduce((a, b) => a + b);
    return value[0]!.map((_v, f) =>
      e.reduce((sum, w, j) => sum + (total === 0 ? 0 : (w / total) * factor(i, j)) * value[j]![f]!, 0),
    );
  });
}
