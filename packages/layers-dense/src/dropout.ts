import { belowOne, checkOptions } from '@chainrule/errors/check';
import {
  defineLayer,
  applyDropout,
  type Layer,
  nameCheck,
  type NameOption,
  type SameShapeRule,
} from '@chainrule/layers-core';

/**
 * Dropout: during training, sets random elements to 0 and scales the others so that the expected sum stays the same.
 *
 * y = x / (1 − rate) if u ≥ rate, otherwise 0, with u uniform in [0, 1) (Srivastava et al. 2014)
 *
 * @param rate - probability to drop an element, in [0, 1)
 * @throws OptionError for a rate outside [0, 1)
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
    call: (x, context) => applyDropout(x, rate, x.shape, context),
  });
}
