import { conv2d, conv2dTranspose } from '@chainrule/layers-conv';
import { defineMultiLayer, type Layer } from '@chainrule/layers-core';
import { dense, flatten, reshape } from '@chainrule/layers-dense';
import { concatenate } from '@chainrule/layers-merge';
import { meanSquaredError } from '@chainrule/losses';
import { apply, functional, input, sequential } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import {
  add,
  exp,
  Generator,
  mean,
  mul,
  randomNormal,
  relu,
  slice,
  square,
  sub,
  sum,
  type Tensor,
  zeros,
} from '@chainrule/tensor';
import { type Block, stripes } from './block.ts';

const optimizer = () => adam({ learningRate: 0.01 });

/** Describes each image by four numbers. */
export function denseAutoencoder(): Block {
  const model = sequential(
    input([8, 8, 1]),
    flatten(),
    dense(32, { activation: relu }),
    dense(4),
    dense(32, { activation: relu }),
    dense(64),
    reshape([8, 8, 1]),
  );
  const { x } = stripes(16);
  return {
    trainer: model.compile({ optimizer: optimizer(), loss: meanSquaredError, seed: 1 }),
    data: { x, y: x },
    epochs: 40,
  };
}

const convolutional = () =>
  sequential(
    input([8, 8, 1]),
    conv2d({ filters: 8, kernelSize: 3, strides: 2, padding: 'same', activation: relu }),
    conv2d({ filters: 8, kernelSize: 3, strides: 2, padding: 'same', activation: relu }),
    conv2dTranspose({ filters: 8, kernelSize: 3, strides: 2, padding: 'same', activation: relu }),
    conv2dTranspose({ filters: 1, kernelSize: 3, strides: 2, padding: 'same' }),
  ).compile({ optimizer: optimizer(), loss: meanSquaredError, seed: 1 });

/** Halves an image twice, and doubles it twice with transposed convolutions. */
export function convAutoencoder(): Block {
  const { x } = stripes(16);
  return { trainer: convolutional(), data: { x, y: x }, epochs: 40 };
}

/** Finds an image again in a noisy one (Vincent et al. 2008). */
export function denoisingAutoencoder(): Block {
  const { x } = stripes(16);
  const noisy = add(x, mul(randomNormal(new Generator(7), x.shape), 0.3));
  return { trainer: convolutional(), data: { x: noisy, y: x }, epochs: 40 };
}

/** Draws a code from normal distributions: mean + e^(logVariance/2)·ε in training, the mean otherwise. */
function sampling(): Layer {
  return defineMultiLayer({
    type: 'sampling',
    args: [],
    outputShape: ([mean]) => [mean!],
    call([mean, logVariance], { training, rng }) {
      if (!training) return [{ data: mean!.data }];
      const noise = randomNormal(rng, mean!.data.shape);
      return [{ data: add(mean!.data, mul(exp(mul(logVariance!.data, 0.5)), noise)) }];
    },
  });
}

/** KL divergence of the code's distribution from the standard normal one: ½Σ(e^logVariance + mean² − 1 − logVariance). */
function divergence(code: Tensor): Tensor {
  const features = code.shape[1] / 2;
  const [center, logVariance] = [slice(code, [0, 0], [-1, features]), slice(code, [0, features], [-1, -1])];
  const parts = sub(add(exp(logVariance), square(center)), add(logVariance, 1));
  return mul(mean(sum(parts, { axis: 1 })), 0.5);
}

/** A variational autoencoder (Kingma and Welling 2014). */
export function variationalAutoencoder(): Block {
  const image = input([8, 8, 1]);
  const hidden = apply(image, flatten(), dense(32, { activation: relu }));
  const [center, logVariance] = [apply(hidden, dense(4)), apply(hidden, dense(4))];
  const decoded = apply(
    [center, logVariance],
    sampling(),
    dense(32, { activation: relu }),
    dense(64),
    reshape([8, 8, 1]),
  );
  const code = apply([center, logVariance], concatenate());
  const trainer = functional(image, { decoded, code }).compile({
    optimizer: optimizer(),
    loss: { decoded: meanSquaredError, code: divergence },
    lossWeights: { decoded: 1, code: 0.001 },
    seed: 1,
  });
  const { x } = stripes(16);
  return { trainer, data: { x, y: { decoded: x, code: zeros([16, 8]) } }, epochs: 40 };
}
