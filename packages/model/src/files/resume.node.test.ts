import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dataset } from '@chainrule/data-loaders';
import { FormatError } from '@chainrule/errors';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { adam } from '@chainrule/optim';
import { tensor, type Variable } from '@chainrule/tensor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Callbacks, EpochLogs } from '../callbacks/callbacks.ts';
import type { FitOptions, Trainer } from '../training/trainer.ts';
import type { TrainerBase } from '../training/trainerBase.ts';
import { earlyStopping } from '../callbacks/earlyStopping.ts';
import { input } from '../graph/input.ts';
import { modelCheckpoint } from '../callbacks/modelCheckpoint.ts';
import { encodeChecked } from './savedModel.ts';
import { loadCheckpoint, saveCheckpoint, saveModel } from './saveModel.node.ts';
import { sequential } from '../graph/sequential.ts';
import type { StepResult } from '../training/fit.ts';
import { affine, bend, noise, only, plainConversion, twoBlobs, type TrainingBatch } from '../../testing/model.ts';
import { encodeCheckpoint, restoreCheckpoint } from './trainingState.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'resume-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const start = (seed = 1): Trainer =>
  sequential(input([2]), affine(5), noise(), bend(), affine(2)).compile({
    seed,
    optimizer: adam({ learningRate: 0.05 }),
    loss: sparseCategoricalCrossEntropy,
  });
const stateOf = async (trainer: Trainer): Promise<string> => String(await encodeCheckpoint(trainer));
const { x, y } = twoBlobs(22);
const dataset = (): Dataset<TrainingBatch> => Dataset.fromTensors({ x, y }).shuffle(3).batch(4) as never;

/** Halves a weight when the loss gets no better: a schedule that reacts to a measure. */
function halve(variable: (trainer: TrainerBase) => Variable): Callbacks {
  let best = Infinity;
  let waited = 0;
  return {
    name: 'halve',
    onTrainBegin: () => void ([best, waited] = [Infinity, 0]),
    onEpochLogs({ valLoss }, { trainer }) {
      if (valLoss! < best) [best, waited] = [valLoss!, 0];
      else waited++;
      if (waited < 2) return;
      waited = 0;
      const v = variable(trainer);
      v.assign(
        tensor(
          v.value.data.map((w) => w / 2),
          v.shape,
        ),
      );
    },
    state: () => ({ best, waited, scale: tensor([best, waited], undefined, 'float64') }),
    restore: (state) => void ([best, waited] = [state['best'] as number, state['waited'] as number]),
  };
}

/** The validation loss that a pretended model has after each epoch: it is best in epoch 3. */
const losses = [9, 8, 7, 4, 6, 5, 6, 5, 6, 6, 6, 6];

interface Process {
  readonly trainer: Trainer;
  readonly history: readonly EpochLogs[];
}

/** A process that trains from its checkpoint, if it has one, and is killed after some epochs. */
async function run(name: string, killedAfter: number, order: 'first' | 'last', patience: number): Promise<Process> {
  const [file, best] = [join(folder, `${name}.safetensors`), join(folder, `${name}-best.safetensors`)];
  const [trainer, data] = [start(), dataset()];
  let epoch = 0;
  try {
    data.restore((await loadCheckpoint(file, trainer)).data as ReturnType<typeof data.state>);
    epoch = data.epoch;
  } catch {
    // The first process finds nothing.
  }
  const pretended: Trainer = {
    ...trainer,
    get steps() {
      return trainer.steps;
    },
    evaluate: () => Promise.resolve({ loss: losses[at]! }),
  };
  let at = epoch;
  const save = modelCheckpoint((t) => saveCheckpoint(file, t, data.state()));
  const callbacks = [
    modelCheckpoint(({ model }) => saveModel(best, model), { saveBestOnly: true }),
    halve((t) => t.model.variables()[3]!.value),
    earlyStopping({ patience, restoreBestWeights: true }),
  ];
  const options: FitOptions = {
    epochs: Math.min(losses.length, killedAfter),
    initialEpoch: epoch,
    validation: [],
    onEpochBegin: (position) => void (at = position.epoch),
    callbacks: order === 'first' ? [save, ...callbacks] : [...callbacks, save],
  };
  // `fit` evaluates by the trainer that it gets: the pretended one says what the losses are.
  const { fitEpochs } = await import('../training/fit.ts');
  const metrics = {
    metrics: [],
    update: () => undefined,
    reset: () => undefined,
    results: () => Promise.resolve({}),
    keep: () => Promise.resolve(() => undefined),
  };
  const step = async (batch: unknown): Promise<StepResult> => ({
    loss: (await trainer.trainStep(only(batch)))['loss']!,
    weight: 4,
    check: 0,
    outputs: [],
  });
  const history = await fitEpochs(
    pretended,
    {
      metrics,
      outputs: [],
      step,
      replay: () => Promise.resolve(),
      alone: (work) => work(),
      memory: trainer['~memory'],
      conversion: plainConversion,
    },
    plainConversion.data('fit', data),
    options,
  );
  return { trainer, history };
}

describe('a training that was killed and resumed', () => {
  test.each([
    ['first', 1, 4],
    ['last', 2, 4],
    ['first', 3, 4],
    ['last', 4, 3],
    ['first', 5, 3],
    ['last', 6, 3],
  ] as const)(
    'with its checkpoint saved %s, every %i epochs, is the same as one in one go: weights, best model, end',
    async (order, every, patience) => {
      const name = `${order}-${every}`;
      const whole = await run(`whole-${name}`, Infinity, order, patience);
      expect(whole.history).toHaveLength(3 + 1 + patience);
      const epochs: EpochLogs[] = [];
      let last: Process;
      let ends = 0;
      do {
        last = await run(name, (ends += every), order, patience);
        epochs.push(...last.history);
      } while (last.history.length === every);
      expect(epochs).toEqual(whole.history);
      expect(last.trainer.model.variables().map(({ value }) => value.value.toArray())).toEqual(
        whole.trainer.model.variables().map(({ value }) => value.value.toArray()),
      );
      for (const file of ['', '-best'])
        expect(await readFile(join(folder, `${name}${file}.safetensors`))).toEqual(
          await readFile(join(folder, `whole-${name}${file}.safetensors`)),
        );
    },
  );

  test('whose end came by early stopping does not go on', async () => {
    await run('ended', Infinity, 'last', 3);
    expect((await run('ended', Infinity, 'last', 3)).history).toEqual([]);
  });
});

describe('states of callbacks', () => {
  const noted = (name: string, log: unknown[], value: number): Callbacks => ({
    name,
    state: () => ({ value, t: tensor([value]) }),
    restore: ({ value: v, t }) => void log.push([name, v, String((t as { data: unknown }).data)]),
  });
  const batch: TrainingBatch = { x, y };

  test('find callbacks of the same names, in their order; the others begin anew', async () => {
    const [first, second] = [start(), start(2)];
    const log: unknown[] = [];
    await first.fit([batch], { callbacks: [noted('a', [], 1), noted('b', [], 2), noted('a', [], 3)] });
    await restoreCheckpoint(await encodeCheckpoint(first), second);
    expect(await stateOf(second)).toBe(await stateOf(first));
    await second.fit([batch], {
      callbacks: [noted('c', log, 0), noted('a', log, 0), noted('a', log, 0), noted('a', log, 0)],
    });
    expect(log).toEqual([
      ['a', 1, '1'],
      ['a', 3, '3'],
    ]);
    await second.fit([batch], { callbacks: [noted('a', log, 0)] });
    expect(log).toHaveLength(2);
  });

  test('of another measure are left aside', async () => {
    const [first, second] = [start(), start(2)];
    await first.fit([batch], { callbacks: [earlyStopping({ monitor: 'loss', patience: 9 })] });
    await restoreCheckpoint(await encodeCheckpoint(first), second);
    const saved: number[] = [];
    await second.fit([batch], {
      validation: batch,
      callbacks: [
        earlyStopping({ patience: 9 }),
        modelCheckpoint((_, { epoch }) => void saved.push(epoch), { saveBestOnly: true }),
      ],
    });
    expect(saved).toEqual([0]);
  });

  test.each(['5', '[null]', '[{"name":1,"values":{}}]', '[{"name":"a","values":null}]'])(
    'are refused where they read %s',
    async (callbacks) => {
      const file = await encodeChecked({}, { checkpoint: `{"steps":1,"callbacks":${callbacks}}` });
      await expect(restoreCheckpoint(file, start(), 'c')).rejects.toThrow(FormatError);
      await expect(restoreCheckpoint(file, start(), 'c')).rejects.toThrow(
        'load: c: `callbacks` must be a list of names and values',
      );
    },
  );
});
