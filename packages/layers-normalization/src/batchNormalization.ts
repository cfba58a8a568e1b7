import { defineLayer, type Layer, onesInitializer, type SameRule, zerosInitializer } from '@chainrule/layers-core';
import { OptionError } from '@chainrule/errors';
import { map, mean, scalar as e, type Tensor, type Variable } from '@chainrule/tensor';

/** Options of {@link batchNormalization}. */
export interface BatchNormalizationOptions {
  /** How much of the moving statistics stays at each step. Default 0.99 (PyTorch counts the other way: 0.01). */
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
 * Mean and biased variance of each channel (the last axis) over all others.
 *
 * @param x - `[batch, …, channels]`
 * @returns two tensors `[channels]`
 * @example
 * batchMoments(tensor([[1, 10], [3, 30]])).mean.toArray(); // => 2,20
 */
export function batchMoments(x: Tensor): { mean: Tensor; variance: Tensor } {
  const axis = x.shape.map((_, i) => i).slice(0, -1);
  const center = mean(x, { axis });
  const squares = map((v, m) => e.mul(e.sub(v, m), e.sub(v, m)), [x, center]);
  return { mean: center, variance: mean(squares, { axis }) };
}

/**
 * γ·(x − mean) / √(variance + ε) + β, channel by channel.
 *
 * @param x - `[batch, …, channels]`
 * @param moments - `[channels]` each; of the batch while training, moving averages afterwards
 * @param gamma - `[channels]`, or 1
 * @param beta - `[channels]`, or 0
 * @example
 * normalizeBatch(tensor([[3]]), { mean: tensor([1]), variance: tensor([4]) }, 1, 0, 0).item(); // => 1
 */
export function normalizeBatch(x: Tensor, moments: { mean: Tensor; variance: Tensor }, gamma: Tensor | number, beta: Tensor | number, epsilon: number): Tensor {
  const factor = map((v, g) => e.div(g, e.sqrt(e.add(v, epsilon))), [moments.variance, gamma]);
  return map((v, m, f, b) => e.add(e.mul(e.sub(v, m), f), b), [x, moments.mean, factor, beta]);
}

/**
 * Batch normalisation: keeps each channel near mean 0 and deviation 1, by the batch's statistics while training and by
 * their moving averages otherwise.
 *
 * Ioffe and Szegedy 2015. The moving variance is that of the batch, biased, as in Keras.
 *
 * @param options - as Keras' BatchNormalization; the channels are the last axis
 * @throws OptionError for a momentum outside [0, 1] or a negative epsilon
 * @example
 * batchNormalization().outputShape([[32, 28, 28, 8]]); // => 32,28,28,8
 */
export function batchNormalization(options: BatchNormalizationOptions = {}): Layer<SameRule> {
  const { momentum = 0.99, epsilon = 1e-3, center = true, scale = true, name } = options;
  if (!(momentum >= 0 && momentum <= 1)) throw new OptionError(`batchNormalization: \`momentum\` must be in [0, 1], got ${momentum}`);
  if (!(epsilon >= 0)) throw new OptionError(`batchNormalization: \`epsilon\` must be at least 0, got ${epsilon}`);
  let gamma: Variable | undefined;
  let beta: Variable | undefined;
  let moving: { mean: Variable; variance: Variable };
  return defineLayer<SameRule>({
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
    call(x, { training }) {
      const moments = training ? batchMoments(x) : { mean: moving.mean.value, variance: moving.variance.value };
      if (training) {
        const follow = (old: Variable, now: Tensor): void =>
          old.assign(map((o, n) => e.add(e.mul(o, momentum), e.mul(n, 1 - momentum)), [old.value, now]));
        follow(moving.mean, moments.mean);
        follow(moving.variance, moments.variance);
      }
      return normalizeBatch(x, moments, gamma?.value ?? 1, beta?.value ?? 0, epsilon);
    },
  });
}
