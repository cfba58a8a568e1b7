import { join } from 'node:path';
import { aPath, checkOptions, integerFrom, oneOf } from '@chainrule/errors/check';
import type { Callbacks, EpochLogs, Logs, TrainingControl } from '@chainrule/model';
import { type EventWriter, openEventWriter } from './eventWriter.node.ts';

/** What {@link tensorBoard} writes. */
export interface TensorBoardOptions {
  /** Whether logs are written after each epoch, or also after each batch, by the step. Default 'epoch'. */
  readonly updateFrequency?: 'epoch' | 'batch';
  /** The number of epochs between histograms of the weights; 0 writes none. Default 0. */
  readonly histogramFrequency?: number;
}

/**
 * Writes the logs of a training for TensorBoard, as Keras' TensorBoard: training to the folder `train`, validation to
 * `validation`, so that both curves share a chart. Then run `tensorboard --logdir FOLDER`.
 *
 * @param folder - the folder of this run
 * @param options - `updateFrequency` ('epoch'), `histogramFrequency` (0)
 * @example
 * import { mkdtemp, rm } from 'node:fs/promises';
 * const folder = await mkdtemp('/tmp/events-');
 * const trainer = sequential(input([1]), dense(1)).compile({ optimizer: sgd(), loss: meanSquaredError });
 * await trainer.fit({ x: tensor([[0], [1]]), y: tensor([[1], [3]]) }, { epochs: 3, callbacks: [tensorBoard(folder)] });
 * await rm(folder, { recursive: true });
 */
export function tensorBoard(folder: string, options: TensorBoardOptions = {}): Callbacks {
  aPath('tensorBoard', 'folder', folder);
  checkOptions('tensorBoard', options, {
    updateFrequency: oneOf('epoch', 'batch'),
    histogramFrequency: integerFrom(0),
  });
  const { updateFrequency = 'epoch', histogramFrequency = 0 } = options;
  let writers = new Map<string, Promise<EventWriter>>();
  const writerOf = (run: string): Promise<EventWriter> => {
    const writer = writers.get(run) ?? openEventWriter(join(folder, run));
    writers.set(run, writer);
    return writer;
  };
  const closeAll = async (): Promise<void> => {
    const open = [...writers.values()];
    writers = new Map();
    for (const writer of open) await (await writer).close();
  };
  return {
    name: 'tensorBoard',
    ...(updateFrequency === 'batch' && {
      async onBatchEnd({ logs }: { readonly logs: Logs }, { trainer }: TrainingControl) {
        await writeLogs(await writerOf('train'), 'batch/', logs, trainer.steps);
      },
    }),
    async onEpochEnd(logs, { trainer }) {
      const { train, validation } = byRun(logs);
      await writeLogs(await writerOf('train'), '', train, logs.epoch);
      if (Object.keys(validation).length > 0) await writeLogs(await writerOf('validation'), '', validation, logs.epoch);
      if (histogramFrequency === 0 || (logs.epoch + 1) % histogramFrequency !== 0) return;
      const writer = await writerOf('train');
      for (const { name, value } of trainer.model.variables())
        await writer.histogram(name, await value.read(), logs.epoch);
    },
    onTrainEnd: closeAll,
    onTrainError: closeAll,
  };
}

async function writeLogs(writer: EventWriter, prefix: string, logs: Logs, step: number): Promise<void> {
  for (const [name, value] of Object.entries(logs)) await writer.scalar(prefix + name, value, step);
}

/** The logs of training, and those of validation under the names of training: `valLoss` becomes `loss`. */
function byRun({ epoch: _, ...logs }: EpochLogs): { readonly train: Logs; readonly validation: Logs } {
  const entries = Object.entries(logs);
  const isValidation = (name: string): boolean => /^val[A-Z]/.test(name);
  return {
    train: Object.fromEntries(entries.filter(([name]) => !isValidation(name))),
    validation: Object.fromEntries(
      entries.flatMap(([name, value]) =>
        isValidation(name) ? [[`${name[3]!.toLowerCase()}${name.slice(4)}`, value]] : [],
      ),
    ),
  };
}
