import { defineLayer, type Layer, onesInitializer, type SameShapeRule, zerosInitializer } from '@chainrule/layers-core';
import { aBoolean, aString, checkOptions, nonNegative, upToOne } from '@chainrule/errors/check';
import { map, mean, scalar as e, sum, type Tensor, type Variable } from '@chainrule/tensor';
import { aTensor, customNode } from '@chainrule/tensor/graph';

/** Options of {@link batchNormalization}. */
export interface BatchNormalizationOptions {
  /** Decay of the moving averages. Default 0.99 (PyTorch's `momentum` is one minus this). */
  readonly momentum?: number;
  /** Added to the variance. Default 0.001 (PyTorch: 1e-5). */
  readonly epsilon?: number;
  /** Whether to add a learned offset, beta. Default true. */
  readonly center?: boolean;
  /** Whether to multiply by a learned factor, gamma. Default true. */
  readonly scale?: boolean;
  readonly name?: string;
}

/**
 * Mean and biased variance of each channel (the last axis) over all other axes.
 *
 * @param x - `[batch, …, channels]`
 * @returns two tensors `[channels]`
 * @example
 * batchMoments(tensor([[1, 10], [3, 30]])).mean.toArray(); // => 2,20
 */
export function batchMoments(x: Tensor): { mean: Tensor; variance: Tensor } {
  aTensor('batchMoments', 'x', x);
  const axis = x.shape.map((_, i) => i).slice(0, -1);
  const center = mean(x, { axis });
  const squares = map((v, m) => e.mul(e.sub(v, m), e.sub(v, m)), [x, center]);
  return { mean: center, variance: mean(squares, { axis }) };
}

/**
 * Normalizes each channel: γ·(x − mean) / √(variance + ε) + β.
 *
 * @param x - `[batch, …, channels]`
 * @param moments - `[channels]` each: of the batch during training, moving averages otherwise
 * @param gamma - `[channels]`, or 1
 * @param beta - `[channels]`, or 0
 * @example
 * normalizeBatch(tensor([[3]]), { mean: tensor([1]), variance: tensor([4]) }, 1, 0, 0).item(); // => 1
 */
export function normalizeBatch(
  x: Tensor,
  moments: { mean: Tensor; variance: Tensor },
  gamma: Tensor | number,
  beta: Tensor | number,
  epsilon: number,
): Tensor {
  aTensor('normalizeBatch', 'x', x);
  checkOptions('normalizeBatch', moments, { mean: aTensor, variance: aTensor }, 'mean', 'variance');
  nonNegative('normalizeBatch', 'epsilon', epsilon);
  const factor = map((v, g) => e.div(g, e.sqrt(e.add(v, epsilon))), [moments.variance, gamma]);
  return map((v, m, f, b) => e.add(e.mul(e.sub(v, m), f), b), [x, moments.mean, factor, beta]);
}

/**
 * Normalizes a batch by its own moments, in one operation with a pullback of its own. With x̂ = (x − mean)/σ and N elements per
 * channel, the cotangent g of the output gives Σg for β, Σ g·x̂ for γ, and (γ/σ)·(g − Σg/N − x̂·Σ(g·x̂)/N) for x. This
 * reads the data twice; the chain rule through the moments would read it four times.
 *
 * Ioffe and Szegedy 2015, section 3. The pullback also accepts cotangents of the moments.
 */
function normalizeByBatch(
  x: Tensor,
  gamma: Tensor | undefined,
  beta: Tensor | undefined,
  epsilon: number,
): { y: Tensor; mean: Tensor; variance: Tensor } {
  const axis = x.shape.map((_, i) => i).slice(0, -1);
  const count = x.size / x.shape.at(-1)!;
  const [y, average, variance] = customNode({
    name: 'batchNormalization',
    inputs: [x, ...(gamma ? [gamma] : []), ...(beta ? [beta] : [])],
    body: ([v, ...rest]) => {
      const moments = batchMoments(v!);
      return [
        normalizeBatch(v!, moments, gamma ? rest[0]! : 1, beta ? rest.at(-1)! : 0, epsilon),
        moments.mean,
        moments.variance,
      ];
    },
    pullback: ([g, gMean, gVariance], [v, ...rest], [, m, s]) => {
      const total = g && sum(g, { axis });
      const scaled =
        g &&
        sum(
          map((a, b, c, d) => e.mul(a, e.div(e.sub(b, c), e.sqrt(e.add(d, epsilon)))), [g, v!, m!, s!]),
          { axis },
        );
      const parts: Tensor[] = [];
      if (g && total && scaled)
        parts.push(inputGradient(g, v!, m!, s!, gamma ? rest[0]! : 1, total, scaled, count, epsilon));
      if (gMean) parts.push(map((a, b) => e.add(e.div(a, count), e.mul(b, 0)), [gMean, v!]));
      if (gVariance) parts.push(map((a, b, c) => e.mul(e.div(a, count / 2), e.sub(b, c)), [gVariance, v!, m!]));
      const dx = parts.length > 0 ? parts.reduce((a, b) => map(e.add, [a, b])) : null;
      return [dx, ...(gamma ? [scaled ?? null] : []), ...(beta ? [total ?? null] : [])];
    },
  }) as [Tensor, Tensor, Tensor];
  return { y, mean: average, variance };
}

/** The input gradient (γ/σ)·(g − Σg/N − x̂·Σ(g·x̂)/N). */
function inputGradient(
  g: Tensor,
  x: Tensor,
  m: Tensor,
  variance: Tensor,
  gamma: Tensor | number,
  total: Tensor,
  scaled: Tensor,
  count: number,
  epsilon: number,
): Tensor {
  const factor = map((v, c) => e.div(c, e.sqrt(e.add(v, epsilon))), [variance, gamma]);
  const offset = map((t) => e.div(t, count), [total]);
  const slope = map((t, v) => e.div(t, e.mul(e.sqrt(e.add(v, epsilon)), count)), [scaled, variance]);
  return map(
    (a, b, c, f, o, s) => e.mul(f, e.sub(e.sub(a, o), e.mul(e.sub(b, c), s))),
    [g, x, m, factor, offset, slope],
  );
}

/**
 * Batch normalization: normalizes each channel to mean 0 and variance 1, with the statistics of the batch during training and
 * their moving averages otherwise (Ioffe and Szegedy 2015).
 *
 * γ·(x − mean) / √(variance + ε) + β; as in Keras, the moving variance averages biased variances, and a frozen layer
 * (`trainable` false) uses and keeps its moving averages in training, too
 *
 * @param options - as Keras' BatchNormalization; the channels are the last axis
 * @throws OptionError for a momentum outside [0, 1] or a negative epsilon
 * @example
 * batchNormalization().outputShape([[32, 28, 28, 8]]); // => 32,28,28,8
 */
export function batchNormalization(options: BatchNormalizationOptions = {}): Layer<SameShapeRule> {
  checkOptions('batchNormalization', options, {
    momentum: upToOne,
    epsilon: nonNegative,
    center: aBoolean,
    scale: aBoolean,
    name: aString,
  });
  const { momentum = 0.99, epsilon = 1e-3, center = true, scale = true, name } = options;
  let gamma: Variable | undefined;
  let beta: Variable | undefined;
  let moving: { mean: Variable; variance: Variable };
  return defineLayer<SameShapeRule>({
    type: 'batchNormalization',
    name,
    args: [options],
    outputShape: (shape) => shape,
    build(input, at) {
      const shape = [input.at(-1)!];
      if (scale) gamma = at.weight('gamma', shape, onesInitializer);
      if (center) beta = at.weight('beta', shape, zerosInitializer);
      moving = {
        mean: at.weight('movingMean', shape, zerosInitializer, { trainable: false }),
        variance: at.weight('movingVariance', shape, onesInitializer, { trainable: false }),
      };
    },
    call(x, { training, trainable }) {
      const [g, b] = [gamma?.value, beta?.value];
      if (!training || !trainable)
        return normalizeBatch(x, { mean: moving.mean.value, variance: moving.variance.value }, g ?? 1, b ?? 0, epsilon);
      const { y, mean: average, variance } = normalizeByBatch(x, g, b, epsilon);
      const updateAverage = (old: Variable, now: Tensor): void =>
        old.assign(map((o, n) => e.add(e.mul(o, momentum), e.mul(n, 1 - momentum)), [old.value, now]));
      updateAverage(moving.mean, average);
      updateAverage(moving.variance, variance);
      return y;
    },
  });
}
