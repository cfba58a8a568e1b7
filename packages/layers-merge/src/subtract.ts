import type { Layer, NameOption } from '@chainrule/layers-core';
import { sub } from '@chainrule/tensor';
import { mergeLayer, type MergeRule } from './mergeLayer.ts';

/**
 * Subtracts the second input from the first, as Keras' Subtract. Inputs broadcast.
 *
 * @returns a layer with two inputs, `[batch, …]`
 * @throws ShapeError for shapes that do not broadcast
 * @example
 * const [a, b] = [input([2]), input([2])];
 * const model = functional([a, b], apply([a, b], subtract())).build();
 * model.call([tensor([[1, 4]]), tensor([[3, 2]])]).toArray(); // => [[-2,2]]
 */
export function subtract(options: NameOption = {}): Layer<MergeRule<'subtract'>> {
  return mergeLayer('subtract', options, { two: true, merge: (a, b) => sub(a.data, b.data) });
}
