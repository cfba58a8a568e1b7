import { aBoolean, type Checks, upToOne } from '@chainrule/errors/check';
import { lossChecks, type LossOptions } from './averageLoss.ts';

/** Options of the cross-entropies whose targets can be smoothed. */
export interface SmoothedOptions extends LossOptions {
  /** Whether the predictions are logits (default), or probabilities. */
  readonly fromLogits?: boolean;
  /** How much of the target is spread over all classes, in [0, 1] (Szegedy et al. 2016). Default 0. */
  readonly labelSmoothing?: number;
}

export const smoothedChecks: Checks<SmoothedOptions> = /* @__PURE__ */ (() => ({
  ...lossChecks,
  fromLogits: aBoolean,
  labelSmoothing: upToOne,
}))();
