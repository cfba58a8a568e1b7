import { checkOptions, positive } from '@chainrule/errors/check';
import { map, norm, scalar as e, stack, type Tensor } from '@chainrule/tensor';
import { anOptimizer, defineTransformation, type Optimizer, type OptimizerState } from './transformation.ts';
import { widestDType } from './widestDType.ts';

/** Options of {@link sam}. */
export interface SamOptions {
  /** The distance to move the weights uphill before the gradients are computed. Default 0.05. */
  readonly rho?: number;
}

/**
 * Sharpness-aware minimization: gives an optimizer the gradients at the worst weights nearby, so that it prefers flat minima.
 * Each step evaluates the batch twice.
 *
 * gradients of L at w + ρ · g / ‖g‖, with one norm for all variables (Foret et al. 2021)
 *
 * @param optimizer - gets the gradients
 * @param options - `rho` (0.05)
 * @throws OptionError for a `rho` of 0 or less. StateError from `update` without an objective
 * @example
 * sam(sgd({ learningRate: 0.1 }), { rho: 0.1 }).name; // => sam(sgd)
 */
export function sam<S extends OptimizerState>(optimizer: Optimizer<S>, options: SamOptions = {}): Optimizer<S> {
  anOptimizer('sam', 'optimizer', optimizer);
  checkOptions('sam', options, { rho: positive });
  const { rho = 0.05 } = options;
  return {
    ...optimizer,
    ...defineTransformation<S>({
      name: `sam(${optimizer.name})`,
      takes: 'gradients',
      gives: 'steps',
      uses: ['variables', 'objective'],
      init: (variables) => optimizer.init(variables),
      tick: (state, step) => optimizer.tick(state, step),
      update(gradients, state, variables, objective) {
        if (gradients.length === 0) return [];
        const length = globalNorm(gradients);
        const worst = gradients.map((g, i) =>
          map(
            (w, x, n) => e.select(e.eq(n, 0), w, e.add(w, e.mul(x, e.div(rho, e.cast(n, g.dtype))))),
            [variables[i]!.value, g, length],
          ),
        );
        return optimizer.update(objective!.gradientsAt(worst), state, variables, objective);
      },
    }),
  };
}

/** The Euclidean norm of all tensors together. */
function globalNorm(tensors: readonly Tensor[]): Tensor {
  const dtype = widestDType(tensors);
  return norm(stack(tensors.map((t) => map((n) => e.cast(n, dtype), [norm(t)])) as never) as Tensor);
}
