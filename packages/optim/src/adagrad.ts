import { checkOptions, nonNegative } from '@chainrule/errors/check';
import { map, scalar as e, type Variable } from '@chainrule/tensor';
import { chain } from './chain.ts';
import { aLearningRate } from './learningRate.ts';
import { checkCount, moments } from './moments.ts';
import { type Optimizer, type OptimizerState, type Schedule, transformation } from './optimizer.ts';
import { scaleByLearningRate } from './scaleByLearningRate.ts';

export interface AdagradOptions {
  /** A number, or a schedule. Default 0.001, as in Keras (PyTorch: 0.01). */
  readonly learningRate?: number | Schedule;
  /** First value of the sums. Default 0.1, as in Keras (PyTorch: 0). */
  readonly initialAccumulator?: number;
  /** Added to the root. Default 1e-7, as in Keras (PyTorch: 1e-10). */
  readonly epsilon?: number;
}

/**
 * Steps that get smaller where gradients have been large.
 *
 * s ← s + g², update −η · g / (√s + ε) (Duchi, Hazan, Singer 2011)
 *
 * @param options - `learningRate` (0.001), `initialAccumulator` (0.1), `epsilon` (1e-7)
 * @throws OptionError for an accumulator or epsilon below 0
 * @example
 * adagrad().name; // => adagrad
 */
export function adagrad(options: AdagradOptions = {}): Optimizer<AdagradState> {
  checkOptions('adagrad', options, {
    learningRate: aLearningRate,
    initialAccumulator: nonNegative,
    epsilon: nonNegative,
  });
  const { learningRate = 0.001, initialAccumulator = 0.1, epsilon = 1e-7 } = options;
  const scale = transformation({
    name: 'adagrad',
    init: (variables) => ({ accumulator: moments('adagrad', 'accumulator', variables, initialAccumulator) }),
    update(gradients, { accumulator }) {
      checkCount('adagrad', gradients, accumulator.length);
      return gradients.map((g, i) => {
        const s = accumulator[i]!;
        s.assign(map((old, x) => e.add(old, e.mul(x, x)), [s.value, g]));
        return map((x, sum) => e.div(x, e.add(e.sqrt(sum), epsilon)), [g, s.value]);
      });
    },
  });
  return { ...chain(scale, scaleByLearningRate(learningRate)), name: 'adagrad' } as Optimizer<AdagradState>;
}

export interface AdagradState extends OptimizerState {
  readonly accumulator: readonly Variable[];
  readonly learningRate: Variable;
}
