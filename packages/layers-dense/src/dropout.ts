import { belowOne, checkOptions } from '@chainrule/errors/check';
import { defineLayer, drop, type Layer, nameCheck, type NameOption, type SameShapeRule } from '@chainrule/layers-core';

/**
 * Sets a random part of the elements to 0 while training, and scales the others up so that sums stay.
 *
 * y = x / (1 − rate) where u ≥ rate, else 0, with u uniform in [0, 1) (Srivastava et al. 2014)
 *
 * @param rate - the part that is dropped, in [0, 1)
 * @throws OptionError for another rate
 * @example
 * dropout(0.2).outputShape([[32, 10]]); // => 32,10
 */
export function dropout(rate: number, options: NameOption = {}): Layer<SameShapeRule> {
  checkOptions('dropout', options, nameCheck);
  belowOne('dropout', 'rate', rate);
  return defineLayer<SameShapeRule>({
    type: 'dropout',
    name: options.name,
    args: [rate, options],
    outputShape: (shape) => shape,
    call: (x, context) => drop(x, rate, x.shape, context),
  });
}
