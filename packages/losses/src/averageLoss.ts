import { aFunction, checkOptions, type Checks, isPlain, oneOf, refuse } from '@chainrule/errors/check';
import { cast, type DType, full, map, mean, mul, scalar as e, sum, type Tensor } from '@chainrule/tensor';
import { aTensor, broadcastWeights } from '@chainrule/tensor/graph';

/** Options that every loss takes. */
export interface LossOptions {
  /**
   * The weights of samples, `[batch]`, which apply to all their positions, or of positions, such as `[batch, time]`: floats or
   * a bool mask. Predictions and targets with weight 0 (false) may have any value, even NaN. Default 1.
   */
  readonly sampleWeight?: Tensor;
  /** 'mean' (default; Σ w·loss / Σ w, or 0 if all weights are 0), 'sum', or 'none' for the loss of each sample. */
  readonly reduction?: 'mean' | 'sum' | 'none';
  /** Receives the sum of the weights, or without weights the number of losses. Training uses it to average over batches. */
  readonly reportWeight?: ((weight: Tensor) => void) | undefined;
}

export const lossChecks: Checks<LossOptions> = {
  sampleWeight: aTensor,
  reduction: /* @__PURE__ */ oneOf('mean', 'sum', 'none'),
  reportWeight: aFunction,
};

/** Checks the arguments of a loss. */
export function checkLoss<Options extends LossOptions>(
  name: string,
  tensors: Readonly<Record<string, unknown>>,
  options: Options,
  checks: Checks<Options>,
): void {
  for (const key in tensors) {
    const given = tensors[key];
    if (given !== undefined && !isPlain(given)) aTensor(name, key, given);
    else
      refuse(
        name,
        key,
        'a tensor',
        given,
        `for \`compile\`, pass the loss itself, without a call; \`withOptions(${name}, { … })\` sets options`,
      );
  }
  checkOptions(name, options, checks);
}

/** The weight of each position from `sampleWeight`, or undefined without weights. */
export function lossWeights(
  name: string,
  positions: readonly number[],
  dtype: DType,
  { sampleWeight }: LossOptions,
): Tensor | undefined {
  return sampleWeight && broadcastWeights(name, cast(sampleWeight, dtype), positions);
}

/**
 * Replaces `x` by a constant where the weight is 0. Every loss and its derivative are finite for this constant, whether it is
 * a logit, a probability or a target. The weight 0 alone does not suffice, because 0 · NaN is NaN.
 */
export function counted(x: Tensor, weights: Tensor | undefined): Tensor {
  const constant = x.dtype === 'int32' ? 0 : 0.5;
  return weights
    ? map((v, w) => e.select(e.eq(w, 0), constant, v), [x, broadcastWeights('loss', weights, x.shape)])
    : x;
}

/** Reduces losses of samples or positions by their weights. */
export function averageLoss(
  name: string,
  losses: Tensor,
  options: LossOptions,
  weights: Tensor | undefined = lossWeights(name, losses.shape, losses.dtype, options),
): Tensor {
  const { reduction = 'mean', reportWeight } = options;
  const weighted = weights ? map((loss, w) => e.select(e.eq(w, 0), 0, e.mul(loss, w)), [losses, weights]) : losses;
  if (reduction === 'none') return weighted;
  const total = weights ? sum(weights) : full([], losses.size, losses.dtype);
  reportWeight?.(total);
  if (reduction === 'sum') return sum(weighted);
  return weights ? map((s, w) => e.div(s, e.select(e.eq(w, 0), 1, w)), [sum(weighted), total]) : mean(weighted);
}

/** The product of two optional weights. */
export function product(a: Tensor | undefined, b: Tensor | undefined): Tensor | undefined {
  return a && b ? mul(a, b) : (a ?? b);
}
