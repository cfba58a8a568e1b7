import { conv2d, globalAveragePool2d, maxPool2d } from '@chainrule/layers-conv';
import { dense } from '@chainrule/layers-dense';
import { concatenate } from '@chainrule/layers-merge';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { apply, functional, input, type SymbolicTensor } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import { relu } from '@chainrule/tensor';
import { type Block, stripes } from './block.ts';

/** Convolutions of several sizes side by side, with 1 × 1 convolutions before the large ones (Szegedy et al. 2015). */
export function inceptionModule(
  x: SymbolicTensor<[number, number, number]>,
  filters: number,
): SymbolicTensor<[number, number, number]> {
  const convolve = (kernelSize: number) => conv2d({ filters, kernelSize, padding: 'same', activation: relu });
  return apply(
    [
      apply(x, convolve(1)),
      apply(x, convolve(1), convolve(3)),
      apply(x, convolve(1), convolve(5)),
      apply(x, maxPool2d({ poolSize: 3, strides: 1, padding: 'same' }), convolve(1)),
    ],
    concatenate(),
  );
}

export function inception(): Block {
  const image = input([8, 8, 1]);
  const model = functional(image, apply(inceptionModule(image, 4), globalAveragePool2d(), dense(2)));
  const trainer = model.compile({
    optimizer: adam({ learningRate: 0.02 }),
    loss: sparseCategoricalCrossEntropy,
    seed: 1,
  });
  return { trainer, data: stripes(32), epochs: 30 };
}
