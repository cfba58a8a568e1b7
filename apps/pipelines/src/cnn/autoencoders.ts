import { conv2d, conv2dTranspose } from '@chainrule/layers-conv';
import { dense, flatten, rescaling, reshape } from '@chainrule/layers-dense';
import { input, type Sequential, sequential } from '@chainrule/model';
import { relu, sigmoid } from '@chainrule/tensor';

/** Describes images of 28 × 28 by `code` numbers, with dense layers, and draws them again, from 0 to 1. */
export function denseAutoencoder(code: number): Sequential {
  return sequential(
    input([28, 28, 1]),
    rescaling(1 / 255),
    flatten(),
    dense(128, { activation: relu }),
    dense(code),
    dense(128, { activation: relu }),
    dense(784, { activation: sigmoid }),
    reshape([28, 28, 1]),
  );
}

/**
 * Two convolutions that halve images, and two transposed ones that double them, with wide windows: to mend
 * damaged images. Its output is linear: a sigmoid would stop learning where most pixels are black.
 */
export function mendingNet(): Sequential {
  const shared = { kernelSize: 5, strides: 2, padding: 'same' } as const;
  return sequential(
    input([28, 28, 1]),
    rescaling(1 / 255),
    conv2d({ ...shared, filters: 8, activation: relu }),
    conv2d({ ...shared, filters: 24, activation: relu }),
    conv2dTranspose({ ...shared, filters: 8, activation: relu }),
    conv2dTranspose({ ...shared, filters: 1 }),
  );
}

/** The same as {@link denseAutoencoder} with convolutions that halve images twice, and transposed ones that double them. */
export function convAutoencoder(code: number): Sequential {
  return sequential(
    input([28, 28, 1]),
    rescaling(1 / 255),
    conv2d({ filters: 8, kernelSize: 3, strides: 2, padding: 'same', activation: relu }),
    conv2d({ filters: 16, kernelSize: 3, strides: 2, padding: 'same', activation: relu }),
    flatten(),
    dense(code),
    dense(784, { activation: relu }),
    reshape([7, 7, 16]),
    conv2dTranspose({ filters: 8, kernelSize: 3, strides: 2, padding: 'same', activation: relu }),
    conv2dTranspose({ filters: 1, kernelSize: 3, strides: 2, padding: 'same', activation: sigmoid }),
  );
}
