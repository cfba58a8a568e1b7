import { glorotUniform, type WeightBuilder } from '@chainrule/layers-core';
import { aCount, type Check, checkOptions, type Checks, oneOf } from '@chainrule/errors/check';
import { cast, expandDims, map, matmul, scalar as e, sum, tanh, type Tensor, type Variable } from '@chainrule/tensor';
import type { Attending, Scored } from './attentionLayer.ts';
import { columnOf, floatOf, rowOf } from './steps.ts';

/** A window around a position that each query has among the keys. */
export interface LocalWindow {
  /** Keys are seen up to this far from the position. */
  readonly size: number;
  /**
   * Where the position is: with `monotonic`, the default, at the query's own step; with `predictive` where the query says, and
   * keys count by their distance from it.
   */
  readonly align?: 'monotonic' | 'predictive';
}

/** The weights of a window that is predicted. */
export interface WindowWeights {
  readonly kernel: Variable;
  readonly scale: Variable;
}

const within =
  (check: Check): Check =>
  (op, name, value) =>
    check(op, `window.${name}`, value);
const windowChecks: Checks<LocalWindow> = /* @__PURE__ */ (() => ({
  size: within(aCount),
  align: within(oneOf('monotonic', 'predictive')),
}))();

/** Throws for what is no window. */
export function checkWindow(name: string, window: LocalWindow | undefined): void {
  if (window !== undefined) checkOptions(name, window, windowChecks, 'size');
}

/** Makes the weights, if the window has some. */
export function windowWeights(
  at: WeightBuilder,
  features: number,
  window: LocalWindow | undefined,
): WindowWeights | undefined {
  if (window?.align !== 'predictive') return undefined;
  return {
    kernel: at.weight('windowKernel', [features, features], glorotUniform),
    scale: at.weight('windowScale', [features, 1], glorotUniform),
  };
}

/**
 * Local attention (Luong, Pham, Manning 2015): keys j with |j − pᵢ| ≤ size. Monotonic: pᵢ = i, or the last key where there are
 * fewer. Predictive: pᵢ = (n − 1)·σ(sᵀ·tanh(W·qᵢ)) among n keys that count, and weights times exp(−2·(j − pᵢ)² / size²).
 * Steps count from 0.
 */
export function localWindow(
  { query, key, keyMask }: Attending,
  { size }: LocalWindow,
  weights: WindowWeights | undefined,
): Pick<Scored, 'window' | 'reweigh'> {
  const dtype = floatOf(query);
  const [queries, keys] = [query.shape[1]!, key.shape[1]!];
  const last = keyMask
    ? map((n) => e.sub(n, 1), [expandDims(sum(cast(keyMask, dtype), { axis: 1, keepDims: true }), -1)])
    : keys - 1;
  const at: Tensor = weights
    ? map(
        (n, z) => e.mul(n, e.sigmoid(z)),
        [last, matmul(tanh(matmul(query, weights.kernel.value)), weights.scale.value)],
      )
    : map((i, n) => e.min(i, n), [columnOf(queries, dtype), last]);
  const step = rowOf(keys, dtype);
  return {
    window: map((j, p) => e.le(e.abs(e.sub(j, p)), size), [step, at]),
    reweigh:
      weights &&
      ((w) => map((v, j, p) => e.mul(v, e.exp(e.mul(e.mul(e.sub(j, p), e.sub(j, p)), -2 / size ** 2))), [w, step, at])),
  };
}
