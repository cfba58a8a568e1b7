import { OptionError, showValue } from '@chainrule/errors';
import { cast, div, mean, mul, repeatWeights, sum, type Tensor } from '@chainrule/tensor';

/** Options that every loss takes. */
export interface LossOptions {
  /**
   * How much each sample counts, `[batch]`, at all of its positions; or each position, such as `[batch, time]`. Floats, or
   * a mask in bool: what is false does not count. By default all alike.
   */
  readonly sampleWeight?: Tensor;
  /** 'mean' (default; Σ w·loss / Σ w), 'sum', or 'none' for one loss a sample. */
  readonly reduction?: 'mean' | 'sum' | 'none';
}

/** Joins the losses of the samples, or of their positions, which may have weights of their own besides. */
export function averageLoss(name: string, losses: Tensor, { sampleWeight, reduction = 'mean' }: LossOptions, own?: Tensor): Tensor {
  if (!['mean', 'sum', 'none'].includes(reduction)) {
    throw new OptionError(`${name}: \`reduction\` must be "mean", "sum" or "none", got ${showValue(reduction)}`);
  }
  const given = sampleWeight && repeatWeights(name, sampleWeight.dtype === 'bool' ? cast(sampleWeight, losses.dtype) : sampleWeight, losses.shape);
  const weights = product(given, own);
  const weighted = weights ? mul(losses, weights) : losses;
  if (reduction === 'none') return weighted;
  if (reduction === 'sum') return sum(weighted);
  return weights ? div(sum(weighted), sum(weights)) : mean(weighted);
}

/** Both weights together, or the one that there is. */
export function product(a: Tensor | undefined, b: Tensor | undefined): Tensor | undefined {
  return a && b ? mul(a, b) : a ?? b;
}
