import { inspect } from 'node:util';
import type { Layer } from '@chainrule/layers-core';
import { matmul, type Tensor, tensor, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { input } from './input.ts';
import { sequential, type Sequential } from './sequential.ts';
import { affine, bend, noise } from '../../testing/model.ts';

const names = (model: Sequential): string[] => model.variables().map(({ name }) => name);
const weights = (model: Sequential): number[] => model.variables().flatMap(({ value }) => [...value.value.data]);

describe('sequential', () => {
  test('runs its layers one after the other', () => {
    const model = sequential(input([3]), affine(4), affine(2)).build({ seed: 1 });
    const [first, , second] = model.trainableVariables().map((v) => v.value) as [Tensor, Tensor, Tensor];
    const x = tensor([
      [1, 2, 3],
      [0, -1, 1],
    ]);
    expect(model.call(x).toArray()).toEqual(matmul(matmul(x, first), second).toArray());
  });

  test('knows the shapes between the layers before it is built', () => {
    const model = sequential(input([3]), affine(4), bend(), affine(2));
    const names = ['input', 'affine', 'bend', 'affine_1'];
    expect(names.map((name) => model.output(name).shape)).toEqual([[3], [4], [4], [2]]);
    expect(model.outputs.shape).toEqual([2]);
  });

  test('numbers layers of equal names, as Keras does', () => {
    expect(names(sequential(input([3]), affine(4), bend(), affine(2), affine(1)).build())).toEqual([
      'affine/kernel',
      'affine/bias',
      'affine_1/kernel',
      'affine_1/bias',
      'affine_2/kernel',
      'affine_2/bias',
    ]);
  });

  test('keeps names apart also where one is given that looks numbered', () => {
    const model = sequential(input([3]), affine(3, { name: 'affine_1' }), affine(3), affine(3)).build();
    expect(names(model).filter((name) => name.endsWith('kernel'))).toEqual([
      'affine_1/kernel',
      'affine/kernel',
      'affine_2/kernel',
    ]);
    const other = sequential(input([3]), affine(3), affine(3), affine(3, { name: 'affine_1' })).build();
    expect(new Set(names(other)).size).toBe(6);
  });

  test('gives layers of one shape weights of their own', () => {
    const [a, , b] = sequential(input([3]), affine(3), affine(3))
      .build()
      .trainableVariables();
    expect(a!.value.toArray()).not.toEqual(b!.value.toArray());
  });

  test('starts alike bit for bit from the same seed, and otherwise from another', () => {
    const start = (seed?: number): number[] =>
      weights(sequential(input([3]), affine(4), affine(2)).build(seed === undefined ? {} : { seed }));
    expect(start(7)).toEqual(start(7));
    expect(start(7)).not.toEqual(start(8));
    expect(start()).toEqual(start(0));
  });

  test('keeps the first weights of a layer when others are added after it', () => {
    const kernel = (...more: Layer[]): unknown =>
      sequential(input([3]), affine(4), ...more)
        .build({ seed: 3 })
        .variables()[0]!
        .value.value.toArray();
    expect(kernel(affine(2))).toEqual(kernel());
  });

  test('is built once', () => {
    const model = sequential(input([3]), affine(4)).build({ seed: 1 });
    const before = weights(model);
    expect(model.build({ seed: 2 })).toBe(model);
    expect(weights(model)).toEqual(before);
  });

  test('makes its weights in the dtype asked for', () => {
    const model = sequential(input([3]), affine(4)).build({ dtype: 'float64' });
    expect(model.variables().map(({ value }) => value.dtype)).toEqual(['float64', 'float64']);
    expect(model.call(zeros([1, 3], 'float64')).dtype).toBe('float64');
  });

  test('tells layers whether it is training, and gives them random numbers of their own', () => {
    const model = sequential(input([2]), noise(), noise()).build({ seed: 1 });
    const x = zeros([1, 2]);
    expect(model.call(x).toArray()).toEqual([[0, 0]]);
    const [first, second] = [model.call(x, { training: true }), model.call(x, { training: true })];
    expect(first.toArray()).not.toEqual(second.toArray());
    expect(model.variables().map(({ value }) => value.value.item())).toEqual([2, 2]);
    expect(model.rng.counter.value.item()).toBe(4);
  });

  test('counts its parameters', () => {
    const model = sequential(input([3]), affine(4), noise(), affine(2)).build();
    expect(model.countParameters()).toEqual({ total: 16 + 10 + 1, trainable: 26 });
    expect(model.trainableVariables()).toHaveLength(4);
  });

  test('prints its shapes before it is built, with ? for numbers of parameters', () => {
    const model = sequential(input([3]), affine(4));
    expect(`\n${model.summary()}\n`).toMatchInlineSnapshot(`
      "
      Layer (type)     Output shape  Param #
      ──────────────────────────────────────
      affine (affine)  [?,4]               ?
      ──────────────────────────────────────
      Total params: ?
      Trainable params: ?
      Non-trainable params: ?
      "
    `);
    expect(model.build().summary()).toBe(
      sequential(input([3]), affine(4))
        .build()
        .summary(),
    );
  });

  test('prints a table of its layers', () => {
    expect(
      `\n${sequential(input([300]), affine(1000), noise(), bend(), affine(2, { name: 'head' }))
        .build()
        .summary()}\n`,
    ).toMatchInlineSnapshot(`
      "
      Layer (type)     Output shape  Param #
      ──────────────────────────────────────
      affine (affine)  [?,1000]      301,000
      noise (noise)    [?,1000]            1
      bend (bend)      [?,1000]            0
      head (affine)    [?,2]           2,002
      ──────────────────────────────────────
      Total params: 303,003
      Trainable params: 303,002
      Non-trainable params: 1
      "
    `);
  });
});

describe('sequential refuses', () => {
  test('to be used before it is built', () => {
    const model = sequential(input([3]), affine(4));
    expect(() => model.call(zeros([1, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[StateError: sequential: must be built before it is used; call \`build\`, or \`compile\`, which does]`,
    );
    for (const use of [
      () => model.variables(),
      () => model.trainableVariables(),
      () => model.countParameters(),
      () => model.rng,
    ]) {
      expect(use).toThrow('must be built before it is used');
    }
  });

  test('to be empty, and the same layer twice', () => {
    expect(() => sequential(input([3]))).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: sequential: \`layers\` must be at least one layer, got []; write \`sequential(input, dense(1))\`]`,
    );
    const shared = affine(3);
    expect(() => sequential(input([3]), shared, bend(), shared)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: sequential: layers 0 and 2 are one and the same (affine); make a layer for each place, or share one with \`apply\`]`,
    );
  });

  test('inputs without samples', () => {
    expect(() => input([28, 0])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: input: \`shape\` must hold positive integers, or null for sizes that differ, without the batch, got [28,0]]`,
    );
    expect(() => input([2.5])).toThrow('input: `shape` must hold positive integers');
    expect(input([]).shape).toEqual([]);
  });

  test('data of another shape, in the name of the layer', () => {
    expect(() =>
      sequential(input([3]), affine(4))
        .build()
        // @ts-expect-error known shapes are also checked at compile time
        .call(zeros([1, 5])),
    ).toThrowErrorMatchingInlineSnapshot(`[ShapeError: affine: columns of [1,5] must match rows of [3,4]]`);
  });
});

test('a model is shown by its summary', () => {
  const model = sequential(input([3]), affine(4));
  expect([inspect(model), String(model)]).toEqual([model.summary(), model.summary()]);
});
