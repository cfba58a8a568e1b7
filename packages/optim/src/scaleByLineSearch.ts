import { aCount, belowOne, checkOptions, type Checks, numberThat, positive } from '@chainrule/errors/check';
import { map, scalar as e, type Tensor } from '@chainrule/tensor';
import { defineTransformation, type Optimizer } from './transformation.ts';
import { addScaled, innerProduct } from './vectors.ts';

/** Options of {@link scaleByLineSearch}. */
export interface ScaleByLineSearchOptions {
  /** The first step size to try. Default 1. */
  readonly initialStep?: number;
  /** The factor between one step size and the next. Default 0.5. */
  readonly shrink?: number;
  /** How many step sizes to try. Each evaluates the loss of the batch once. Default 8. */
  readonly maxEvaluations?: number;
  /** The share of the expected decrease that a step must reach. Default 1e-4. */
  readonly decrease?: number;
}

export const scaleByLineSearchChecks: Checks<ScaleByLineSearchOptions> = {
  initialStep: positive,
  shrink: numberThat('a number above 0 and below 1', (value) => value > 0 && value < 1),
  maxEvaluations: aCount,
  decrease: belowOne,
};

/**
 * Turns gradients into steps by a backtracking line search, in place of a learning rate.
 *
 * −t · u with the first t of t₀, t₀β, t₀β², … for which L(w − tu) ≤ L(w) − c · t · ∇L·u (Armijo 1966). If no t satisfies
 * this, the weights do not change.
 *
 * @param options - `initialStep` t₀ (1), `shrink` β (0.5), `maxEvaluations` (8), `decrease` c (1e-4)
 * @throws OptionError for options out of range. StateError from `update` without an objective
 * @example
 * chain(scaleByAdam(), scaleByLineSearch()).gives; // => steps
 */
export function scaleByLineSearch(options: ScaleByLineSearchOptions = {}): Optimizer<readonly []> {
  checkOptions('scaleByLineSearch', options, scaleByLineSearchChecks);
  const { initialStep = 1, shrink = 0.5, maxEvaluations = 8, decrease = 1e-4 } = options;
  return defineTransformation<readonly []>({
    name: 'scaleByLineSearch',
    takes: 'gradients',
    gives: 'steps',
    uses: ['variables', 'objective'],
    update(updates, _state, variables, objective) {
      if (updates.length === 0) return [];
      const { value, gradients } = objective!;
      const weights = variables.map((v) => v.value);
      const slope = innerProduct(gradients, updates);
      const sizes = Array.from({ length: maxEvaluations }, (_, k) => initialStep * shrink ** k);
      const size = sizes.reduceRight<Tensor | number>(
        (otherwise, t) =>
          map(
            (found, before, s, rest) => {
              const enough = e.sub(before, e.mul(e.cast(s, value.dtype), decrease * t));
              return e.select(e.le(found, enough), t, e.cast(rest, value.dtype));
            },
            [objective!.valueAt(addScaled(weights, updates, -t)), value, slope, otherwise],
          ),
        0,
      );
      return updates.map((u) => map((x, t) => e.neg(e.mul(x, e.cast(t, u.dtype))), [u, size]));
    },
  });
}
