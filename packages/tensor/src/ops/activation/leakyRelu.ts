import { aNumber, type Checks } from '@chainrule/errors/check';
import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { UnaryWith } from '../signatures/index.ts';

export interface LeakyReluOptions {
  /**
   * The slope below 0. Default 0.3, as in Keras' layer `LeakyReLU`. Keras' function `leaky_relu` and TensorFlow's have 0.2,
   * PyTorch has 0.01.
   */
  readonly negativeSlope?: number;
}

/**
 * The leaky rectified linear unit: scales negative elements down.
 *
 * x if x > 0, else negativeSlope · x. The gradient at 0 is `negativeSlope` (Maas et al. 2013).
 *
 * @param x - any shape
 * @param options - `negativeSlope`, by default 0.3
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * leakyRelu(tensor([-2, 2]), { negativeSlope: 0.5 }).toArray(); // => -1,2
 */
export const leakyRelu: Op<UnaryWith<LeakyReluOptions, FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'leakyRelu',
  options: { negativeSlope: aNumber } satisfies Checks<LeakyReluOptions>,
  lower: (x: Tensor, { negativeSlope = 0.3 }: LeakyReluOptions = {}) =>
    map((v) => e.select(e.le(v, 0), e.mul(v, negativeSlope), v), [x]),
  // With a slope of at least 0 the result has the argument's sign: then only one of them has to be kept for the gradient.
  pullback: (g: Tensor, y: Tensor, x: Tensor, { negativeSlope = 0.3 }: LeakyReluOptions = {}) => [
    map((d, v) => e.select(e.le(v, 0), e.mul(d, negativeSlope), d), [g, negativeSlope >= 0 ? y : x]),
  ],
  domain: { avoid: [0] },
});
