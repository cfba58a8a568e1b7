import { OptionError } from '@chainrule/errors';
import type { LossOptions } from './averageLoss.ts';

/** Options of the cross-entropies whose targets can be smoothed. */
export interface SmoothedOptions extends LossOptions {
  /** Whether the predictions are logits (default), or probabilities. */
  readonly fromLogits?: boolean;
  /** How much of the target is spread over all classes, in [0, 1] (Szegedy et al. 2016). Default 0. */
  readonly labelSmoothing?: number;
}

export function checkSmoothing(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new OptionError(`${name}: \`labelSmoothing\` must be in [0, 1], got ${value}`);
}
