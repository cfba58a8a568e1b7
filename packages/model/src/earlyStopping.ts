import { OptionError } from '@chainrule/errors';
import type { Tensor } from '@chainrule/tensor';
import type { Callbacks, EpochLogs } from './callbacks.ts';
import { readVariables, setWeights } from './weights.ts';

/** What is watched, and what counts as better. */
export interface MonitorOptions {
  /** Name of a log. Default `valLoss`. */
  readonly monitor?: string;
  /** Whether less or more is better. Default: more for names with accuracy, auc, precision, recall, score, r2; else less. */
  readonly mode?: 'min' | 'max';
  /** Smallest change that counts. Default 0. */
  readonly minDelta?: number;
}

/** When {@link earlyStopping} ends training. */
export interface EarlyStoppingOptions extends MonitorOptions {
  /** Epochs without improvement after which training ends. Default 0. */
  readonly patience?: number;
  /** Put the weights of the best epoch back at the end. Default false. */
  readonly restoreBestWeights?: boolean;
  /** First epoch that counts. Default 0. */
  readonly startFromEpoch?: number;
}

/** Says of each epoch's logs whether they are the best so far. */
export function watchBest(name: string, { monitor = 'valLoss', mode, minDelta = 0 }: MonitorOptions): (logs: EpochLogs) => boolean {
  const up = mode ? mode === 'max' : /accuracy|auc|precision|recall|score|r2/i.test(monitor);
  let best = up ? -Infinity : Infinity;
  return (logs) => {
    const value = logs[monitor];
    if (value === undefined) {
      throw new OptionError(`${name}: \`monitor\` must be one of ${Object.keys(logs).join(', ')}, got ${monitor}; validation data give the names with val`);
    }
    const better = up ? value > best + minDelta : value < best - minDelta;
    if (better) best = value;
    return better;
  };
}

/**
 * Ends training when a measure gets no better.
 *
 * @param options - as Keras' EarlyStopping
 * @throws OptionError in the first epoch when there is no such measure
 * @example
 * const stopping = earlyStopping({ patience: 3, restoreBestWeights: true });
 * Object.keys(stopping); // => onTrainBegin,onEpochEnd,onTrainEnd
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): Callbacks {
  const { patience = 0, restoreBestWeights = false, startFromEpoch = 0 } = options;
  let isBest = watchBest('earlyStopping', options);
  let waited = 0;
  let best: Record<string, Tensor> | undefined;
  return {
    onTrainBegin() {
      isBest = watchBest('earlyStopping', options);
      waited = 0;
      best = undefined;
    },
    async onEpochEnd(logs, { trainer, stop }) {
      if (logs.epoch < startFromEpoch) return;
      if (isBest(logs)) {
        waited = 0;
        if (restoreBestWeights) best = await readVariables(trainer.model.variables());
      } else if (++waited >= patience) stop();
    },
    onTrainEnd(_history, { trainer }) {
      if (best) setWeights(trainer.model, best);
    },
  };
}
