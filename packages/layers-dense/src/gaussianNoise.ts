import { defineLayer, type Layer, nameCheck, type NameOption, type SameShapeRule } from '@chainrule/layers-core';
import { aFiniteNumber, checkOptions, nonNegative } from '@chainrule/errors/check';
import { add } from '@chainrule/tensor';
import { normalLike } from './gaussian.ts';

/**
 * Adds Gaussian noise during training.
 *
 * y = x + n with n normal, mean 0 and variance stddev²
 *
 * @param stddev - standard deviation of the noise, at least 0
 * @throws OptionError for a negative or infinite deviation
 * @example
 * gaussianNoise(0.1).outputShape([[32, 10]]); // => 32,10
 */
export function gaussianNoise(stddev: number, options: NameOption = {}): Layer<SameShapeRule> {
  nonNegative('gaussianNoise', 'stddev', stddev);
  checkOptions('gaussianNoise', options, nameCheck);
  aFiniteNumber('gaussianNoise', 'stddev', stddev);
  return defineLayer<SameShapeRule>({
    type: 'gaussianNoise',
    name: options.name,
    args: [stddev, options],
    outputShape: (shape) => shape,
    call: (x, context) => (context.training && stddev > 0 ? add(x, normalLike(x, 0, stddev, context)) : x),
  });
}
