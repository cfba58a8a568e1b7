import { aFiniteNumber, type Checks } from '@chainrule/errors/check';
import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { UnaryWith } from '../signatures/index.ts';

export interface EluOptions {
  /** Minus the limit for x → −∞. Default 1. */
  readonly alpha?: number;
}

/**
 * The exponential linear unit, which saturates for negative elements.
 *
 * x if x > 0, else α(eˣ − 1). The gradient at 0 is α (Clevert et al. 2016).
 *
 * @param x - any shape
 * @param options - `alpha`, by default 1
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * elu(tensor([-Infinity, 2]), { alpha: 0.5 }).toArray(); // => -0.5,2
 */
export const elu: Op<UnaryWith<EluOptions, FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'elu',
  options: { alpha: aFiniteNumber } satisfies Checks<EluOptions>,
  lower: (x: Tensor, { alpha = 1 }: EluOptions = {}) =>
    map((v) => e.select(e.le(v, 0), e.mul(alpha, e.expm1(v)), v), [x]),
  domain: { avoid: [0], sample: (s) => [s.uniform(), s.pick([{}, { alpha: 0.5 }])] },
});
