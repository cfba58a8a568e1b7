import { aBoolean, checkOptions, integerFrom } from '@chainrule/errors/check';
import type { Tensor } from '@chainrule/tensor';
import { startingWith } from './callbackMemory.ts';
import type { Callbacks, TrainingControl } from './callbacks.ts';
import { monitorChecks, type MonitorOptions, watchBest } from './monitor.ts';
import { readVariables, setWeights } from '../graph/weights.ts';

/** When {@link earlyStopping} ends training. */
export interface EarlyStoppingOptions extends MonitorOptions {
  /** Epochs without improvement after which training ends. Default 0. */
  readonly patience?: number;
  /** Restore the weights of the best epoch at the end, also if training fails. Default false. */
  readonly restoreBestWeights?: boolean;
  /** First epoch that counts. Default 0. */
  readonly startFromEpoch?: number;
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
