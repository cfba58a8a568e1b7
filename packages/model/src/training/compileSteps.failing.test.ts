import { TrainingError } from '@chainrule/errors';
import { meanSquaredError, type TrainingLoss, sparseCategoricalCrossEntropy } from '@chainrule/losses';
import * as metrics from '@chainrule/metrics';
import { adam, sgd } from '@chainrule/optim';
import { add, div, log, mean, mul, sqrt, sub, sum, tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import type { Trainer } from './trainer.ts';
import { earlyStopping } from '../callbacks/earlyStopping.ts';
import { input } from '../graph/input.ts';
import { sequential } from '../graph/sequential.ts';
import { affine, bend, noise, type TrainingBatch } from '../../testing/model.ts';
import type { TrainingOptions } from './trainingOptions.ts';
import { encodeCheckpoint } from '../files/trainingState.ts';

const good: TrainingBatch = {
  x: tensor([
    [1, 2],
    [3, 4],
  ]),
  y: tensor([[1], [0]]),
};
const start = (options: Partial<TrainingOptions> = {}): Trainer =>
  sequential(input([2]), affine(3), noise(), bend(), affine(1)).compile({
    optimizer: adam(),
    loss: meanSquaredError,
    metrics: [metrics.meanSquaredError()],
    seed: 4,
    ...options,
  });

/** Everything that training goes on from. */
const stateOf = async (trainer: Trainer): Promise<string> => String(await encodeCheckpoint(trainer));

const failures: readonly (readonly [string, TrainingBatch, Partial<TrainingOptions>])[] = [
  ['NaN in the targets', { ...good, y: tensor([[NaN], [0]]) }, {}],
  [
    'NaN in the samples',
    {
      ...good,
      x: tensor([
        [1, NaN],
        [3, 4],
      ]),
    },
    {},
  ],
  ['an infinite loss', { ...good, y: tensor([[1e38], [0]]) }, {}],
  ['a finite loss with gradients of NaN', good, { loss: (p) => mean(sqrt(mul(p, 0))) }],
  ['weights that overflow', good, { optimizer: sgd({ learningRate: 1e38 }), loss: (p) => mul(sum(p), 1e30) }],
  ['moments that overflow', good, { loss: (p) => mul(sum(p), 1e30) }],
];

describe('a step that fails', () => {
  test.each(failures)(
    'by %s leaves weights, optimizer, random state and number of steps as they were',
    async (_, batch, options) => {
      const trainer = start(options);
      const before = await stateOf(trainer);
      await expect(trainer.trainStep(batch)).rejects.toThrow(
        /^trainStep: the .* must be finite, got .*the weights from before stay; /,
      );
      await expect(trainer.fit([batch])).rejects.toThrow(TrainingError);
      expect([await stateOf(trainer), trainer.steps]).toEqual([before, 0]);
    },
  );

  test('says where, and carries the history; what it trained before stays', async () => {
    const [trainer, other] = [start(), start()];
    const data = [good, { ...good, y: tensor([[2], [1]]) }];
    const history = await other.fit(data, { epochs: 2 });
    await other.trainStep(good);
    let epoch = 0;
    const poisoned = {
      *[Symbol.iterator]() {
        yield good;
        yield epoch < 2 ? data[1]! : { ...good, y: tensor([[NaN], [0]]) };
      },
    };
    const error = await trainer
      .fit(poisoned, { epochs: 5, onEpochEnd: () => void epoch++ })
      .catch((e: unknown) => e as TrainingError);
    expect(error).toMatchObject({ name: 'TrainingError', epoch: 2, batch: 1, history });
    expect(await stateOf(trainer)).toBe(await stateOf(other));
    await trainer.trainStep(good);
    expect(trainer.steps).toBe(6);
  });

  test('lets callbacks put the best weights back', async () => {
    const trainer = start();
    const kernel = trainer.model.variables()[0]!.value;
    let best: unknown;
    const fit = trainer.fit([good], {
      epochs: 9,
      validation: good,
      callbacks: [earlyStopping({ patience: 9, mode: 'max', restoreBestWeights: true })],
      onEpochEnd({ epoch }) {
        if (epoch === 0) best = kernel.value.toArray();
        if (epoch === 3) kernel.assign(tensor(new Float32Array(6).fill(NaN), [2, 3]));
      },
    });
    await expect(fit).rejects.toThrow(TrainingError);
    expect(kernel.value.toArray()).toEqual(best);
  });
});

describe('an onTrainError that throws', () => {
  test('does not hide the cause, and all callbacks hear of it', async () => {
    const heard: unknown[] = [];
    const listen = { onTrainError: (error: unknown) => void heard.push(error) };
    const fail = (text: string) => ({ onTrainError: () => Promise.reject(new Error(text)) });
    const error = await start()
      .fit([failures[0]![1]], { callbacks: [fail('disk full'), listen, fail('no terminal'), listen] })
      .catch((e: unknown) => e as AggregateError);
    expect(error).toBeInstanceOf(AggregateError);
    const { errors, cause, message } = error as AggregateError;
    expect([cause, heard, errors.map(String)]).toEqual([
      errors[0],
      [cause, cause],
      [String(cause), 'Error: disk full', 'Error: no terminal'],
    ]);
    expect(cause).toBeInstanceOf(TrainingError);
    expect(message).toMatch(
      /^fit: the loss must be finite, got NaN in .*; then `onTrainError` failed: disk full; no terminal$/,
    );
  });
});

describe('a batch in which nothing counts', () => {
  const nothing: TrainingBatch = { ...good, sampleWeight: tensor([0, 0]) };

  test('changes nothing and counts for nothing', async () => {
    const [with_, without] = [start(), start()];
    const weighted = { ...good, sampleWeight: tensor([1, 3]) };
    const expected = await without.fit([weighted, good], { epochs: 3 });
    const found = await with_.fit([nothing, weighted, { ...nothing, y: tensor([[NaN], [Infinity]]) }, good, nothing], {
      epochs: 3,
    });
    expect([found, with_.steps, await stateOf(with_)]).toEqual([expected, 6, await stateOf(without)]);
    expect(await with_.trainStep(nothing)).toEqual({ loss: NaN, meanSquaredError: NaN });
    expect(await with_.evaluate([nothing, weighted, nothing])).toEqual(await with_.evaluate([weighted]));
    expect((await with_.evaluate(nothing))['loss']).toBeNaN();
    expect(await stateOf(with_)).toBe(await stateOf(without));
  });

  test('is also one of ignored labels only', async () => {
    const labels = (...y: number[]): TrainingBatch => ({
      x: tensor([
        [1, 2],
        [3, 4],
      ]),
      y: tensor(y, undefined, 'int32'),
    });
    const loss: TrainingLoss = (p, t, o) => sparseCategoricalCrossEntropy(p, t, { ...o, ignoreIndex: -1 });
    const [with_, without] = [0, 1].map((): Trainer =>
      sequential(input([2]), affine(3)).compile({ optimizer: adam(), loss }),
    ) as [Trainer, Trainer];
    const expected = await without.fit([labels(0, 1), labels(-1, 2)], { epochs: 2 });
    expect(await with_.fit([labels(0, 1), labels(-1, -1), labels(-1, 2)], { epochs: 2 })).toEqual(expected);
    expect(await stateOf(with_)).toBe(await stateOf(without));
    const { loss: all } = await with_.evaluate([labels(0, 1), labels(-1, -1), labels(-1, 2)]);
    expect(all).toBeCloseTo(
      (2 * (await with_.evaluate([labels(0, 1)]))['loss']! + (await with_.evaluate([labels(-1, 2)]))['loss']!) / 3,
      6,
    );
  });

  test('is left out of losses that make NaN of it', async () => {
    const trainer = start({
      loss: (p, t, { sampleWeight: w }) => div(sum(mul(mean(sub(p, t), { axis: -1 }), w!)), sum(w!)),
    });
    const before = await stateOf(trainer);
    expect((await trainer.trainStep(nothing))['loss']).toBeNaN();
    expect(await stateOf(trainer)).toBe(before);
  });

  test('must not be all that there is', async () => {
    await expect(start().fit([nothing])).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ValueError: fit: at least one sample of an epoch must count, got only weights of 0, padding or ignored labels]`,
    );
  });
});

describe('a sample of weight 0', () => {
  test.each([NaN, Infinity, -Infinity])('does not matter, be its target or features %d', async (wrong) => {
    const sampleWeight = tensor([0, 2]);
    const run = async (x: number, y: number): Promise<unknown> => {
      const trainer = start();
      const batch: TrainingBatch = {
        x: tensor([
          [x, 2],
          [3, 4],
        ]),
        y: tensor([[y], [0]]),
        sampleWeight,
      };
      return [
        await trainer.fit([batch, good], { epochs: 2 }),
        await trainer.evaluate(batch),
        await trainer.trainStep(batch),
        await stateOf(trainer),
      ];
    };
    const expected = await run(0, 0);
    expect(await run(0, wrong)).toEqual(expected);
    expect(await run(wrong, 0)).toEqual(expected);
  });

  test('keeps its features where they are finite: layers that look at the whole batch see them', async () => {
    const whole = sequential(input([1]), affine(1)).compile({
      optimizer: sgd({ learningRate: 0 }),
      loss: (p, t) => sum(add(p, mul(t, 0))),
    });
    whole.model.variables()[0]!.value.assign(tensor([[1]]));
    expect(
      (await whole.trainStep({ x: tensor([[5], [7]]), y: tensor([[0], [0]]), sampleWeight: tensor([0, 1]) }))['loss'],
    ).toBe(12);
  });
});

test('losses of logarithms survive missing targets', async () => {
  const trainer = start({ loss: (p, t, o) => meanSquaredError(p, log(t), o) });
  const { loss } = await trainer.trainStep({ x: good.x, y: tensor([[-1], [1]]), sampleWeight: tensor([0, 1]) });
  expect(loss).toBeGreaterThan(0);
});
