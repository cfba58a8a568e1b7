import { aBoolean, type Checks, upToOne } from '@chainrule/errors/check';
import { lossChecks, type LossOptions } from './averageLoss.ts';

/** Options of the cross-entropies with label smoothing. */
export interface SmoothedOptions extends LossOptions {
  /** Whether the predictions are logits (default), or probabilities. */
  readonly fromLogits?: boolean;
  /** The share of each target to spread evenly over all classes, in [0, 1] (Szegedy et al. 2016). Default 0. */
  readonly labelSmoothing?: number;
}

export const smoothedChecks: Checks<SmoothedOptions> = /* @__PURE__ */ (() => ({
  ...lossChecks,
  fromLogits: aBoolean,
  labelSmoothing: upToOne,
}))();
