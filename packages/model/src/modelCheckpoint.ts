import type { Callbacks, EpochLogs, Trainer } from './callbacks.ts';
import { type MonitorOptions, watchBest } from './earlyStopping.ts';

/** When {@link modelCheckpoint} saves. */
export interface ModelCheckpointOptions extends MonitorOptions {
  /** Save only what is the best so far by `monitor`. Default false: save after every epoch. */
  readonly saveBestOnly?: boolean;
}

/**
 * Saves after epochs. What saving is, `save` says: from `@chainrule/model/node`, `saveCheckpoint(file, trainer)` or
 * `saveModel(file, trainer.model)`.
 *
 * @param save - waited for
 * @param options - `saveBestOnly` (false), `monitor` ('valLoss'), `mode`, `minDelta`
 * @example
 * const saved: number[] = [];
 * modelCheckpoint((trainer, logs) => void saved.push(logs.epoch), { saveBestOnly: true });
 */
export function modelCheckpoint(save: (trainer: Trainer, logs: EpochLogs) => void | Promise<void>, options: ModelCheckpointOptions = {}): Callbacks {
  let isBest = watchBest('modelCheckpoint', options);
  return {
    onTrainBegin() {
      isBest = watchBest('modelCheckpoint', options);
    },
    async onEpochEnd(logs, { trainer }) {
      if (!options.saveBestOnly || isBest(logs)) await save(trainer, logs);
    },
  };
}
