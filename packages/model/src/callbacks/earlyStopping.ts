import { OptionError } from '@chainrule/errors';
import { aBoolean, aNumber, aString, type Checks, checkOptions, integerFrom, oneOf } from '@chainrule/errors/check';
import type { Tensor } from '@chainrule/tensor';
import { startingWith } from './callbackMemory.ts';
import type { Callbacks, EpochLogs, TrainingControl } from './callbacks.ts';
import { readVariables, setWeights } from '../graph/weights.ts';

/** The log to watch, and when it counts as better. */
export interface MonitorOptions {
  /** Name of a log. Default `valLoss`. */
  readonly monitor?: string;
  /** Whether less or more is better. Default: 'max' for names with accuracy, auc, precision, recall, score, r2; else 'min'. */
  readonly mode?: 'min' | 'max';
  /** Smallest change that counts. Default 0. */
  readonly minDelta?: number;
}

/** When {@link earlyStopping} ends training. */
export interface EarlyStoppingOptions extends MonitorOptions {
  /** Epochs without improvement after which training ends. Default 0. */
  readonly patience?: number;
  /** Restore the weights of the best epoch at the end, also if training fails. Default false. */
  readonly restoreBestWeights?: boolean;
  /** First epoch that counts. Default 0. */
  readonly startFromEpoch?: number;
}

/** The best value of a log so far. */
export interface Watch {
  /** Returns whether an epoch is better than all before, and then keeps its value as the best. */
  isBest(logs: EpochLogs): boolean;
  /** The name of the log and its best value, as JSON. */
  state(): { readonly monitor: string; readonly best: number | null };
  /** Restores a state of the same log. */
  restore(state: Readonly<Record<string, unknown>>): void;
}

/** Checks of the options. */
export const monitorChecks: Checks<MonitorOptions> = { monitor: aString, mode: oneOf('min', 'max'), minDelta: aNumber };

export function watchBest(name: string, { monitor = 'valLoss', mode, minDelta = 0 }: MonitorOptions): Watch {
  const up = mode ? mode === 'max' : /accuracy|auc|precision|recall|score|r2/i.test(monitor);
  let best: number | undefined;
  return {
    isBest(logs) {
      const value = logs[monitor];
      if (value === undefined) {
        throw new OptionError(
          `${name}: \`monitor\` must be one of ${Object.keys(logs).join(', ')}, got ${monitor}; with \`validation\`, \`fit\` adds valLoss and the like`,
        );
      }
      const better = up ? value > (best ?? -Infinity) + minDelta : value < (best ?? Infinity) - minDelta;
      if (better) best = value;
      return better;
    },
    state: () => ({ monitor, best: best ?? null }),
    restore(state) {
      if (state['monitor'] === monitor && typeof state['best'] === 'number') best = state['best'];
    },
  };
}

/**
 * Ends training when a log stops improving. A checkpoint holds the best value, the number of epochs since, and the best
 * weights, so a resumed training ends in the same epoch as one without interruption.
 *
 * @param options - as Keras' EarlyStopping
 * @throws OptionError in the first epoch if the logs have no value named `monitor`
 * @example
 * const line = { x: tensor([[0], [1]]), y: tensor([[1], [3]]) };
 * const trainer = sequential(input([1]), dense(1)).compile({ optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError });
 * const stopping = earlyStopping({ monitor: 'loss', minDelta: 0.1, patience: 3, restoreBestWeights: true });
 * (await trainer.fit(line, { epochs: 100, callbacks: [stopping] })).length < 100; // => true
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): Callbacks {
  checkOptions('earlyStopping', options, {
    ...monitorChecks,
    patience: integerFrom(0),
    restoreBestWeights: aBoolean,
    startFromEpoch: integerFrom(0),
  });
  const { patience = 0, restoreBestWeights = false, startFromEpoch = 0 } = options;
  let watch = watchBest('earlyStopping', options);
  let waited = 0;
  let best: Record<string, Tensor> | undefined;
  const putBack = ({ trainer }: TrainingControl): void => {
    if (best) setWeights(trainer.model, best);
  };
  const endIfDue = ({ stop }: TrainingControl): void => {
    if (waited > 0 && waited >= patience) stop();
  };
  return {
    name: 'earlyStopping',
    onTrainBegin() {
      watch = watchBest('earlyStopping', options);
      waited = 0;
      best = undefined;
    },
    async onEpochLogs(logs, { trainer }) {
      if (logs.epoch < startFromEpoch) return;
      if (!watch.isBest(logs)) waited++;
      else {
        waited = 0;
        if (restoreBestWeights) best = await readVariables(trainer.model.variables());
      }
    },
    onEpochEnd: (_, control) => endIfDue(control),
    onTrainEnd: (_, control) => putBack(control),
    onTrainError: (_, control) => putBack(control),
    state: () => ({
      ...watch.state(),
      waited,
      ...Object.fromEntries(Object.entries(best ?? {}).map(([key, value]) => [`best/${key}`, value])),
    }),
    restore(state, control) {
      watch.restore(state);
      waited = Number(state['waited']) || 0;
      const weights = startingWith('best/', state as Record<string, Tensor>);
      if (restoreBestWeights && Object.keys(weights).length > 0) best = weights;
      endIfDue(control);
    },
  };
}
