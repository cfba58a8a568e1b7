import { OptionError, showValue } from '@chainrule/errors';
import type { Shape } from '@chainrule/tensor';

/** What a model is given, without the batch axis. */
export interface Input<S extends Shape = Shape> {
  readonly shape: S;
}

/**
 * The shape of one sample: what a model starts from.
 *
 * @param shape - without the batch axis
 * @throws OptionError for sizes that are not positive integers
 * @example
 * input([28, 28, 1]).shape; // => 28,28,1
 */
export function input<const S extends Shape>(shape: S): Input<S> {
  if (!Array.isArray(shape) || shape.some((n) => !Number.isInteger(n) || n < 1)) {
    throw new OptionError(`input: \`shape\` must hold positive integers, without the batch, got ${showValue(shape)}`);
  }
  return { shape };
}
