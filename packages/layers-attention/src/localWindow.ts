import { glorotUniform, type WeightBuilder } from '@chainrule/layers-core';
import { aCount, type Check, checkOptions, type Checks, oneOf } from '@chainrule/errors/check';
import { cast, expandDims, map, matmul, scalar as e, sum, tanh, type Tensor, type Variable } from '@chainrule/tensor';
import type { AttentionInputs, AttentionScores } from './attentionLayer.ts';
import { queryPositions, floatDTypeOf, keyPositions } from './positions.ts';

/** A window of keys around the position that a query is aligned to. */
export interface LocalWindow {
  /** Maximum distance of a key from the position. */
  readonly size: number;
  /**
   * The position of a query: its own step (`monotonic`, the default), or a position predicted from the query, with weights that
   * decay with the distance (`predictive`).
   */
  readonly align?: 'monotonic' | 'predictive';
}

/** The weights that predict positions. */
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

/** Checks the `window` option. */
export function checkWindow(name: string, window: LocalWindow | undefined): void {
  if (window !== undefined) checkOptions(name, window, windowChecks, 'size');
}

/** Creates the weights of a predictive window. */
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
 * Local attention (Luong, Pham, Manning 2015): query i attends to keys j with |j − pᵢ| ≤ size. Monotonic: pᵢ = i, but at most
 * the last key. Predictive: pᵢ = (n − 1)·σ(sᵀ·tanh(W·qᵢ)) for n unmasked keys, and weights are multiplied by
 * exp(−2·(j − pᵢ)² / size²). Positions count from 0.
 */
export function localWindow(
  { query, key, keyMask }: AttentionInputs,
  { size }: LocalWindow,
  weights: WindowWeights | undefined,
): Pick<AttentionScores, 'window' | 'reweight'> {
  const dtype = floatDTypeOf(query);
  const [queries, keys] = [query.shape[1], key.shape[1]];
  const last = keyMask
    ? map((n) => e.sub(n, 1), [expandDims(sum(cast(keyMask, dtype), { axis: 1, keepDims: true }), -1)])
    : keys - 1;
  const at: Tensor = weights
    ? map(
        (n, z) => e.mul(n, e.sigmoid(z)),
        [last, matmul(tanh(matmul(query, weights.kernel.value)), weights.scale.value)],
      )
    : map((i, n) => e.min(i, n), [queryPositions(queries, dtype), last]);
  const step = keyPositions(keys, dtype);
  return {
    window: map((j, p) => e.le(e.abs(e.sub(j, p)), size), [step, at]),
    reweight:
      weights &&
      ((w) => map((v, j, p) => e.mul(v, e.exp(e.mul(e.mul(e.sub(j, p), e.sub(j, p)), -2 / size ** 2))), [w, step, at])),
  };
}
