import type { Layer, NameOption, Value } from '@chainrule/layers-core';
import { map, mul, scalar as e, type Tensor } from '@chainrule/tensor';
import { mergeLayer, type MergeRule } from './mergeLayer.ts';

/**
 * Multiplies its inputs, as Keras' Multiply. Inputs broadcast. An input counts as 1 at steps that its mask excludes; steps that
 * all masks exclude become 0.
 *
 * @returns a layer with any number of inputs, `[batch, …]`
 * @throws ShapeError for shapes that do not broadcast
 * @example
 * const [a, b] = [input([2]), input([2])];
 * const model = functional([a, b], apply([a, b], multiply())).build();
 * model.call([tensor([[1, 4]]), tensor([[3, 2]])]).toArray(); // => [[3,8]]
 */
export function multiply(options: NameOption = {}): Layer<MergeRule<'multiply'>> {
  return mergeLayer('multiply', options, {
    merge: (a, b) => mul(orElse(a, 1), orElse(b, 1)),
    finish: (merged) => orElse(merged, 0),
  });
}

/** The data where the mask is true, and a number elsewhere. */
function orElse({ data, mask }: Value, other: number): Tensor {
  return mask ? map((x, m) => e.select(m, x, other), [data, mask]) : data;
}
