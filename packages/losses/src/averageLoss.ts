import { OptionError, ShapeError, showShape, showValue } from '@chainrule/errors';
import { div, mean, mul, sameShape, sum, type Tensor } from '@chainrule/tensor';

/** Options that every loss takes. */
export interface LossOptions {
  /** How much each sample counts: a float tensor of the losses' shape. By default all alike. */
  readonly sampleWeight?: Tensor;
  /** 'mean' (default; Σ w·loss / Σ w), 'sum', or 'none' for one loss a sample. */
  readonly reduction?: 'mean' | 'sum' | 'none';
}

/** Joins the losses of the samples. */
export function averageLoss(name: string, losses: Tensor, { sampleWeight, reduction = 'mean' }: LossOptions): Tensor {
  if (!['mean', 'sum', 'none'].includes(reduction)) {
    throw new OptionError(`${name}: \`reduction\` must be "mean", "sum" or "none", got ${showValue(reduction)}`);
  }
  if (sampleWeight && !sameShape(sampleWeight.shape, losses.shape)) {
    throw new ShapeError(`${name}: \`sampleWeight\` must have shape ${showShape(losses.shape)}, got ${showShape(sampleWeight.shape)}`);
  }
  const weighted = sampleWeight ? mul(losses, sampleWeight) : losses;
  if (reduction === 'none') return weighted;
  if (reduction === 'sum') return sum(weighted);
  return sampleWeight ? div(sum(weighted), sum(sampleWeight)) : mean(weighted);
}
