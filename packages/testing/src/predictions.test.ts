import { conv1d, globalAveragePool1d } from '@chainrule/layers-conv';
import { activation, dense, dropout, flatten, rescaling, reshape } from '@chainrule/layers-dense';
import type { Layer } from '@chainrule/layers-core';
import { average } from '@chainrule/layers-merge';
import { timeDistributed } from '@chainrule/layers-recurrent';
import { binaryCrossEntropy, meanSquaredError, sparseCategoricalCrossEntropy, withOptions } from '@chainrule/losses';
import {
  auc,
  binaryAccuracy,
  confusionMatrix,
  fScore,
  perplexity,
  precision,
  recall,
  sparseCategoricalAccuracy,
} from '@chainrule/metrics';
import {
  apply,
  functional,
  input,
  sequentialOf,
  type SymbolicTensor,
  type Trainer,
  type TrainingOptions,
} from '@chainrule/model';
import { sgd } from '@chainrule/optim';
import { logSoftmax, relu, sigmoid, softmax, tanh, tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';

const compile = (layers: readonly unknown[], options: Partial<TrainingOptions>): Trainer =>
  sequentialOf(input([2]), layers as readonly Layer[]).compile({
    optimizer: sgd(),
    loss: binaryCrossEntropy,
    ...options,
  });
const probabilities = withOptions(binaryCrossEntropy, { fromLogits: false });

describe('a loss of logits', () => {
  test.each([
    ['sigmoid', [dense(1, { activation: sigmoid })]],
    ['sigmoid', [dense(1), activation(sigmoid)]],
    ['softmax', [dense(4, { activation: softmax }), reshape([2, 2])]],
    ['sigmoid', [dense(4), activation(sigmoid), flatten()]],
    ['sigmoid', [dense(4, { activation: sigmoid }), dropout(0.1)]],
    ['sigmoid', [reshape([2, 1]), timeDistributed(dense(1, { activation: sigmoid })), globalAveragePool1d()]],
  ])('refuses a model that ends with %s, and says how to go on', (name, layers) => {
    expect(() => compile(layers, {})).toThrow(
      `compile: \`loss\` takes logits, but the model ends with \`${name}\`; remove that activation, or pass \`withOptions(binaryCrossEntropy, { fromLogits: false })\``,
    );
  });

  test('takes other ends, and probabilities where it is told so', () => {
    for (const layers of [
      [dense(1)],
      [dense(1, { activation: sigmoid }), dense(1)],
      [dense(2, { activation: logSoftmax })],
      [dense(1), dropout(0.5)],
    ]) {
      expect(compile(layers, {}).steps).toBe(0);
    }
    expect(compile([dense(1, { activation: sigmoid })], { loss: probabilities }).steps).toBe(0);
    expect(compile([dense(1, { activation: sigmoid })], { loss: meanSquaredError }).steps).toBe(0);
    expect(compile([dense(1, { activation: sigmoid })], { loss: (p, t) => binaryCrossEntropy(p, t) }).steps).toBe(0);
  });

  test('looks through merges, whose inputs must all be probabilities', () => {
    const x = input([2]);
    const branch = (bounded: boolean): SymbolicTensor =>
      apply(x, dense(1, bounded ? { activation: sigmoid } : {}), flatten());
    const joined = (...parts: readonly SymbolicTensor[]): unknown =>
      functional(x, apply(parts, average())).compile({ optimizer: sgd(), loss: binaryCrossEntropy });
    expect(() => joined(branch(true), branch(true))).toThrow('but the model ends with `sigmoid`');
    expect(joined(branch(true), branch(false))).toBeDefined();
    expect(
      joined(
        branch(true),
        apply(
          x,
          activation((v) => v),
        ),
      ),
    ).toBeDefined();
  });
});

describe('a loss of probabilities', () => {
  test.each([
    ['`dense` without an activation', [dense(1)]],
    ['`dense` without an activation', [dense(4, { activation: sigmoid }), dense(1), dropout(0.5)]],
    ['`tanh`', [dense(1), activation(tanh)]],
    ['`relu`', [dense(1, { activation: relu }), flatten()]],
    ['`conv1d` without an activation', [reshape([2, 1]), conv1d({ filters: 1, kernelSize: 2 }), flatten()]],
  ])('refuses a model that ends with %s', (end, layers) => {
    expect(() => compile(layers, { loss: probabilities })).toThrow(
      `compile: \`loss\` takes probabilities, but the model ends with ${end}; add a \`sigmoid\` or a \`softmax\`, or let the loss take logits, as \`binaryCrossEntropy\` does without \`fromLogits: false\``,
    );
  });

  test('takes functions and layers that it does not know', () => {
    for (const layers of [
      [dense(1, { activation: (x) => sigmoid(x) })],
      [dense(1), activation((x) => sigmoid(x))],
      [dense(2, { activation: softmax }), rescaling(0.5)],
    ])
      expect(compile(layers, { loss: probabilities }).steps).toBe(0);
  });
});

describe('metrics', () => {
  test('agree by default with losses by default: a perfect classifier has accuracy 1', async () => {
    const metrics = { accuracy: binaryAccuracy(), auc: auc(), f1: fScore(), precision: precision(), recall: recall() };
    const trainer = compile([dense(1, { useBias: false })], { metrics, seed: 1, optimizer: sgd({ learningRate: 1 }) });
    const data = {
      x: tensor([
        [-0.2, 0],
        [-0.1, 0],
        [0.1, 0],
        [0.2, 0],
      ]),
      y: tensor([[0], [0], [1], [1]]),
    };
    await trainer.fit(data, { epochs: 50 });
    expect(await trainer.evaluate(data)).toMatchObject({ accuracy: 1, auc: 1, f1: 1, precision: 1, recall: 1 });
  });

  test.each([auc, binaryAccuracy, fScore, precision, recall, perplexity])(
    '$name is refused where it disagrees with the model or the loss',
    (make) => {
      const { name } = make();
      const refused = (layers: readonly unknown[], options: Partial<TrainingOptions>, message: string): void =>
        expect(() => compile(layers, options)).toThrow(
          `compile: \`metrics\` disagree with the predictions: ${name} takes ${message}`,
        );
      refused(
        [dense(1)],
        { metrics: [make({ fromLogits: false })] },
        `probabilities, but \`binaryCrossEntropy\` takes logits; pass \`${name}({ fromLogits: true })\``,
      );
      refused(
        [dense(1, { activation: sigmoid })],
        { loss: meanSquaredError, metrics: { score: make() } },
        `logits, but the model ends with \`sigmoid\`; pass \`${name}({ fromLogits: false })\``,
      );
      refused(
        [dense(1, { activation: (x) => sigmoid(x) })],
        { loss: probabilities, metrics: [make()] },
        'logits, but `binaryCrossEntropy` takes probabilities',
      );
      expect(
        compile([dense(1, { activation: sigmoid })], { loss: probabilities, metrics: [make({ fromLogits: false })] })
          .steps,
      ).toBe(0);
      expect(compile([dense(1)], { loss: meanSquaredError, metrics: [make()] }).steps).toBe(0);
    },
  );

  test('of the largest prediction take both', () => {
    const metrics = [sparseCategoricalAccuracy(), confusionMatrix({ classes: 2 })];
    expect(compile([dense(2)], { loss: sparseCategoricalCrossEntropy, metrics }).steps).toBe(0);
    expect(
      compile([dense(2, { activation: softmax })], {
        loss: withOptions(sparseCategoricalCrossEntropy, { fromLogits: false }),
        metrics,
      }).steps,
    ).toBe(0);
  });
});

test('withOptions sets options, keeps the name, and lets a call add to them', () => {
  const loss = withOptions(binaryCrossEntropy, { fromLogits: false, reduction: 'sum' });
  const [p, t] = [tensor([[0.5], [0.25]]), tensor([[1], [1]])];
  expect(loss.name).toBe('binaryCrossEntropy');
  expect(loss(p, t).item()).toBeCloseTo(Math.log(2) + Math.log(4), 6);
  expect(loss(p, t, { sampleWeight: tensor([0, 1]) }).item()).toBeCloseTo(Math.log(4), 6);
});
