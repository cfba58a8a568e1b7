import { tensor, zeros } from '@chainrule/tensor';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { describe, expect, test } from 'vitest';
import { input } from './input.ts';
import { sequential, type Sequential } from './sequential.ts';
import { affine, descent, noise, twoBlobs } from '../../testing/model.ts';
import { getWeights, setTrainable, setWeights } from './weights.ts';

const small = (seed: number): Sequential => sequential(input([2]), affine(2), noise(), affine(2)).build({ seed });
const values = (model: Sequential): unknown => model.variables().map(({ value }) => value.value.toArray());

describe('getWeights and setWeights', () => {
  test('carry all variables from one model to another, by name', () => {
    const [a, b] = [small(1), small(2)];
    expect(Object.keys(getWeights(a))).toEqual([
      'affine/kernel',
      'affine/bias',
      'noise/count',
      'affine_1/kernel',
      'affine_1/bias',
    ]);
    setWeights(b, getWeights(a));
    expect(values(b)).toEqual(values(a));
  });

  test('are a snapshot that training leaves alone', async () => {
    const model = small(1);
    const before = getWeights(model);
    const kept = before['affine/kernel']!.toArray();
    await model.compile({ optimizer: descent(0.1), loss: sparseCategoricalCrossEntropy }).trainStep(twoBlobs(4));
    expect(before['affine/kernel']!.toArray()).toEqual(kept);
    expect(getWeights(model)['affine/kernel']!.toArray()).not.toEqual(kept);
  });

  test('assign all or nothing', () => {
    const model = small(1);
    const before = values(model);
    const weights = getWeights(small(2));
    const { 'affine/bias': _, ...without } = weights;
    expect(() => setWeights(model, without)).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: setWeights: needs a value for every variable and no other; missing: affine/bias; left over: none]`,
    );
    expect(() => setWeights(model, { ...without, toString: zeros([1]) })).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: setWeights: needs a value for every variable and no other; missing: affine/bias; left over: toString]`,
    );
    expect(() => setWeights(model, { ...weights, 'affine_1/bias': zeros([3]) })).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: setWeights: affine_1/bias must be float32 [2], got float32 [3]]`,
    );
    expect(() =>
      setWeights(model, { ...weights, 'affine_1/bias': zeros([2], 'float64') }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: setWeights: affine_1/bias must be float32 [2], got float64 [2]]`,
    );
    expect(values(model)).toEqual(before);
  });
});

describe('setTrainable', () => {
  const flags = (model: Sequential): boolean[] => model.variables().map(({ value }) => value.trainable);

  test('freezes a layer and thaws it; moving statistics stay untrainable', async () => {
    const model = small(1);
    const built = flags(model);
    expect(built).toEqual([true, true, false, true, true]);
    for (const layer of model.layers.slice(0, 2)) setTrainable(layer, false);
    expect(flags(model)).toEqual([false, false, false, true, true]);
    const [kernel, , count, head] = model.variables().map(({ value }) => value);
    const before = [kernel, head].map((v) => v!.value.toArray());
    await model.compile({ optimizer: descent(0.1), loss: sparseCategoricalCrossEntropy }).trainStep(twoBlobs(4));
    expect(kernel!.value.toArray()).toEqual(before[0]);
    expect(head!.value.toArray()).not.toEqual(before[1]);
    expect(count!.value.item()).toBe(1);
    for (const layer of model.layers) setTrainable(layer, true);
    expect(flags(model)).toEqual(built);
  });

  test('leaves something to train, or training throws', async () => {
    const model = small(1);
    model.trainable = false;
    const trainer = model.compile({ optimizer: descent(0.1), loss: sparseCategoricalCrossEntropy });
    expect((await trainer.evaluate(twoBlobs(4))).loss).toBeGreaterThan(0);
    await expect(trainer.trainStep(twoBlobs(4))).rejects.toThrow(
      'fit: a model must have weights to train, got one whose layers are all frozen; thaw some',
    );
  });

  test('can be said twice, and again after a thaw, which thaws variables frozen by themselves, as in Keras', () => {
    const model = small(1);
    const [layer] = model.layers;
    for (const trainableNow of [false, false, true, true, false, true]) setTrainable(layer!, trainableNow);
    expect(flags(model)[0]).toBe(true);
    model.variables()[1]!.value.trainable = false;
    setTrainable(layer!, false);
    setTrainable(layer!, true);
    expect(flags(model)).toEqual([true, true, false, true, true]);
  });

  test('freezes layers before they are built', () => {
    const [first, second] = [affine(2), affine(2)];
    setTrainable([first, second], false);
    second.trainable = true;
    expect(flags(sequential(input([2]), first, second).build())).toEqual([false, false, true, true]);
  });

  test('freezes whole models', () => {
    const model = small(1);
    setTrainable(model, false);
    expect([flags(model), model.trainable]).toEqual([[false, false, false, false, false], false]);
    model.trainable = true;
    expect(flags(model)).toEqual([true, true, false, true, true]);
  });

  test('refuses values that are not layers, also in a list', () => {
    expect(() => setTrainable([affine(2), 'head' as never], false)).toThrow(
      'setTrainable: `layers[1]` must be a layer',
    );
    expect(() => setTrainable(affine as never, false)).toThrow('setTrainable: `layers` must be a layer');
  });
});

test('weights of a trained layer go on from what was set', async () => {
  const model = sequential(input([2]), affine(2)).build();
  const trainer = model.compile({ optimizer: descent(0.1), loss: sparseCategoricalCrossEntropy });
  await trainer.trainStep(twoBlobs(4));
  setWeights(model, { 'affine/kernel': zeros([2, 2]), 'affine/bias': tensor([3, 3]) });
  expect((await trainer.predict(zeros([1, 2]))).toArray()).toEqual([[3, 3]]);
});
