import type { Layer, NameOption } from '@chainrule/layers-core';
import { maximum as larger } from '@chainrule/tensor';
import { ofCounted } from './ofCounted.ts';
import { mergeLayer, type MergeRule } from './mergeLayer.ts';

/**
 * Takes the elementwise maximum of its inputs, as Keras' Maximum. Inputs broadcast. At a step that only one input's mask
 * includes, the output is that input.
 *
 * @returns a layer with any number of inputs, `[batch, …]`
 * @throws ShapeError for shapes that do not broadcast
 * @example
 * const [a, b] = [input([2]), input([2])];
 * const model = functional([a, b], apply([a, b], maximum())).build();
 * model.call([tensor([[1, 4]]), tensor([[3, 2]])]).toArray(); // => [[3,4]]
 */
export function maximum(options: NameOption = {}): Layer<MergeRule<'maximum'>> {
  return mergeLayer('maximum', options, { merge: ofCounted(larger) });
}
