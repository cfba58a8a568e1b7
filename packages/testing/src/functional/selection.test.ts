// Cross-validation and searches over models with several inputs and outputs.
import { kFold } from '@chainrule/data-loaders';
import { dense } from '@chainrule/layers-dense';
import { concatenate } from '@chainrule/layers-merge';
import { meanSquaredError } from '@chainrule/losses';
import { type AnyFunctional, apply, functional, input } from '@chainrule/model';
import { crossValidate, gridSearch, type Trial } from '@chainrule/model-selection';
import { sgd } from '@chainrule/optim';
import { Generator, ones, randomNormal } from '@chainrule/tensor';
import { expect, test } from 'vitest';

const rows = 12;
const data = {
  x: { left: randomNormal(new Generator(1), [rows, 2]), right: randomNormal(new Generator(2), [rows, 3]) },
  y: [randomNormal(new Generator(3), [rows, 1]), randomNormal(new Generator(4), [rows, 2])],
  sampleWeight: [ones([rows]), ones([rows])],
};

function twoInputs(units: number): AnyFunctional {
  const [left, right] = [input([2], { name: 'left' }), input([3], { name: 'right' })];
  const hidden = apply([left, right], concatenate(), dense(units));
  return functional({ left, right }, [apply(hidden, dense(1)), apply(hidden, dense(2))]);
}

const options = { optimizer: sgd({ learningRate: 0.01 }), loss: [meanSquaredError, meanSquaredError] };
const trial: Trial<{ units: number }> = {
  build: ({ units }, { seed }) => twoInputs(units).compile({ seed, ...options }),
  data,
  folds: kFold(rows, { folds: 3 }),
  fit: { epochs: 2 },
};

test('trials take trees of tensors', async () => {
  const { scores } = await crossValidate(trial, { units: 2 });
  expect(scores).toHaveLength(3);
  for (const score of scores) expect(score).toBeGreaterThan(0);
  const { best, trainer } = await gridSearch(trial, { units: [1, 4] });
  expect([1, 4]).toContain(best.settings.units);
  expect((await trainer!.evaluate(data as never))['loss']).toBeGreaterThan(0);
});

const message =
  'crossValidate: `build` must make new weights at each call, got some that an earlier training has changed';

test('a model that is made outside of build is refused', async () => {
  const model = twoInputs(2);
  const outside = { ...trial, build: () => model.compile(options) };
  await expect(crossValidate(outside, { units: 2 })).rejects.toThrow(message);
  const trainer = twoInputs(2).compile(options);
  await expect(gridSearch({ ...trial, build: () => trainer }, { units: [2] })).rejects.toThrow(message);
});

test('models may share layers that are frozen, and no others', async () => {
  const shared = dense(2);
  const build = (): ReturnType<AnyFunctional['compile']> => {
    const [left, right] = [input([2], { name: 'left' }), input([3], { name: 'right' })];
    const hidden = apply([left, right], concatenate(), shared);
    return functional({ left, right }, [apply(hidden, dense(1)), apply(hidden, dense(2))]).compile(options);
  };
  await expect(crossValidate({ ...trial, build }, { units: 2 })).rejects.toThrow(message);
  shared.trainable = false;
  expect((await crossValidate({ ...trial, build }, { units: 2 })).scores).toHaveLength(3);
});
