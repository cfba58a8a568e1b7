// Values of Keras, which scripts/golden/functional.py writes.
import { readFileSync } from 'node:fs';
import type { Layer } from '@chainrule/layers-core';
import { dense } from '@chainrule/layers-dense';
import * as merge from '@chainrule/layers-merge';
import { batchNormalization } from '@chainrule/layers-normalization';
import { meanSquaredError, sparseCategoricalCrossEntropy } from '@chainrule/losses';
import {
  type AnyTrainer,
  apply,
  functional,
  input,
  type Model,
  type SamplesTree,
  setTrainable,
  setWeights,
} from '@chainrule/model';
import { sgd } from '@chainrule/optim';
import { Generator, tanh, tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';

type Values = number | readonly Values[];
type Weights = Readonly<Record<string, Values>>;

interface MergeCase {
  readonly layer: keyof typeof merge;
  readonly args: readonly unknown[];
  readonly inputs: readonly Values[];
  readonly masks: readonly (readonly boolean[][] | null)[];
  readonly output: Values;
  readonly mask: readonly boolean[][] | null;
}

interface Training {
  readonly weights: Weights;
  readonly x: SamplesTree;
  readonly y: SamplesTree;
  readonly sampleWeight: SamplesTree | null;
  readonly steps: readonly { readonly logs: Readonly<Record<string, number>>; readonly weights: Weights }[];
  readonly predicted: unknown;
}

const golden = JSON.parse(readFileSync(new URL('keras.json', import.meta.url), 'utf8')) as {
  readonly merges: readonly MergeCase[];
} & Readonly<Record<'siamese' | 'twoOutputs' | 'frozen', Training>>;

const numbers = (values: unknown): number[] => [values].flat(Infinity) as number[];
const listed = (value: unknown): number[] =>
  typeof value === 'object' && value !== null && 'data' in value ? [...(value as Tensor).data] : numbers(value);

function close(found: readonly number[], expected: readonly number[], digits: number): void {
  expect(found).toHaveLength(expected.length);
  found.forEach((v, i) => expect(v).toBeCloseTo(expected[i]!, digits));
}

/** Trains on the data of Keras, and compares logs, weights and predictions. */
async function follows(model: Model, trainer: AnyTrainer, data: Training): Promise<void> {
  const asTensors = (weights: Weights): Record<string, Tensor> =>
    Object.fromEntries(Object.entries(weights).map(([name, values]) => [name, tensor(values as never)]));
  setWeights(model, asTensors(data.weights));
  const { x, y, sampleWeight } = data;
  for (const { logs, weights } of data.steps) {
    const found = await trainer.trainStep({ x, y, ...(sampleWeight && { sampleWeight }) });
    for (const [name, value] of Object.entries(logs))
      expect(found[name.replace('_loss', 'Loss')]).toBeCloseTo(value, 4);
    for (const { name, value } of model.variables()) close([...value.value.data], numbers(weights[name]), 4);
  }
  const predicted = await trainer.predict(x);
  const parts = (tree: unknown): unknown[] =>
    'data' in (tree as object) || Array.isArray(tree) ? [tree] : Object.values(tree as object);
  parts(predicted).forEach((part, i) => close(listed(part), numbers(parts(data.predicted)[i]), 4));
}

describe('as in Keras:', () => {
  test.each(golden.merges.map((one, i) => [`${one.layer} ${JSON.stringify(one.args)}, case ${i}`, one] as const))(
    '%s: values and mask',
    (_, { layer: name, args, inputs, masks, output, mask }) => {
      const layer = (merge[name] as (...all: readonly unknown[]) => Layer)(...args);
      const values = inputs.map((data, i) => ({
        data: tensor(data as never) as Tensor,
        ...(masks[i] && { mask: tensor(masks[i] as never, undefined, 'bool') as Tensor }),
      }));
      const [found] = layer.call(values, { training: false, rng: new Generator(1) });
      const expected = tensor(output as never) as Tensor;
      expect(found!.data.shape).toEqual(expected.shape);
      expect(layer.outputShape(values.map(({ data }) => data.shape))).toEqual([expected.shape]);
      close([...found!.data.data], [...expected.data], 5);
      // Keras makes a mask that is all true where ours is undefined.
      const isAll = (m: typeof mask): boolean => m === null || m.flat().every(Boolean);
      if (isAll(mask)) expect(found!.mask === undefined || found!.mask.data.every((v) => v === 1)).toBe(true);
      else expect(found!.mask!.toArray()).toEqual(mask);
    },
  );

  test('a Siamese net whose branches share batch normalization', async () => {
    const [left, right] = [input([3], { name: 'left' }), input([3], { name: 'right' })];
    const [hidden, norm] = [
      dense(4, { activation: tanh, name: 'hidden' }),
      batchNormalization({ momentum: 0.5, name: 'norm' }),
    ];
    const joined = apply(
      [apply(left, hidden, norm), apply(right, hidden, norm)],
      merge.subtract(),
      dense(1, { name: 'head' }),
    );
    const model = functional({ left, right }, joined);
    const trainer = model.compile({ optimizer: sgd({ learningRate: 0.05 }), loss: meanSquaredError });
    await follows(model, trainer, golden.siamese);
  });

  test.each(['twoOutputs', 'frozen'] as const)(
    'losses, loss weights and sample weights of two outputs: %s',
    async (name) => {
      const start = input([3]);
      const norm = batchNormalization({ name: 'norm', momentum: 0.9 });
      const hidden = apply(start, dense(4, { name: 'hidden' }), norm);
      const outputs = {
        kind: apply(hidden, dense(3, { name: 'kind' })),
        size: apply(hidden, dense(1, { name: 'size' })),
      };
      const model = functional(start, outputs);
      setTrainable(norm, name !== 'frozen');
      const trainer = model.compile({
        optimizer: sgd({ learningRate: 0.05 }),
        loss: { kind: sparseCategoricalCrossEntropy, size: meanSquaredError },
        lossWeights: { kind: 0.7, size: 2 },
      });
      await follows(model, trainer, golden[name]);
    },
  );
});
