import type { Layer, NameOption } from '@chainrule/layers-core';
import { add as sum } from '@chainrule/tensor';
import { mergeLayer, type MergeRule } from './mergeLayer.ts';

/**
 * Adds its inputs, as Keras' Add. Inputs broadcast.
 *
 * @returns a layer with any number of inputs, `[batch, …]`
 * @throws ShapeError for shapes that do not broadcast
 * @example
 * const [a, b] = [input([2]), input([2])];
 * const model = functional([a, b], apply([a, b], add())).build();
 * model.call([tensor([[1, 4]]), tensor([[3, 2]])]).toArray(); // => [[4,6]]
 */
export function add(options: NameOption = {}): Layer<MergeRule<'add'>> {
  return mergeLayer('add', options, { merge: (a, b) => sum(a.data, b.data) });
}
