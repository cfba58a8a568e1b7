import { aFunction, checkOptions, type Checks, oneOf } from '@chainrule/errors/check';
import { aTensor, cast, type DType, full, map, mean, mul, scalar as e, sum, type Tensor } from '@chainrule/tensor';
import { broadcastWeights } from '@chainrule/tensor/graph';

/** Options that every loss takes. */
export interface LossOptions {
  /**
   * How much each sample counts, `[batch]`, at all of its positions; or each position, such as `[batch, time]`. Floats, or
   * a mask in bool. Where the weight is 0 (false), predictions and targets do not matter: they may be NaN or infinite. By
   * default all samples count alike.
   */
  readonly sampleWeight?: Tensor;
  /** 'mean' (default; Σ w·loss / Σ w, and 0 where all weights are 0), 'sum', or 'none' for one loss a sample. */
  readonly reduction?: 'mean' | 'sum' | 'none';
  /** Gets Σ w, or without weights the number of losses. Training uses it to average over batches. */
  readonly reportWeight?: ((weight: Tensor) => void) | undefined;
}

export const lossChecks: Checks<LossOptions> = {
  sampleWeight: aTensor,
  reduction: /* @__PURE__ */ oneOf('mean', 'sum', 'none'),
  reportWeight: aFunction,
};

/** Checks what a loss is called with. */
export function checkLoss<Options extends LossOptions>(
  name: string,
  tensors: Readonly<Record<string, unknown>>,
  options: Options,
  checks: Checks<Options>,
): void {
  for (const key in tensors) aTensor(name, key, tensors[key]);
  checkOptions(name, options, checks);
}

/** How much each of the positions counts by `sampleWeight`; undefined where all count alike. */
export function lossWeights(
  name: string,
  positions: readonly number[],
  dtype: DType,
  { sampleWeight }: LossOptions,
): Tensor | undefined {
  return sampleWeight && broadcastWeights(name, cast(sampleWeight, dtype), positions);
}

/**
 * `x` where its position counts. Elsewhere a constant for which every loss and its derivative are finite, as logit, as
 * probability and as target: a weight of 0 would not undo a NaN, 0 · NaN being NaN.
 */
export function counted(x: Tensor, weights: Tensor | undefined): Tensor {
  const constant = x.dtype === 'int32' ? 0 : 0.5;
  return weights
    ? map((v, w) => e.select(e.eq(w, 0), constant, v), [x, broadcastWeights('loss', weights, x.shape)])
    : x;
}

/** Joins the losses of the samples, or of their positions, by their weights. */
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

/** Both weights together, or the one that there is. */
export function product(a: Tensor | undefined, b: Tensor | undefined): Tensor | undefined {
  return a && b ? mul(a, b) : (a ?? b);
}
