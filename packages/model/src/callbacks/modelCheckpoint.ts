import { aBoolean, aFunction, checkOptions } from '@chainrule/errors/check';
import type { Callbacks, EpochLogs } from './callbacks.ts';
import type { TrainerBase } from '../training/trainerBase.ts';
import { monitorChecks, type MonitorOptions, watchBest } from './monitor.ts';

/** When {@link modelCheckpoint} saves. */
export interface ModelCheckpointOptions extends MonitorOptions {
  /** Save only if `monitor` is the best so far. Default false: save after every epoch. */
  readonly saveBestOnly?: boolean;
}

/**
 * Calls `save` after epochs. In Node, `save` may call `saveCheckpoint(file, trainer)` or `saveModel(file, trainer.model)` of
 * `@chainrule/model/node`. A checkpoint holds the best value so far, so a resumed training does not overwrite the best model
 * with a worse one.
 *
 * @param save - saves the trainer; training awaits it
 * @param options - `saveBestOnly` (false), `monitor` ('valLoss'), `mode`, `minDelta`
 * @example
 * const saved: number[] = [];
 * modelCheckpoint((trainer, logs) => void saved.push(logs.epoch), { saveBestOnly: true });
 */
export function modelCheckpoint(
  save: (trainer: TrainerBase, logs: EpochLogs) => void | Promise<void>,
  options: ModelCheckpointOptions = {},
): Callbacks {
  aFunction('modelCheckpoint', 'save', save);
  checkOptions('modelCheckpoint', options, { ...monitorChecks, saveBestOnly: aBoolean });
  const { saveBestOnly = false } = options;
  let watch = watchBest('modelCheckpoint', options);
  let due = false;
  return {
    name: 'modelCheckpoint',
    onTrainBegin() {
      watch = watchBest('modelCheckpoint', options);
    },
    onEpochLogs(logs) {
      due = !saveBestOnly || watch.isBest(logs);
    },
    async onEpochEnd(logs, { trainer }) {
      if (due) await save(trainer, logs);
    },
    state: () => watch.state(),
    restore: (state) => watch.restore(state),
  };
}
