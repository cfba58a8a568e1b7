import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { aBoolean, aPath, checkOptions, checkThat } from '@chainrule/errors/check';
import { loadCheckpoint, saveCheckpoint } from '../files/saveModel.node.ts';
import type { Callbacks, TrainingControl } from './callbacks.ts';

/** Data with a position, such as a `Dataset`. */
export interface Resumable {
  state(): unknown;
  restore(state: never): void;
}

/** What {@link backupAndRestore} saves in addition to the training. */
export interface BackupAndRestoreOptions {
  /** The `Dataset` whose order continues, too. Default that on which `fit` trains. */
  readonly data?: Resumable;
  /** Keep the file when training has ended. Default false. */
  readonly keep?: boolean;
}

/**
 * Saves a checkpoint after each epoch, and continues from it when the program starts again, as Keras' BackupAndRestore. A
 * run that was interrupted then gives the same weights, bit for bit, as one that was not. When training ends, the file is
 * deleted. The history holds the epochs since the last start.
 *
 * @param file - the checkpoint, `.safetensors`
 * @param options - `data`: the `Dataset`, if `fit` gets something that is made of it; `keep` (false)
 * @throws FormatError from `fit` for a damaged file, or one of another model or optimizer
 * @example
 * const { mkdtemp, rm } = await import('node:fs/promises');
 * const folder = await mkdtemp('/tmp/run-');
 * const backup = backupAndRestore(`${folder}/backup.safetensors`);
 * const trainer = sequential(input([1]), dense(1)).compile({ optimizer: sgd(), loss: meanSquaredError });
 * const history = await trainer.fit({ x: tensor([[0], [1]]), y: tensor([[1], [3]]) }, { epochs: 3, callbacks: [backup] });
 * await rm(folder, { recursive: true });
 * history.length; // => 3
 */
export function backupAndRestore(file: string, options: BackupAndRestoreOptions = {}): Callbacks {
  aPath('backupAndRestore', 'file', file);
  checkOptions('backupAndRestore', options, { data: isResumable, keep: aBoolean });
  const { keep = false } = options;
  const dataOf = (control: TrainingControl): Resumable | undefined =>
    options.data ?? (hasPosition(control.data) ? control.data : undefined);
  let epoch = -1;
  return {
    name: 'backupAndRestore',
    async onTrainBegin(control) {
      epoch = -1;
      if (!existsSync(file)) return;
      const { data: position } = await loadCheckpoint(file, control.trainer);
      if (position !== undefined) dataOf(control)?.restore(position as never);
    },
    onEpochLogs(logs) {
      epoch = logs.epoch;
    },
    onEpochEnd: (_, control) => saveCheckpoint(file, control.trainer, dataOf(control)?.state()),
    async onTrainEnd() {
      if (!keep) await rm(file, { force: true });
    },
    state: () => ({ epoch }),
    restore(state, { startAt }) {
      epoch = Number(state['epoch']);
      startAt(epoch + 1);
    },
  };
}

function hasPosition(value: unknown): value is Resumable {
  const parts = value as Partial<Resumable> | null | undefined;
  return typeof parts?.state === 'function' && typeof parts.restore === 'function';
}

const isResumable = checkThat('a Dataset, with `state` and `restore`', hasPosition);
