import { aString, checkOptions, nonNegative } from '@chainrule/errors/check';
import { defineLayer, type Layer, onesInitializer, type SameShapeRule } from '@chainrule/layers-core';
import { map, mean, reshape, scalar as e, square, type Tensor, type Variable } from '@chainrule/tensor';
import { aTensor, normalizeAxes, numberOrNumbers } from '@chainrule/tensor/graph';
import { alignedShape, normalizedAxes } from './moments.ts';

/** Options of {@link rmsNormalization}. */
export interface RmsNormalizationOptions {
  /** Axes to normalize over. Default −1, the features. */
  readonly axis?: number | readonly number[];
  /** Added to the mean square. Default 1e-6. */
  readonly epsilon?: number;
  readonly name?: string;
}

/**
 * Divides by the root mean square along axes: γ·x / √(mean of x² + ε).
 *
 * @param x - any shape
 * @param options - `axis` (−1), `epsilon` (1e-6), `gamma` of the shape of the axes, ascending (1)
 * @throws ShapeError for axes that `x` does not have
 * @example
 * normalizeRms(tensor([[3, 3], [-2, 2]]), { epsilon: 0 }).toArray(); // => 1,1,-1,1
 */
export function normalizeRms(
  x: Tensor,
  options: {
    readonly axis?: number | readonly number[];
    readonly epsilon?: number;
    readonly gamma?: Tensor | undefined;
  } = {},
): Tensor {
  aTensor('normalizeRms', 'x', x);
  checkOptions('normalizeRms', options, { axis: numberOrNumbers, epsilon: nonNegative, gamma: aTensor });
  const { axis = -1, epsilon = 1e-6, gamma } = options;
  const axes = normalizeAxes('normalizeRms', axis, x.rank);
  const squares = mean(square(x), { axis: axes, keepDims: true });
  const factor = gamma ? reshape(gamma, alignedShape(x, axes)) : 1;
  return map((v, s, g) => e.mul(e.div(v, e.sqrt(e.add(s, epsilon))), g), [x, squares, factor]);
}

/**
 * Root mean square normalization: layer normalization without subtracting the mean and without an offset.
 *
 * γ·x / √(mean of x² + ε) (Zhang and Sennrich 2019)
 *
 * @param options - as Keras' RMSNormalization, whose weight `scale` is called `gamma` here
 * @throws OptionError for a negative epsilon; ShapeError for axes that the input does not have
 * @example
 * rmsNormalization().outputShape([[32, 10, 64]]); // => 32,10,64
 */
export function rmsNormalization(options: RmsNormalizationOptions = {}): Layer<SameShapeRule> {
  checkOptions('rmsNormalization', options, { axis: numberOrNumbers, epsilon: nonNegative, name: aString });
  const type = 'rmsNormalization';
  const { axis = -1, epsilon = 1e-6 } = options;
  let gamma: Variable;
  return defineLayer<SameShapeRule>({
    type,
    name: options.name,
    args: [options],
    outputShape: (shape) => (normalizedAxes(type, axis, shape), shape),
    build(input, at) {
      gamma = at.weight(
        'gamma',
        normalizedAxes(type, axis, input).map((a) => input[a]!),
        onesInitializer,
      );
    },
    call: (x) => normalizeRms(x, { axis, epsilon, gamma: gamma.value }),
  });
}
