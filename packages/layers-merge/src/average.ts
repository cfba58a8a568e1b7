import type { Layer, NameOption } from '@chainrule/layers-core';
import { add, div } from '@chainrule/tensor';
import { mergeLayer, type MergeRule } from './mergeLayer.ts';

/**
 * Averages its inputs, as Keras' Average. Inputs broadcast.
 *
 * @returns a layer with any number of inputs, `[batch, …]`
 * @throws ShapeError for shapes that do not broadcast
 * @example
 * const [a, b] = [input([2]), input([2])];
 * const model = functional([a, b], apply([a, b], average())).build();
 * model.call([tensor([[1, 4]]), tensor([[3, 2]])]).toArray(); // => [[2,3]]
 */
export function average(options: NameOption = {}): Layer<MergeRule<'average'>> {
  return mergeLayer('average', options, {
    merge: (a, b) => add(a.data, b.data),
    finish: ({ data }, inputs) => div(data, inputs),
  });
}
