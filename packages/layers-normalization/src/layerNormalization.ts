import { aBoolean, aString, checkOptions, nonNegative } from '@chainrule/errors/check';
import { defineLayer, type Layer, onesInitializer, type SameShapeRule, zerosInitializer } from '@chainrule/layers-core';
import { map, reshape, scalar as e, type Tensor, type Variable } from '@chainrule/tensor';
import { aTensor, normalizeAxes, numberOrNumbers } from '@chainrule/tensor/graph';
import { alignedShape, momentsAlong, normalizedAxes } from './moments.ts';

/** Options of {@link layerNormalization}. */
export interface LayerNormalizationOptions {
  /** Axes to normalize over. Default −1, the features. */
  readonly axis?: number | readonly number[];
  /** Added to the variance. Default 0.001 (PyTorch: 1e-5). */
  readonly epsilon?: number;
  /** Whether to add a learned offset, beta. Default true. */
  readonly center?: boolean;
  /** Whether to multiply by a learned factor, gamma. Default true. */
  readonly scale?: boolean;
  readonly name?: string;
}

/** Options and weights of {@link normalizeLayer}. */
export interface NormalizeLayerOptions {
  /** Axes to normalize over. Default −1. */
  readonly axis?: number | readonly number[];
  /** Added to the variance. Default 0.001. */
  readonly epsilon?: number;
  /** Factor; its shape has the sizes of the axes in ascending order. Default 1. */
  readonly gamma?: Tensor | undefined;
  /** Offset, of the same shape. Default 0. */
  readonly beta?: Tensor | undefined;
}

/**
 * Normalizes along axes: γ·(x − mean) / √(variance + ε) + β, with mean and biased variance along the axes.
 *
 * @param x - any shape
 * @throws ShapeError for axes that `x` does not have
 * @example
 * normalizeLayer(tensor([[1, 3], [10, 30]]), { epsilon: 0 }).toArray(); // => -1,1,-1,1
 */
export function normalizeLayer(x: Tensor, options: NormalizeLayerOptions = {}): Tensor {
  aTensor('normalizeLayer', 'x', x);
  checkOptions('normalizeLayer', options, {
    axis: numberOrNumbers,
    epsilon: nonNegative,
    gamma: aTensor,
    beta: aTensor,
  });
  const { axis = -1, epsilon = 1e-3, gamma, beta } = options;
  const axes = normalizeAxes('normalizeLayer', axis, x.rank);
  const { mean, variance } = momentsAlong(x, axes);
  const align = (weight: Tensor | undefined, otherwise: number): Tensor | number =>
    weight ? reshape(weight, alignedShape(x, axes)) : otherwise;
  return map(
    (v, m, s, g, b) => e.add(e.mul(e.div(e.sub(v, m), e.sqrt(e.add(s, epsilon))), g), b),
    [x, mean, variance, align(gamma, 1), align(beta, 0)],
  );
}

/**
 * Layer normalization: normalizes the features of each sample and step to mean 0 and variance 1.
 *
 * γ·(x − mean) / √(variance + ε) + β (Ba, Kiros, Hinton 2016)
 *
 * @param options - as Keras' LayerNormalization
 * @throws OptionError for a negative epsilon; ShapeError for axes that the input does not have
 * @example
 * layerNormalization().outputShape([[32, 10, 64]]); // => 32,10,64
 */
export function layerNormalization(options: LayerNormalizationOptions = {}): Layer<SameShapeRule> {
  checkOptions('layerNormalization', options, {
    axis: numberOrNumbers,
    epsilon: nonNegative,
    center: aBoolean,
    scale: aBoolean,
    name: aString,
  });
  const type = 'layerNormalization';
  const { axis = -1, epsilon = 1e-3, center = true, scale = true } = options;
  let gamma: Variable | undefined;
  let beta: Variable | undefined;
  return defineLayer<SameShapeRule>({
    type,
    name: options.name,
    args: [options],
    outputShape: (shape) => (normalizedAxes(type, axis, shape), shape),
    build(input, at) {
      const shape = normalizedAxes(type, axis, input).map((a) => input[a]!);
      if (scale) gamma = at.weight('gamma', shape, onesInitializer);
      if (center) beta = at.weight('beta', shape, zerosInitializer);
    },
    call: (x) => normalizeLayer(x, { axis, epsilon, gamma: gamma?.value, beta: beta?.value }),
  });
}
