import { activation, dense, dropout, flatten, rescaling } from '@chainrule/layers-dense';
import { conv2d, maxPool2d } from '@chainrule/layers-conv';
import { batchNormalization } from '@chainrule/layers-normalization';
import { input, sequential, type Sequential } from '@chainrule/model';
import { leakyRelu, relu, type Tensor } from '@chainrule/tensor';

/** Two blocks of convolution, batch normalization, leaky ReLU and pooling, for the generated digits. */
export function digitsNet(): Sequential {
  const leaky = (x: Tensor): Tensor => leakyRelu(x, { negativeSlope: 0.1 });
  return sequential(
    input([28, 28, 1]),
    rescaling(1 / 255),
    conv2d({ filters: 8, kernelSize: 3, useBias: false }),
    batchNormalization({ momentum: 0.9 }),
    activation(leaky),
    maxPool2d({ poolSize: 2 }),
    conv2d({ filters: 16, kernelSize: 3, useBias: false }),
    batchNormalization({ momentum: 0.9 }),
    activation(leaky),
    maxPool2d({ poolSize: 2 }),
    flatten(),
    dropout(0.2),
    dense(10),
  );
}

/** The textbook's network for MNIST. */
export function textbookNet(): Sequential {
  return sequential(
    input([28, 28, 1]),
    rescaling(1 / 255),
    conv2d({ filters: 28, kernelSize: 3, activation: relu }),
    maxPool2d({ poolSize: 2 }),
    flatten(),
    dense(128, { activation: relu }),
    dropout(0.2),
    dense(10),
  );
}
