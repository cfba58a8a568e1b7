// Twenty real layers. scripts/caps.json limits the work of the compiler.
import { conv2d, maxPool2d } from '@chainrule/layers-conv';
import { activation, dense, dropout, flatten, rescaling } from '@chainrule/layers-dense';
import { batchNormalization } from '@chainrule/layers-normalization';
import { input, sequential, type Sequential } from '@chainrule/model';
import { relu } from '@chainrule/tensor';

export const deep: Sequential<[number, 224, 224, 3], [number, 1000]> = sequential(
  input([224, 224, 3]),
  rescaling(1 / 255),
  conv2d({ filters: 64, kernelSize: 7, strides: 2, padding: 'same' }),
  batchNormalization(),
  activation(relu),
  maxPool2d({ poolSize: 3, strides: 2, padding: 'same' }),
  conv2d({ filters: 64, kernelSize: 3, padding: 'same' }),
  batchNormalization(),
  activation(relu),
  conv2d({ filters: 128, kernelSize: 3, strides: 2, padding: 'same' }),
  batchNormalization(),
  activation(relu),
  conv2d({ filters: 256, kernelSize: 3, strides: 2 }),
  batchNormalization(),
  activation(relu),
  conv2d({ filters: 512, kernelSize: 3, strides: 2, activation: relu }),
  maxPool2d(),
  flatten(),
  dense(512, { activation: relu }),
  dropout(0.1),
  dense(1000),
);
