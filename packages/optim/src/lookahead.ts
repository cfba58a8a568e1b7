import { aCount, checkOptions, upToOne } from '@chainrule/errors/check';
import { map, scalar as e, Variable } from '@chainrule/tensor';
import { countStep, stepCounter } from './state.ts';
import { anOptimizer, defineTransformation, type Optimizer, type OptimizerState } from './transformation.ts';

/** Options of {@link lookahead}. */
export interface LookaheadOptions {
  /** Steps of the inner optimizer between two steps of the slow weights. Default 5. */
  readonly syncPeriod?: number;
  /** The fraction of the distance to the fast weights by which the slow weights move. Default 0.5. */
  readonly slowStepSize?: number;
}

/** The state of {@link lookahead}. */
export type LookaheadState<S extends OptimizerState> = {
  readonly inner: S;
  readonly step: Variable;
  readonly slow: readonly Variable[];
};

/**
 * Lookahead: every few steps of an optimizer, moves slow weights toward its weights and restarts it from there.
 *
 * Every k steps: slow ← slow + α(w − slow), w ← slow (Zhang et al. 2019)
 *
 * @param optimizer - trains the fast weights
 * @param options - `syncPeriod` k (5), `slowStepSize` α (0.5)
 * @throws OptionError for a period below 1, or a step size outside [0, 1]
 * @example
 * const w = new Variable(tensor([0]));
 * const optimizer = lookahead(sgd({ learningRate: 1 }), { syncPeriod: 2 });
 * const state = optimizer.init([w]);
 * for (let i = 0; i < 2; i++) applyUpdates([w], optimizer.update([tensor([-1])], state, [w]));
 * w.value.item(); // => 1
 */
export function lookahead<S extends OptimizerState>(
  optimizer: Optimizer<S>,
  options: LookaheadOptions = {},
): Optimizer<LookaheadState<S>> {
  anOptimizer('lookahead', 'optimizer', optimizer);
  checkOptions('lookahead', options, { syncPeriod: aCount, slowStepSize: upToOne });
  const { syncPeriod = 5, slowStepSize = 0.5 } = options;
  return defineTransformation<LookaheadState<S>>({
    name: `lookahead(${optimizer.name})`,
    keeps: { inner: 'state', step: 'one', slow: 'each' },
    takes: optimizer.takes,
    gives: 'steps',
    uses: ['variables'],
    init: (variables) => ({
      inner: optimizer.init(variables),
      step: stepCounter('lookahead'),
      slow: variables.map((v) => new Variable(v.value, { name: `lookahead/slow/${v.name}`, trainable: false })),
    }),
    tick: ({ inner }, step) => optimizer.tick(inner, step),
    update(updates, { inner, step, slow }, variables, objective) {
      const t = countStep(step);
      return optimizer.update(updates, inner, variables, objective).map((u, i) => {
        const w = variables[i]!.value;
        const target = map(
          (anchor, x, d, k) =>
            e.select(
              e.eq(e.mod(k, syncPeriod), 0),
              e.add(anchor, e.mul(e.sub(e.add(x, d), anchor), slowStepSize)),
              anchor,
            ),
          [slow[i]!.value, w, u, t],
        );
        slow[i]!.assign(target);
        return map(
          (anchor, x, d, k) => e.select(e.eq(e.mod(k, syncPeriod), 0), e.sub(anchor, x), d),
          [target, w, u, t],
        );
      });
    },
  });
}
