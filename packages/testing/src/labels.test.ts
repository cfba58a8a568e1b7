import { wasm } from '@chainrule/backend-wasm';
import { dense } from '@chainrule/layers-dense';
import {
  binaryCrossEntropy,
  meanSquaredError,
  sparseCategoricalCrossEntropy,
  type TrainingLoss,
  withOptions,
} from '@chainrule/losses';
import {
  auc,
  binaryAccuracy,
  meanAbsoluteError,
  type Metric,
  precision,
  r2,
  sparseCategoricalAccuracy,
} from '@chainrule/metrics';
import { input, type Samples, sequential } from '@chainrule/model';
import { sgd } from '@chainrule/optim';
import { tensor, zeros } from '@chainrule/tensor';
import { expect, test } from 'vitest';

const backends = [
  ['reference', {}],
  ['wasm', { backend: await wasm({ threads: 1 }) }],
] as const;
const options = [{}, { classWeights: tensor([1, 1, 1]) }, { ignoreIndex: 7 }];

test.each(backends)('a label outside the classes is named by the loss in every step, on %s', async (_, on) => {
  for (const set of options) {
    for (const label of [3, -1, 10]) {
      const trainer = sequential(input([2]), dense(3)).compile({
        optimizer: sgd(),
        loss: withOptions(sparseCategoricalCrossEntropy, set),
        metrics: [sparseCategoricalAccuracy()],
        ...on,
      });
      const batch = { x: zeros([4, 2]), y: tensor([0, label, 1, 2], undefined, 'int32') };
      const message = `sparseCategoricalCrossEntropy: \`labels\` must be in [0, 3), got ${label}; there are 3 classes, counted from 0`;
      await expect(trainer.trainStep(batch)).rejects.toThrow(message);
      await expect(trainer.evaluate(batch)).rejects.toThrow(message);
      await expect(trainer.fit(batch)).rejects.toThrow(message);
    }
  }
});

test.each(backends)(
  'targets [n] and integers train a model with one output as columns of floats do, on %s',
  async (_, on) => {
    const x = tensor([
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    const run = async (y: Samples, loss: TrainingLoss, metrics: readonly Metric[]): Promise<unknown> => {
      const trainer = sequential(input([2]), dense(1)).compile({ seed: 1, optimizer: sgd(), loss, metrics, ...on });
      const history = await trainer.fit({ x, y }, { epochs: 2, batchSize: 2, validation: { x, y } });
      return [history, await trainer.evaluate({ x, y })];
    };
    for (const [loss, metrics] of [
      [binaryCrossEntropy, () => [binaryAccuracy(), auc(), precision()]],
      [meanSquaredError, () => [r2(), meanAbsoluteError()]],
    ] as const) {
      const expected = await run(tensor([[0], [1], [1]]), loss, metrics());
      for (const y of [tensor([0, 1, 1]), tensor([0, 1, 1], 'int32'), tensor([false, true, true], 'bool'), [0, 1, 1]])
        expect(await run(y, loss, metrics())).toEqual(expected);
    }
  },
);
