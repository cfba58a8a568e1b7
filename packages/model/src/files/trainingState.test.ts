import { Dataset } from '@chainrule/data-loaders';
import { FormatError } from '@chainrule/errors';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { adam, exponentialDecay, type Optimizer, sgd } from '@chainrule/optim';
import { describe, expect, test } from 'vitest';
import type { Trainer } from '../training/trainer.ts';
import { input } from '../graph/input.ts';
import { encodeChecked, encodeModel } from './savedModel.ts';
import { sequential } from '../graph/sequential.ts';
import { affine, bend, noise, twoBlobs } from '../../testing/model.ts';
import { encodeCheckpoint, restoreCheckpoint } from './trainingState.ts';

const schedule = exponentialDecay({ initialLearningRate: 0.05, decaySteps: 3, decayRate: 0.5 });

function start(seed: number, optimizer: Optimizer = adam({ learningRate: schedule })): Trainer {
  return sequential(input([2]), affine(5), noise(), bend(), affine(2)).compile({
    seed,
    optimizer,
    loss: sparseCategoricalCrossEntropy,
  });
}

/** Everything that training goes on from: weights, moments, learning rate, random state, steps. */
const stateOf = (trainer: Trainer): Promise<Uint8Array> => encodeCheckpoint(trainer);

const data = twoBlobs(22);
const dataset = (): Dataset<{ x: typeof data.x; y: typeof data.y }> =>
  Dataset.fromTensors({ x: data.x, y: data.y }).shuffle(3).batch(4) as never;

describe('training goes on from a checkpoint as if it had never stopped:', () => {
  test.each<[string, () => Optimizer]>([
    ['adam with a schedule', () => adam({ learningRate: schedule })],
    ['momentum', () => sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true })],
  ])('after an epoch on tensors, with %s', async (_, optimizer) => {
    const whole = start(1, optimizer());
    const history = await whole.fit(data, { batchSize: 4, epochs: 5 });
    const first = start(1, optimizer());
    await first.fit(data, { batchSize: 4, epochs: 2 });
    const bytes = await encodeCheckpoint(first);
    const second = start(99, optimizer());
    expect(await restoreCheckpoint(bytes, second)).toEqual({ steps: 12 });
    expect(await second.fit(data, { batchSize: 4, epochs: 5, initialEpoch: 2 })).toEqual(history.slice(2));
    expect(await stateOf(second)).toEqual(await stateOf(whole));
    expect(await stateOf(first)).not.toEqual(await stateOf(whole));
  });

  test.each([0, 1, 3, 4, 5])('after batch %i of the second epoch of a Dataset', async (stopAt) => {
    const whole = start(1);
    await whole.fit(dataset(), { epochs: 3 });
    const first = start(1);
    const batches = dataset();
    let bytes: Uint8Array | undefined;
    await first.fit(batches, {
      epochs: 2,
      onBatchEnd: async ({ epoch, batch }) => {
        if (epoch === 1 && batch === stopAt) bytes = await encodeCheckpoint(first, batches.state());
      },
    });
    const [second, again] = [start(99), dataset()];
    const { data: position, steps } = await restoreCheckpoint(bytes!, second);
    expect([position, steps]).toEqual([
      stopAt < 5 ? { epoch: 1, item: stopAt + 1 } : { epoch: 2, item: 0 },
      6 + stopAt + 1,
    ]);
    again.restore(position as ReturnType<typeof again.state>);
    await second.fit(again, { epochs: 3, initialEpoch: again.epoch });
    expect(await stateOf(second)).toEqual(await stateOf(whole));
  });

  test('after an epoch of a Dataset', async () => {
    const whole = start(1);
    await whole.fit(dataset(), { epochs: 3 });
    const [first, batches] = [start(1), dataset()];
    await first.fit(batches, { epochs: 1 });
    const [second, again] = [start(99), dataset()];
    again.restore(
      (await restoreCheckpoint(await encodeCheckpoint(first, batches.state()), second)).data as {
        epoch: number;
        item: number;
      },
    );
    await second.fit(again, { epochs: 3, initialEpoch: 1 });
    expect(await stateOf(second)).toEqual(await stateOf(whole));
  });

  test('in the trainer that went on', async () => {
    const trainer = start(1);
    await trainer.fit(data, { batchSize: 4 });
    const bytes = await encodeCheckpoint(trainer);
    await trainer.fit(data, { batchSize: 4 });
    const there = await stateOf(trainer);
    await restoreCheckpoint(bytes, trainer);
    expect(await stateOf(trainer)).toEqual(bytes);
    await trainer.fit(data, { batchSize: 4 });
    expect(await stateOf(trainer)).toEqual(there);
  });
});

describe('a checkpoint is refused, and nothing is restored,', () => {
  test('when it is damaged, of another model or optimizer, or none', async () => {
    const bytes = await encodeCheckpoint(start(2));
    const other = sequential(input([2]), affine(6), noise(), bend(), affine(2)).compile({
      optimizer: adam(),
      loss: sparseCategoricalCrossEntropy,
    });
    const still = sequential(input([2]), affine(5), noise(), bend(), affine(2));
    still.layers[0]!.trainable = false;
    const frozen = still.compile({ optimizer: adam(), loss: sparseCategoricalCrossEntropy });
    const wrong: [Uint8Array, string | RegExp][] = [
      [bytes.slice(0, -1), 'load: c: rng/counter [] must take 4 bytes within'],
      [
        bytes.map((b, i) => (i === bytes.length - 1 ? b ^ 1 : b)),
        /^load: c: the contents must have SHA-256 .* the file is damaged$/,
      ],
      [
        await encodeCheckpoint(other),
        'load: c: model/affine/kernel must be float32 [2,5], got float32 [2,6]; a checkpoint needs the model and the optimizer',
      ],
      [
        await encodeCheckpoint(start(2, sgd({ learningRate: 0.1 }))),
        'load: c: needs a value for every variable and no other; missing: optimizer[',
      ],
      [await encodeCheckpoint(frozen), /^load: c: .* that it was saved with, and the same layers frozen$/],
      [await encodeModel(start(2).model), 'load: c: is no checkpoint; a model is loaded with loadModel or decodeModel'],
      [await encodeChecked({}, { checkpoint: 'null' }), 'load: c: is no checkpoint'],
      [await encodeChecked({}, { checkpoint: '{' }), 'load: c: is no checkpoint'],
      [await encodeChecked({}, { checkpoint: '{"steps":1.5}' }), 'load: c: is no checkpoint'],
    ];
    const trainer = start(1);
    await trainer.trainStep(data);
    const before = await stateOf(trainer);
    for (const [file, message] of wrong) {
      await expect(restoreCheckpoint(file, trainer, 'c')).rejects.toThrow(message);
      await expect(restoreCheckpoint(file, trainer, 'c')).rejects.toThrow(FormatError);
    }
    expect(await stateOf(trainer)).toEqual(before);
  });
});
