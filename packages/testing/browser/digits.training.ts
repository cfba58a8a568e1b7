// The worker of trainInWorker.page.ts.
import { setDefaultBackend } from '@chainrule/compiler';
import { wasm } from '@chainrule/backend-wasm';
import { digits } from '@chainrule/data-loaders';
import { dense, flatten, rescaling } from '@chainrule/layers-dense';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { sparseCategoricalAccuracy } from '@chainrule/metrics';
import { input, sequential, serveTraining, type TrainingService } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import { relu } from '@chainrule/tensor';

export interface DigitsOptions {
  readonly epochs: number;
}

export const service: TrainingService<DigitsOptions> = serveTraining(async ({ epochs }: DigitsOptions) => {
  setDefaultBackend(await wasm());
  const { images, labels } = digits({ count: 400, seed: 1 });
  const model = sequential(
    input([28, 28, 1]),
    rescaling(1 / 255),
    flatten(),
    dense(32, { activation: relu }),
    dense(10),
  );
  const trainer = model.compile({
    seed: 1,
    optimizer: adam({ learningRate: 0.01 }),
    loss: sparseCategoricalCrossEntropy,
    metrics: { accuracy: sparseCategoricalAccuracy() },
  });
  return { trainer, data: { x: images, y: labels }, fit: { epochs } };
});
