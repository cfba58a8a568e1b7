import { checkSequence, defineLayer, type Layer, type SequenceRule } from '@chainrule/layers-core';
import { aString, checkOptions, positive } from '@chainrule/errors/check';
import { add, scalar as e, map, type Tensor } from '@chainrule/tensor';
import { floatDTypeOf, keyPositions, queryPositions } from './positions.ts';

/** Options of {@link sinusoidalPositions}. */
export interface SinusoidalPositionsOptions {
  /** Longest period divided by 2π. Default 10,000. */
  readonly maxPeriod?: number;
  readonly name?: string;
}

/**
 * Adds sinusoidal position encodings to `[batch, time, features]`, for sequences of any length (Vaswani et al. 2017).
 *
 * y[t, 2i] = x[t, 2i] + sin(t / maxPeriod^(2i / features)), y[t, 2i + 1] = x[t, 2i + 1] + cos(the same)
 *
 * @throws OptionError for a period that is not positive; ShapeError for an input of another rank
 * @example
 * sinusoidalPositions().call([{ data: zeros([1, 2, 2]) }], { training: false, rng: new Generator(1) })[0].data.toArray(); // => [[[0,1],[0.841…,0.540…]]]
 */
export function sinusoidalPositions(
  options: SinusoidalPositionsOptions = {},
): Layer<SequenceRule<'sinusoidalPositions'>> {
  checkOptions('sinusoidalPositions', options, { maxPeriod: positive, name: aString });
  const type = 'sinusoidalPositions';
  const { maxPeriod = 10_000 } = options;
  return defineLayer<SequenceRule<'sinusoidalPositions'>>({
    type,
    name: options.name,
    args: [options],
    outputShape: (shape) => (checkSequence(options.name ?? type, shape), shape),
    call: (x) => add(x, encodings(x, maxPeriod)),
  });
}

/** Position encodings, `[time, features]`. */
function encodings(x: Tensor, maxPeriod: number): Tensor {
  const [time, features] = [x.shape[1], x.shape[2]];
  const dtype = floatDTypeOf(x);
  return map(
    (t, i) => {
      const odd = e.mod(i, 2);
      const angle = e.mul(t, e.exp(e.mul(e.sub(i, odd), -Math.log(maxPeriod) / features)));
      return e.select(e.eq(odd, 0), e.sin(angle), e.cos(angle));
    },
    [queryPositions(time, dtype), keyPositions(features, dtype)],
  );
}
