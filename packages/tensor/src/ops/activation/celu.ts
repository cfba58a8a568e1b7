import { type Checks, positive } from '@chainrule/errors/check';
import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { UnaryWith } from '../signatures/index.ts';

export interface CeluOptions {
  /** Minus the limit for x → −∞. Default 1. */
  readonly alpha?: number;
}

/**
 * The continuously differentiable exponential linear unit: {@link elu} stretched so that its slope at 0 is 1 for every
 * alpha.
 *
 * x if x > 0, else α(e^(x/α) − 1) (Barron 2017).
 *
 * @param x - any shape
 * @param options - `alpha`, positive, by default 1
 * @returns the shape and dtype of `x`
 * @throws OptionError for an `alpha` that is not positive; DTypeError if the dtype is not float32 or float64
 * @example
 * celu(tensor([-Infinity, 2]), { alpha: 0.5 }).toArray(); // => -0.5,2
 */
export const celu: Op<UnaryWith<CeluOptions, FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'celu',
  options: { alpha: positive } satisfies Checks<CeluOptions>,
  lower: (x: Tensor, { alpha = 1 }: CeluOptions = {}) => {
    return map((v) => e.select(e.le(v, 0), e.mul(alpha, e.expm1(e.div(v, alpha))), v), [x]);
  },
  domain: { avoid: [0], sample: (s) => [s.uniform(), s.pick([{}, { alpha: 0.5 }])] },
});
