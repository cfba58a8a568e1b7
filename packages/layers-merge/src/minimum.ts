import type { Layer, NameOption } from '@chainrule/layers-core';
import { minimum as smaller } from '@chainrule/tensor';
import { ofCounted } from './ofCounted.ts';
import { mergeLayer, type MergeRule } from './mergeLayer.ts';

/**
 * Takes the elementwise minimum of its inputs, as Keras' Minimum. Inputs broadcast. At a step that only one input's mask
 * includes, the output is that input.
 *
 * @returns a layer with any number of inputs, `[batch, …]`
 * @throws ShapeError for shapes that do not broadcast
 * @example
 * const [a, b] = [input([2]), input([2])];
 * const model = functional([a, b], apply([a, b], minimum())).build();
 * model.call([tensor([[1, 4]]), tensor([[3, 2]])]).toArray(); // => [[1,2]]
 */
export function minimum(options: NameOption = {}): Layer<MergeRule<'minimum'>> {
  return mergeLayer('minimum', options, { merge: ofCounted(smaller) });
}
