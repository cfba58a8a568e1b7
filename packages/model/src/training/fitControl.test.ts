import { Dataset } from '@chainrule/data-loaders';
import { StateError } from '@chainrule/errors';
import { l2 } from '@chainrule/layers-core';
import { meanSquaredError } from '@chainrule/losses';
import * as metrics from '@chainrule/metrics';
import { adam } from '@chainrule/optim';
import { tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import type { FitOptions, Trainer } from './trainer.ts';
import { input } from '../graph/input.ts';
import { sequential } from '../graph/sequential.ts';
import { affine, batch, bend, pretend, pretender, type TrainingBatch } from '../../testing/model.ts';
import { encodeCheckpoint } from '../files/trainingState.ts';
import { setTrainable } from '../graph/weights.ts';

const one: TrainingBatch = {
  x: tensor([
    [1, 2],
    [3, 4],
  ]),
  y: tensor([[1], [0]]),
};
const start = (): Trainer =>
  sequential(input([2]), affine(3, { kernelRegularizer: l2(0.01) }), bend(), affine(1)).compile({
    optimizer: adam(),
    loss: meanSquaredError,
    metrics: [metrics.meanSquaredError()],
    seed: 4,
  });
const stateOf = async (trainer: Trainer): Promise<string> => String(await encodeCheckpoint(trainer));
const numbers = (n: number): Dataset<TrainingBatch> =>
  Dataset.from(Array.from({ length: n }, (_, i) => batch(i + 1, 1)));

/** What a pretender was given, with its logs. */
async function seen(
  data: Dataset<TrainingBatch>,
  options: FitOptions,
): Promise<{ steps: string[]; losses: unknown[]; batches: unknown[] }> {
  const [pretending, batches] = [pretender(), [] as unknown[]];
  const history = await pretend(pretending, data, { ...options, onEpochBegin: (at) => void batches.push(at.batches) });
  return {
    steps: pretending.seen.map((text) => text.replace('train ', '')),
    losses: history.map((logs) => logs['loss']),
    batches,
  };
}

describe('stepsPerEpoch', () => {
  test.each([
    ['of endless data', numbers(3).repeat(), 2, 3, '1 2 3 1 2 3', [1.5, 2, 2.5]],
    ['of data that end, which begin anew', numbers(3), 2, 3, '1 2 3 1 2 3', [1.5, 2, 2.5]],
    ['of more batches than the data have', numbers(2), 5, 1, '1 2 1 2 1', [1.4]],
    ['of as many as there are', numbers(2), 2, 2, '1 2 1 2', [1.5, 1.5]],
  ])('makes epochs %s', async (_, data, stepsPerEpoch, epochs, steps, losses) => {
    for (const given of [data, data.map((item) => Promise.resolve(item)).prefetch(2)]) {
      const found = await seen(given, { stepsPerEpoch, epochs });
      expect(found).toEqual({ steps: steps.split(' '), losses, batches: Array(epochs).fill(stepsPerEpoch) });
    }
  });

  test('shuffles tensors anew at each pass', async () => {
    const trainer = start();
    await trainer.fit({ x: one.x, y: one.y }, { batchSize: 1, stepsPerEpoch: 3, epochs: 3 });
    expect(trainer.steps).toBe(9);
  });

  test('goes on after a restart where the data stood, also at their end', async () => {
    const data = (): Dataset<TrainingBatch> =>
      Dataset.from([0, 1, 2, 3])
        .shuffle(5)
        .map((i) => ({ x: tensor([[i, 1]]), y: tensor([[i % 2]]) }));
    for (const stepsPerEpoch of [3, 4, 6]) {
      const [whole, first, second] = [start(), start(), start()];
      await whole.fit(data(), { stepsPerEpoch, epochs: 4 });
      const [before, after] = [data(), data()];
      await first.fit(before, { stepsPerEpoch, epochs: 2 });
      const { restoreCheckpoint } = await import('../files/trainingState.ts');
      const { data: position } = await restoreCheckpoint(await encodeCheckpoint(first, before.state()), second);
      after.restore(position as ReturnType<typeof after.state>);
      await second.fit(after, { stepsPerEpoch, epochs: 4, initialEpoch: 2 });
      expect(await stateOf(second)).toBe(await stateOf(whole));
    }
  });

  test.each<[Dataset<TrainingBatch> | Generator<TrainingBatch>, FitOptions, string]>([
    [
      numbers(2).repeat(),
      {},
      'fit: `stepsPerEpoch` must be given for endless data, got none; pass `stepsPerEpoch`, or give `repeat` a number of times',
    ],
    [
      numbers(2),
      { validation: numbers(2).repeat() },
      'fit: `validationSteps` must be given for endless data, got none',
    ],
    [numbers(2), { stepsPerEpoch: 0 }, 'fit: `stepsPerEpoch` must be a positive integer, got 0'],
    [
      numbers(2),
      { validation: numbers(2), validationSteps: 1.5 },
      'fit: `validationSteps` must be a positive integer, got 1.5',
    ],
    [
      numbers(3)[Symbol.iterator]() as unknown as Generator<TrainingBatch>,
      { stepsPerEpoch: 2, epochs: 2 },
      'fit: an epoch must have 2 batches, got 1; a Dataset can be iterated again, a generator cannot',
    ],
    [numbers(0), { stepsPerEpoch: 2 }, 'fit: an epoch must have 2 batches, got none'],
  ])('refuses what cannot be, case %#', async (data, options, message) => {
    await expect(pretend(pretender(), data, options)).rejects.toThrow(message);
  });
});

test('validationSteps and the steps of `evaluate` take the first batches, each time', async () => {
  const trainer = start();
  const other = { ...one, y: tensor([[9], [9]]) };
  const endless = Dataset.from([one, other]).repeat();
  expect(await trainer.evaluate(endless, { steps: 1 })).toEqual(await trainer.evaluate(one));
  expect(await trainer.evaluate(endless, { steps: 4 })).toEqual(await trainer.evaluate([one, other]));
  expect(await trainer.evaluate([one], { steps: 4 })).toEqual(await trainer.evaluate([one]));
  const history = await trainer.fit([one], { epochs: 2, validation: endless, validationSteps: 1 });
  expect(history[1]!['valLoss']).toBe((await trainer.evaluate(one))['loss']);
  await expect(trainer.evaluate(endless)).rejects.toThrow('evaluate: `steps` must be given for endless data, got none');
  await expect(trainer.evaluate(endless, { steps: -1 })).rejects.toThrow(
    'evaluate: `steps` must be a positive integer, got -1',
  );
});

describe('the event loop', () => {
  test('turns while fit, evaluate and predict run', async () => {
    const trainer = start();
    const until = async (run: (signal: AbortSignal) => Promise<unknown>): Promise<void> => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(new Error('a timer ran')), 5);
      await expect(run(controller.signal)).rejects.toThrow('a timer ran');
    };
    const endless = Dataset.from([one]).repeat();
    await until((signal) => trainer.fit(endless, { stepsPerEpoch: 1e9, signal }));
    await until((signal) => trainer.evaluate(endless, { steps: 1e9, signal }));
    await until(async (signal) => {
      for (;;) await trainer.predict(one.x, { batchSize: 1, signal });
    });
  });
});

describe('a signal', () => {
  test('ends fit after the batch, with its reason; callbacks hear of it, and weights and history stay', async () => {
    const [trainer, other] = [start(), start()];
    const controller = new AbortController();
    const heard: unknown[] = [];
    const reason = { why: 'enough' };
    const fit = trainer.fit([one, one, one], {
      epochs: 5,
      signal: controller.signal,
      onBatchEnd: ({ epoch, batch: number }) => void (epoch === 1 && number === 1 && controller.abort(reason)),
      onTrainEnd: () => void heard.push('end'),
      onTrainError: (error, { history }) => void heard.push(error, history),
    });
    await expect(fit).rejects.toBe(reason);
    const history = await other.fit([one, one, one]);
    await other.fit([one, one]);
    expect(heard).toEqual([reason, [...history, expect.objectContaining({ epoch: 1 })]]);
    expect(await stateOf(trainer)).toBe(await stateOf(other));
  });

  test.each<[string, (trainer: Trainer, options: { readonly signal: AbortSignal }) => Promise<unknown>]>([
    ['fit', (trainer, options) => trainer.fit([one], options)],
    ['evaluate', (trainer, options) => trainer.evaluate([one], options)],
    ['predict', (trainer, options) => trainer.predict(one.x, options)],
  ])('that is aborted before keeps %s from beginning', async (_, use) => {
    const trainer = start();
    const before = await stateOf(trainer);
    await expect(use(trainer, { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before');
    expect(await stateOf(trainer)).toBe(before);
  });

  test.each(['fit', 'evaluate', 'validation'])('does not wait for data that never come, in %s', async (where) => {
    const closed: string[] = [];
    const never = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<never>(() => undefined),
        return: () => (closed.push('closed'), Promise.resolve({ done: true as const, value: undefined })),
      }),
    };
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('now')), 1);
    const { signal } = controller;
    const trainer = start();
    const run =
      where === 'fit'
        ? trainer.fit(never, { signal })
        : where === 'evaluate'
          ? trainer.evaluate(never, { signal })
          : trainer.fit([one], { validation: never, signal });
    await expect(run).rejects.toThrow('now');
    expect(closed).toEqual(['closed']);
  });
});

describe('stop', () => {
  test('ends a validation that runs, and an epoch that has not begun', async () => {
    const slow = Object.assign([one, one, one], { size: 3 });
    const trainer = start();
    const heard: string[] = [];
    const history = await trainer.fit([one], {
      epochs: 5,
      validation: slow,
      onValidationBegin: (_, { stop }) => stop(),
      onValidationEnd: () => void heard.push('validated'),
      onEpochEnd: () => void heard.push('epoch'),
      onTrainEnd: () => void heard.push('end'),
    });
    expect([history.length, Object.keys(history[0]!), heard]).toEqual([
      1,
      ['epoch', 'loss', 'meanSquaredError'],
      ['end'],
    ]);
    expect(await trainer.fit([one], { onEpochBegin: (_, { stop }) => stop() })).toEqual([]);
    expect(trainer.steps).toBe(1);
  });

  test('after the validation leaves the epoch whole', async () => {
    const heard: number[] = [];
    const history = await start().fit([one], {
      epochs: 5,
      validation: [one],
      onValidationEnd: (_, { stop }) => stop(),
      onEpochEnd: ({ epoch }) => void heard.push(epoch),
    });
    expect([Object.keys(history[0]!).includes('valLoss'), history.length, heard]).toEqual([true, 1, [0]]);
  });
});

test('pause works between two batches, while training waits', async () => {
  const [trainer, other] = [start(), start()];
  const notes: string[] = [];
  const later: Promise<unknown>[] = [];
  await trainer.fit([one, one, one], {
    onBatchBegin({ batch: number }, { pause }) {
      notes.push(`begin ${number}`);
      const work = async (): Promise<void> => {
        const before = trainer.steps;
        await new Promise((resolve) => setTimeout(resolve, 5));
        notes.push(`pause ${before} ${trainer.steps}`);
      };
      if (number === 1)
        later.push(
          pause(work),
          pause(() => Promise.reject(new Error('of the work'))).catch((error: unknown) => notes.push(String(error))),
        );
    },
  });
  await Promise.all(later);
  await other.fit([one, one, one]);
  expect(notes).toEqual(['begin 0', 'begin 1', 'pause 2 2', 'Error: of the work', 'begin 2']);
  expect(await stateOf(trainer)).toBe(await stateOf(other));
});

describe('calls beside a fit', () => {
  test('of fit are refused, until it has ended or failed', async () => {
    const trainer = start();
    const first = trainer.fit([one]);
    const refused = trainer.fit([one]);
    await expect(refused).rejects.toThrow(StateError);
    await expect(refused).rejects.toThrowErrorMatchingInlineSnapshot(
      `[StateError: fit: this trainer is training already; wait for that \`fit\`, or stop it, before the next one]`,
    );
    await first;
    await expect(trainer.fit([])).rejects.toThrow('at least one batch');
    expect(await trainer.fit([one])).toHaveLength(1);
  });

  test('of evaluate and predict disturb neither it nor themselves', async () => {
    const [alone, disturbed] = [start(), start()];
    const data = Array.from({ length: 40 }, (_, i) => ({ ...one, y: tensor([[i / 40], [0]]) }));
    const expected = await alone.fit(data, { epochs: 3 });
    const fit = disturbed.fit(data, { epochs: 3 });
    const found: unknown[] = [];
    let running = true;
    const evaluations = (async () => {
      while (running) {
        const [logs] = await Promise.all([disturbed.evaluate([one, one, one]), disturbed.predict(one.x)]);
        found.push(logs['loss'], logs['meanSquaredError']);
        await new Promise((resolve) => setTimeout(resolve));
      }
    })();
    expect(await fit).toEqual(expected);
    running = false;
    await evaluations;
    expect(found.every(Number.isFinite)).toBe(true);
    expect(found.length).toBeGreaterThan(0);
    expect(await stateOf(disturbed)).toBe(await stateOf(alone));
  });
});

test('freezing or thawing layers after compile is refused, with the remedy', async () => {
  const trainer = start();
  const { layers } = trainer.model;
  await trainer.fit([one]);
  setTrainable(layers[0]!, false);
  await expect(trainer.fit([one])).rejects.toThrowErrorMatchingInlineSnapshot(
    `[StateError: fit: layers must be frozen and thawed before \`compile\`, got affine/kernel frozen after it; call \`compile\` again]`,
  );
  await expect(trainer.trainStep(one)).rejects.toThrow(StateError);
  await expect(trainer.evaluate(one)).resolves.toHaveProperty('loss');
  setTrainable(layers[0]!, true);
  const history = trainer.fit([one], { epochs: 2, onEpochEnd: () => setTrainable(layers[2]!, false) });
  await expect(history).rejects.toThrow('got affine_1/kernel frozen after it');
});
