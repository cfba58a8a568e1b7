import { conv2d, conv2dTranspose, maxPool2d } from '@chainrule/layers-conv';
import { concatenate } from '@chainrule/layers-merge';
import { binaryCrossEntropy } from '@chainrule/losses';
import { apply, functional, input } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import { cast, greater, relu } from '@chainrule/tensor';
import { type Block, stripes } from './block.ts';

/** Finds the bright pixels: the path up also sees what the path down saw at its size (Ronneberger, Fischer, Brox 2015). */
export function uNet(): Block {
  const convolve = (filters: number) => conv2d({ filters, kernelSize: 3, padding: 'same', activation: relu });
  const widen = (filters: number) => conv2dTranspose({ filters, kernelSize: 2, strides: 2 });
  const image = input([8, 8, 1]);
  const fine = apply(image, convolve(4));
  const middle = apply(fine, maxPool2d(), convolve(8));
  const coarse = apply(middle, maxPool2d(), convolve(16));
  const up = apply([middle, apply(coarse, widen(8))], concatenate(), convolve(8));
  const end = apply([fine, apply(up, widen(4))], concatenate(), convolve(4), conv2d({ filters: 1, kernelSize: 1 }));
  const trainer = functional(image, end).compile({
    optimizer: adam({ learningRate: 0.02 }),
    loss: binaryCrossEntropy,
    seed: 1,
  });
  const { x } = stripes(16);
  return { trainer, data: { x, y: cast(greater(x, 0.5), 'float32') }, epochs: 20 };
}
