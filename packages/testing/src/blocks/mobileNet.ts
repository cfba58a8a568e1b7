import { conv2d, depthwiseConv2d, globalAveragePool2d } from '@chainrule/layers-conv';
import { activation, dense } from '@chainrule/layers-dense';
import { add } from '@chainrule/layers-merge';
import { batchNormalization } from '@chainrule/layers-normalization';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { apply, functional, input, type SymbolicTensor } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import { relu6 } from '@chainrule/tensor';
import { type Block, stripes } from './block.ts';

type Image = SymbolicTensor<[number, number, number]>;

/** Widens the channels, filters each by itself, narrows them again, and adds the input (Sandler et al. 2018). */
export function invertedResidual(x: Image, filters: number, expansion: number): Image {
  const channels = x.shape[2];
  const changed = apply(
    x,
    conv2d({ filters: expansion * channels, kernelSize: 1, useBias: false }),
    batchNormalization(),
    activation(relu6),
    depthwiseConv2d({ kernelSize: 3, padding: 'same', useBias: false }),
    batchNormalization(),
    activation(relu6),
    conv2d({ filters, kernelSize: 1, useBias: false }),
    batchNormalization(),
  ) as Image;
  return channels === filters ? apply([x, changed], add()) : changed;
}

export function mobileNet(): Block {
  const image = input([8, 8, 1]);
  const blocks = invertedResidual(invertedResidual(image, 8, 4), 8, 4);
  const model = functional(image, apply(blocks, globalAveragePool2d(), dense(2)));
  const trainer = model.compile({
    optimizer: adam({ learningRate: 0.02 }),
    loss: sparseCategoricalCrossEntropy,
    seed: 1,
  });
  return { trainer, data: stripes(16), epochs: 30 };
}
