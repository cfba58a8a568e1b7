import { wasm } from '@chainrule/backend-wasm';
import { dense } from '@chainrule/layers-dense';
import { sparseCategoricalCrossEntropy, withOptions } from '@chainrule/losses';
import { sparseCategoricalAccuracy } from '@chainrule/metrics';
import { input, sequential } from '@chainrule/model';
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
