// The file of a training worker, as in docs/how-to/web-worker.md.
import {
  adam,
  dense,
  digits,
  flatten,
  input,
  rescaling,
  sequential,
  serveTraining,
  sparseCategoricalCrossEntropy,
  type TrainingJob,
  type TrainingService,
} from 'chainrule';

interface Options {
  readonly epochs: number;
  readonly seed: number;
}

function setUp({ epochs, seed }: Options): TrainingJob {
  const model = sequential(input([28, 28, 1]), rescaling(1 / 255), flatten(), dense(10));
  const { images, labels } = digits({ count: 64, seed });
  return {
    trainer: model.compile({ seed, optimizer: adam({ learningRate: 0.02 }), loss: sparseCategoricalCrossEntropy }),
    data: { x: images, y: labels },
    fit: { epochs, batchSize: 16 },
  };
}

export const service: TrainingService<Options> = serveTraining(setUp);
