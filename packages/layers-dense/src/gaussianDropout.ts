import { belowOne, checkOptions } from '@chainrule/errors/check';
import { defineLayer, type Layer, nameCheck, type NameOption, type SameShapeRule } from '@chainrule/layers-core';
import { mul } from '@chainrule/tensor';
import { normalLike } from './gaussian.ts';

/**
 * Multiplies by Gaussian noise during training. The noise has the same mean and variance as dropout with the same rate.
 *
 * y = x · n with n normal, mean 1 and variance rate / (1 − rate) (Srivastava et al. 2014)
 *
 * @param rate - as in `dropout`, in [0, 1)
 * @throws OptionError for a rate outside [0, 1)
 * @example
 * gaussianDropout(0.2).outputShape([[32, 10]]); // => 32,10
 */
export function gaussianDropout(rate: number, options: NameOption = {}): Layer<SameShapeRule> {
  checkOptions('gaussianDropout', options, nameCheck);
  belowOne('gaussianDropout', 'rate', rate);
  const stddev = Math.sqrt(rate / (1 - rate));
  return defineLayer<SameShapeRule>({
    type: 'gaussianDropout',
    name: options.name,
    args: [rate, options],
    outputShape: (shape) => shape,
    call: (x, context) => (context.training && rate > 0 ? mul(x, normalLike(x, 1, stddev, context)) : x),
  });
}
