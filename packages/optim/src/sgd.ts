import { aBoolean, belowOne, checkOptions } from '@chainrule/errors/check';
import { chain } from './chain.ts';
import { aLearningRate } from './learningRate.ts';
import { type LearningRateState, scaleByLearningRate } from './scaleByLearningRate.ts';
import { trace, type TraceState } from './trace.ts';
import type { Optimizer, Schedule } from './transformation.ts';

export interface SgdOptions {
  /** A number, or a schedule. Default 0.01. */
  readonly learningRate?: number | Schedule;
  /** The share of the previous velocity that remains after a step. Default 0. */
  readonly momentum?: number;
  /** Whether to use Nesterov momentum (Nesterov 1983; Sutskever et al. 2013). Default false. */
  readonly nesterov?: boolean;
}

/** The states of {@link sgd}: the first is empty without momentum. */
export type SgdState = readonly [TraceState | readonly [], LearningRateState];

/**
 * Gradient descent, optionally with momentum.
 *
 * velocity ← momentum · velocity + g, update −η · velocity; with `nesterov` −η · (g + momentum · velocity). The rate is
 * applied last, as in PyTorch. With a constant rate this equals Keras.
 *
 * @param options - `learningRate` (0.01), `momentum` (0), `nesterov` (false)
 * @throws OptionError for a momentum outside [0, 1)
 * @example
 * const w = new Variable(tensor([1]));
 * const optimizer = sgd({ learningRate: 0.1 });
 * applyUpdates([w], optimizer.update([tensor([2])], optimizer.init([w]), [w]));
 * w.value.item().toFixed(1); // => 0.8
 */
export function sgd(options: SgdOptions = {}): Optimizer<SgdState> {
  checkOptions('sgd', options, { learningRate: aLearningRate, momentum: belowOne, nesterov: aBoolean });
  const { learningRate = 0.01, momentum = 0, nesterov = false } = options;
  const direction = momentum === 0 ? chain() : trace({ decay: momentum, nesterov });
  return { ...chain(direction, scaleByLearningRate(learningRate)), name: 'sgd' };
}
