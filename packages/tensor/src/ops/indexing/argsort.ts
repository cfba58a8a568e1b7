import { aBoolean, type Checks } from '@chainrule/errors/check';
import { defineOp, type Op } from '../defineOp.ts';
import type { DType } from '../../array/dtype.ts';
import { anAxis } from '../../array/checks.ts';
import { normalizeAxis } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { argsortNode } from '../../nodes/argsort.ts';
import type { Shape } from '../../types/tensor.ts';

export interface ArgsortOptions {
  /** By default the last. */
  readonly axis?: number;
  /** Whether the largest element comes first. Default false. */
  readonly descending?: boolean;
}

/** `(x, { axis, descending })` or `(x, axis, { descending })`; `To` is the dtype of the result, by default that of `x`. */
export interface Sorting<To extends DType = never> {
  <S extends Shape, D extends DType>(
    x: Tensor<S, D>,
    options?: ArgsortOptions,
  ): Tensor<S, [To] extends [never] ? D : To>;
  <S extends Shape, D extends DType>(
    x: Tensor<S, D>,
    axis?: number,
    options?: Pick<ArgsortOptions, 'descending'>,
  ): Tensor<S, [To] extends [never] ? D : To>;
}

export const argsortChecks: Checks<ArgsortOptions> = { axis: anAxis, descending: aBoolean };

/**
 * The positions that sort an axis. Sorting is stable; NaN comes last.
 *
 * @param x - any shape of rank 1 or more
 * @returns int32, the shape of `x`
 * @throws ShapeError for an axis that `x` does not have
 * @example
 * argsort(tensor([3, 1, 2])).toArray(); // => 1,2,0
 */
export const argsort: Op<Sorting<'int32'>> = /* @__PURE__ */ defineOp({
  name: 'argsort',
  options: argsortChecks,
  lower: (x: Tensor, { axis = -1, descending = false }: ArgsortOptions = {}) =>
    argsortNode(x, normalizeAxis('argsort', axis, x.rank), descending),
  domain: { sample: (s) => [s.uniform([3, 4]), { axis: s.pick([0, 1]), descending: s.pick([true, false]) }] },
});
