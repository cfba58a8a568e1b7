import { aCount, checkOptions } from '@chainrule/errors/check';
import { map, scalar as e, type Tensor, type Variable } from '@chainrule/tensor';
import { chain } from './chain.ts';
import { scaleByLineSearch, scaleByLineSearchChecks, type ScaleByLineSearchOptions } from './scaleByLineSearch.ts';
import { accumulators, countStep, stepCounter } from './state.ts';
import { defineTransformation, type GradientTransformation, type Optimizer } from './transformation.ts';
import { addScaled, difference, innerProduct, type Vector } from './vectors.ts';

/** Options of {@link scaleByLbfgs}. */
export interface ScaleByLbfgsOptions {
  /** The number of past steps from which to estimate the curvature. Default 10. */
  readonly memory?: number;
}

/** The state of {@link scaleByLbfgs}: the last weights and gradients, and the pairs of changes, the oldest pair first. */
export type ScaleByLbfgsState = {
  readonly step: Variable;
  readonly weights: readonly Variable[];
  readonly gradients: readonly Variable[];
  /** Changes of the weights: `memory` lists in one. */
  readonly s: readonly Variable[];
  /** Changes of the gradients. */
  readonly y: readonly Variable[];
};

/**
 * Multiplies gradients by an estimate of the inverse Hessian, from the last changes of weights and gradients. It needs the
 * gradients of the complete data: those of small batches differ too much between steps.
 *
 * The two-loop recursion of Nocedal (1980). Skips pairs whose curvature yᵀs is not clearly positive. The first update is the
 * gradient, scaled to a norm of at most 1.
 *
 * @param options - `memory` (10)
 * @throws OptionError for a memory below 1
 * @example
 * const w = new Variable(tensor([1]));
 * const scale = scaleByLbfgs();
 * scale.update([tensor([0.5])], scale.init([w]), [w])[0].item(); // => 0.5
 */
export function scaleByLbfgs(options: ScaleByLbfgsOptions = {}): GradientTransformation<ScaleByLbfgsState> {
  checkOptions('scaleByLbfgs', options, { memory: aCount });
  const { memory = 10 } = options;
  const name = 'scaleByLbfgs';
  return defineTransformation<ScaleByLbfgsState>({
    name,
    keeps: { step: 'one', weights: 'each', gradients: 'each' },
    takes: 'gradients',
    uses: ['variables'],
    init: (variables) => {
      const pairs = (key: string): Variable[] =>
        Array.from({ length: memory }, (_, k) => accumulators(name, `${key}${k}`, variables)).flat();
      return {
        step: stepCounter(name),
        weights: accumulators(name, 'weights', variables),
        gradients: accumulators(name, 'gradients', variables),
        s: pairs('s'),
        y: pairs('y'),
      };
    },
    update(gradients, state, variables) {
      if (gradients.length === 0) return [];
      remember(state, gradients, variables);
      const pairs = Array.from({ length: memory }, (_, k) => pairOf(state, k, variables.length));
      return twoLoops(gradients, pairs);
    },
  });
}

/** Changes of weights and gradients in one step. */
interface Pair {
  readonly s: Vector;
  readonly y: Vector;
  /** yᵀs, or 0 for an unused pair. */
  readonly curvature: Tensor;
}

function pairOf({ s, y }: ScaleByLbfgsState, k: number, count: number): Pair {
  const of = (list: readonly Variable[]): Tensor[] => list.slice(k * count, (k + 1) * count).map((v) => v.value);
  const pair = { s: of(s), y: of(y) };
  return { ...pair, curvature: innerProduct(pair.s, pair.y) };
}

/** Appends the pair of the last step, if its curvature is above the rounding of float32, and drops the oldest pair. */
function remember(
  { step, weights, gradients: last, s, y }: ScaleByLbfgsState,
  gradients: Vector,
  variables: readonly Variable[],
): void {
  const t = countStep(step);
  const now = variables.map((v) => v.value);
  const values = (list: readonly Variable[]): Tensor[] => list.map((v) => v.value);
  const [moved, changed] = [difference(now, values(weights)), difference(gradients, values(last))];
  const isUseful = map(
    (k, c, a, b) => e.and(e.gt(k, 1), e.gt(c, e.mul(1e-7, e.sqrt(e.mul(a, b))))),
    [t, innerProduct(moved, changed), innerProduct(moved, moved), innerProduct(changed, changed)],
  );
  const shift = (list: readonly Variable[], newest: Vector): void => {
    const next = [...values(list).slice(newest.length), ...newest];
    list.forEach((v, i) => v.assign(map((use, a, b) => e.select(use, a, b), [isUseful, next[i]!, v.value])));
  };
  shift(s, moved);
  shift(y, changed);
  weights.forEach((v, i) => v.assign(now[i]!));
  last.forEach((v, i) => v.assign(gradients[i]!));
}

/** The product of the estimated inverse Hessian and the gradient. Pairs of curvature 0 change nothing. */
function twoLoops(gradient: Vector, pairs: readonly Pair[]): Tensor[] {
  const share = (product: Tensor, { curvature }: Pair): Tensor =>
    map((p, c) => e.select(e.gt(c, 0), e.div(p, c), 0), [product, curvature]);
  let r: Vector = gradient;
  const alphas = pairs
    .toReversed()
    .map((pair) => {
      const alpha = share(innerProduct(pair.s, r), pair);
      r = addScaled(
        r,
        pair.y,
        map((a) => e.neg(a), [alpha]),
      );
      return alpha;
    })
    .reverse();
  const { y, curvature } = pairs.at(-1)!;
  const scale = map(
    (c, yy, gg) => e.select(e.gt(c, 0), e.div(c, yy), e.min(1, e.div(1, e.sqrt(gg)))),
    [curvature, innerProduct(y, y), innerProduct(gradient, gradient)],
  );
  r = r.map((x) => map((v, f) => e.mul(v, e.cast(f, x.dtype)), [x, scale]));
  pairs.forEach((pair, k) => {
    const beta = share(innerProduct(pair.y, r), pair);
    r = addScaled(
      r,
      pair.s,
      map((a, b) => e.sub(a, b), [alphas[k]!, beta]),
    );
  });
  return [...r];
}

/** Options of {@link lbfgs}. */
export interface LbfgsOptions extends ScaleByLbfgsOptions, ScaleByLineSearchOptions {}

/** The states of {@link lbfgs}. */
export type LbfgsState = readonly [ScaleByLbfgsState, readonly []];

/**
 * L-BFGS with a line search, for small models and complete data in one batch. It often needs a hundred times fewer steps than
 * gradient descent, and keeps `memory` copies of the weights and the gradients.
 *
 * @param options - `memory` (10), `initialStep` (1), `shrink` (0.5), `maxEvaluations` (8), `decrease` (1e-4)
 * @throws OptionError for options out of range. StateError from `update` without an objective
 * @example
 * const trainer = sequential(input([1]), dense(1)).compile({ optimizer: lbfgs(), loss: meanSquaredError });
 * await trainer.fit({ x: tensor([[0], [1]]), y: tensor([[1], [3]]) }, { epochs: 10 });
 * (await trainer.predict(tensor([[2]]))).item().toFixed(2); // => 5.00
 */
export function lbfgs(options: LbfgsOptions = {}): Optimizer<LbfgsState> {
  checkOptions('lbfgs', options, { memory: aCount, ...scaleByLineSearchChecks });
  const { memory, ...searching } = options;
  return {
    ...chain(scaleByLbfgs(memory === undefined ? {} : { memory }), scaleByLineSearch(searching)),
    name: 'lbfgs',
  };
}
