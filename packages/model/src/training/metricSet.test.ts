import { type Backend, reference } from '@chainrule/compiler';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { auc, confusionMatrix, type Metric, sparseCategoricalAccuracy } from '@chainrule/metrics';
import { argmax, cast, equal, mean, ones, type Tensor, tensor, zeros } from '@chainrule/tensor';
import type { VariableLike } from '@chainrule/tensor/graph';
import { describe, expect, test } from 'vitest';
import type { FitOptions, Trainer } from './trainer.ts';
import { apply } from '../graph/apply.ts';
import { functional } from '../graph/functional.ts';
import { input } from '../graph/input.ts';
import { sequential } from '../graph/sequential.ts';
import { affine, descent, inBatches, twoBlobs, type TrainingBatch } from '../../testing/model.ts';
import type { TrainingOptions } from './trainingOptions.ts';
import type { Logs, TrainingMetric, TrainingMetrics } from './trainingMetric.ts';

const hit = (predictions: Tensor, labels: Tensor): Tensor =>
  cast(equal(argmax(predictions, { axis: -1 }), labels), 'float32');

function classifier(metrics: TrainingOptions['metrics'], options: Partial<TrainingOptions> = {}): Trainer {
  return sequential(input([2]), affine(2)).compile({
    optimizer: descent(0.3),
    loss: sparseCategoricalCrossEntropy,
    seed: 1,
    metrics: metrics ?? [],
    ...options,
  });
}

/** Counts updates and reads: `result` is the number of samples since the last reset. */
function watched(): Metric & { readonly calls: string[] } {
  const metric = confusionMatrix({ classes: 2 });
  const calls: string[] = [];
  const count = (): number =>
    metric
      .matrix()
      .flat()
      .reduce((a, b) => a + b, 0);
  return {
    ...metric,
    calls,
    result: () => (calls.push('result'), count()),
    reset: () => (calls.push('reset'), metric.reset()),
  };
}

/** Holds the variables that a program assigns as a GPU would: only waiting gives their values. */
function asynchronous(): Backend {
  const plain = reference();
  const held = new Map<VariableLike, { readonly version: number; readonly value: Tensor }>();
  return {
    name: 'asynchronous',
    prepare(program) {
      const executable = plain.prepare(program);
      return {
        ...executable,
        run(args) {
          held.forEach(({ version, value }, v) => v.version === version && v['~commit'](value));
          const results = executable.run(args);
          for (const v of program.assigns) held.set(v, { version: 0, value: v['~committed'] });
          held.forEach(({ value }, v) => {
            if (v['~committed'] !== value) return void held.delete(v);
            v['~reside'](
              () => expect.fail('did not wait'),
              () => Promise.resolve(value),
            );
            held.set(v, { version: v.version, value });
          });
          return results;
        },
      };
    },
  };
}

describe('names', () => {
  test('are the metrics’ own in a list, the keys in an object; loss comes first', async () => {
    const list = await classifier([sparseCategoricalAccuracy(), hit]).trainStep(twoBlobs(8));
    expect(Object.keys(list)).toEqual(['loss', 'sparseCategoricalAccuracy', 'hit']);
    const named = await classifier({ accuracy: sparseCategoricalAccuracy(), other: hit }).trainStep(twoBlobs(8));
    expect(Object.keys(named)).toEqual(['loss', 'accuracy', 'other']);
    expect(named['accuracy']).toBe(named['other']);
  });

  test('must be there, differ, and stand for different metrics', () => {
    expect(() => classifier([(p: Tensor, t: Tensor) => hit(p, t)])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: compile: \`metrics\` must have names, got a function without one; pass an object, \`{ name: metric }\`]`,
    );
    expect(() => classifier([auc(), auc()])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: compile: \`metrics\` must have different names, got auc twice; pass an object, \`{ name: metric }\`]`,
    );
    const one = sparseCategoricalAccuracy();
    expect(() => classifier({ a: one, b: one })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: compile: \`metrics\` must be different objects, got sparseCategoricalAccuracy twice; make one for each name]`,
    );
    expect(() => classifier({ a: hit, b: hit })).not.toThrow();
  });

  test('stand for different metrics across outputs, too', () => {
    const x = input([2]);
    const compiled = (metrics: Readonly<Record<'p' | 'q', TrainingMetric | TrainingMetrics>>): unknown =>
      functional(x, { p: apply(x, affine(2)), q: apply(x, affine(2)) }).compile({
        optimizer: descent(0.3),
        loss: { p: sparseCategoricalCrossEntropy, q: sparseCategoricalCrossEntropy },
        metrics,
      });
    const one = sparseCategoricalAccuracy();
    for (const metrics of [
      { p: [one], q: [one] },
      { p: one, q: { accuracy: one } },
    ])
      expect(() => compiled(metrics)).toThrow(
        'compile: `metrics` must be different objects, got sparseCategoricalAccuracy twice; make one for each name',
      );
    expect(() => compiled({ p: [one], q: [sparseCategoricalAccuracy()] })).not.toThrow();
    expect(() => compiled({ p: hit, q: hit })).not.toThrow();
  });
});

describe('a streaming metric', () => {
  test('is that of all samples of an epoch and of no other, whatever the batches', async () => {
    const size = watched();
    const history = await classifier([size, sparseCategoricalAccuracy()]).fit(twoBlobs(20), {
      batchSize: 8,
      epochs: 3,
    });
    expect(history.map((logs) => logs['confusionMatrix'])).toEqual([20, 20, 20]);
    expect(history[2]!['sparseCategoricalAccuracy']).toBeGreaterThan(0.9);
  });

  test('is no mean of means: the area under the curve of an epoch is that of its predictions as a whole', async () => {
    const data = twoBlobs(40);
    const y = tensor(
      Float32Array.from({ length: 40 }, (_, i) => Number(i % 3 === 0)),
      [40, 1],
    );
    const trainer = sequential(input([2]), affine(1)).compile({
      optimizer: descent(0),
      loss: (p) => mean(p),
      metrics: [auc()],
      seed: 3,
    });
    const whole = auc();
    whole.update(trainer.model.call(data.x), y);
    const parts = await Promise.all(
      inBatches({ x: data.x, y }, 8).map(async (batch) => (await trainer.trainStep({ ...batch }))['auc']!),
    );
    const { auc: found } = await trainer.evaluate({ x: data.x, y }, { batchSize: 8 });
    expect(found).toBe(whole.result());
    expect(parts.reduce((a, b) => a + b, 0) / 5).not.toBeCloseTo(whole.result(), 3);
  });

  test('tells onBatchEnd the state of the epoch, and is read once an epoch where nobody listens', async () => {
    const size = watched();
    const sizes: unknown[] = [];
    await classifier([size]).fit(twoBlobs(20), {
      batchSize: 8,
      epochs: 2,
      onBatchEnd: ({ logs }) => void sizes.push(logs['confusionMatrix']),
    });
    expect(sizes).toEqual([8, 16, 20, 8, 16, 20]);
    const unheard = watched();
    await classifier([unheard]).fit(twoBlobs(20), { batchSize: 8, epochs: 2 });
    expect(unheard.calls).toEqual(['reset', 'result', 'reset', 'result']);
  });

  test('weighs samples, and leaves out the padding of the last batch', async () => {
    const counts = confusionMatrix({ classes: 2 });
    const trainer = classifier([counts]);
    const totals = (): number[] => counts.matrix().map((row) => row[0]! + row[1]!);
    await trainer.evaluate(twoBlobs(7), { batchSize: 4 });
    expect(totals()).toEqual([4, 3]);
    const weighted: TrainingBatch = { ...twoBlobs(4), sampleWeight: tensor([1, 0, 2.5, 4]) };
    await trainer.evaluate(weighted, { batchSize: 3 });
    expect(totals()).toEqual([3.5, 4]);
    await trainer.trainStep(weighted);
    expect(totals()).toEqual([3.5, 4]);
  });

  test.each<[string, (run: () => Promise<Logs>) => FitOptions]>([
    ['validation', () => ({ validation: twoBlobs(6, 1) })],
    ['an evaluation after each batch', (run) => ({ onBatchEnd: async () => void (await run()) })],
    [
      'an evaluation of a callback in the list',
      (run) => ({ callbacks: [{ onBatchBegin: async () => void (await run()) }] }),
    ],
  ])('goes on after %s as if there had been none', async (_, options) => {
    const metrics = (): Metric[] => [sparseCategoricalAccuracy(), watched()];
    const [alone, disturbed] = [classifier(metrics()), classifier(metrics())];
    const expected = await alone.fit(twoBlobs(20), { batchSize: 8, epochs: 2, shuffle: false });
    const found = await disturbed.fit(twoBlobs(20), {
      batchSize: 8,
      epochs: 2,
      shuffle: false,
      ...options(() => disturbed.evaluate(twoBlobs(6, 1))),
    });
    expect(
      found.map(({ epoch, loss, sparseCategoricalAccuracy: accuracy, confusionMatrix: size }) => ({
        epoch,
        loss,
        sparseCategoricalAccuracy: accuracy,
        confusionMatrix: size,
      })),
    ).toEqual(expected);
  });

  test('of calls that run at one time is that of each alone', async () => {
    const trainer = classifier([watched()]);
    const found = await Promise.all([4, 6, 10].map((rows) => trainer.evaluate(twoBlobs(rows), { batchSize: 2 })));
    expect(found.map((logs) => logs['confusionMatrix'])).toEqual([4, 6, 10]);
    const [bad, good] = await Promise.allSettled([trainer.evaluate([]), trainer.evaluate(twoBlobs(4))]);
    expect([bad.status, good.status]).toEqual(['rejected', 'fulfilled']);
  });

  test('is waited for where a device holds its sums', async () => {
    const run = async (options: Partial<TrainingOptions>): Promise<unknown> => {
      const trainer = classifier({ accuracy: sparseCategoricalAccuracy(), hit, counts: watched() }, options);
      const seen: Logs[] = [];
      const history = await trainer.fit(twoBlobs(20), {
        batchSize: 8,
        epochs: 2,
        validation: twoBlobs(5, 1),
        onBatchEnd: ({ logs }) => void seen.push(logs),
      });
      return [seen, history, await trainer.evaluate(twoBlobs(9, 2), { batchSize: 4 })];
    };
    expect(await run({ backend: asynchronous() })).toEqual(await run({}));
  });
});

describe('a function as a metric', () => {
  test('is summed up as the weighted mean of its values, of samples or positions', async () => {
    const perPosition = (p: Tensor): Tensor => cast(ones(p.shape), 'float32');
    const trainer = classifier({ label: (_, t) => t, perPosition });
    const data = { ...twoBlobs(4), sampleWeight: tensor([1, 1, 0, 2]) };
    expect(await trainer.evaluate(data, { batchSize: 3 })).toMatchObject({ label: 3 / 4, perPosition: 1 });
  });

  test('must give a number for each sample', async () => {
    const trainer = classifier({ wrong: (_predictions) => zeros([]) });
    await expect(trainer.trainStep(twoBlobs(4))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: wrong: \`metrics\` must give a number for each of 4 samples, got shape []]`,
    );
  });
});
