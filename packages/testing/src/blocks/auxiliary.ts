import { conv2d, globalAveragePool2d } from '@chainrule/layers-conv';
import { dense, flatten } from '@chainrule/layers-dense';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { sparseCategoricalAccuracy } from '@chainrule/metrics';
import { apply, functional, input } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import { relu } from '@chainrule/tensor';
import { type Block, stripes } from './block.ts';

/** A second classifier in the middle, whose loss counts a third, brings gradients to the first layers (Szegedy et al. 2015). */
export function auxiliary(): Block {
  const convolve = () => conv2d({ filters: 8, kernelSize: 3, padding: 'same', activation: relu });
  const image = input([8, 8, 1]);
  const middle = apply(image, convolve());
  const kind = apply(middle, convolve(), convolve(), flatten(), dense(2));
  const early = apply(middle, globalAveragePool2d(), dense(2));
  const trainer = functional(image, { kind, early }).compile({
    optimizer: adam({ learningRate: 0.01 }),
    loss: { kind: sparseCategoricalCrossEntropy, early: sparseCategoricalCrossEntropy },
    lossWeights: { kind: 1, early: 0.3 },
    metrics: { kind: { accuracy: sparseCategoricalAccuracy() } },
    seed: 1,
  });
  const { x, y } = stripes(16);
  return { trainer, data: { x, y: { kind: y, early: y } }, epochs: 20 };
}
