import { checkOptions, type Checks, nonNegative } from '@chainrule/errors/check';
import { map, scalar as e, type Variable } from '@chainrule/tensor';
import { chain } from './chain.ts';
import { aLearningRate } from './learningRate.ts';
import { type LearningRateState, scaleByLearningRate } from './scaleByLearningRate.ts';
import { accumulators } from './state.ts';
import { defineTransformation, type GradientTransformation, type Optimizer, type Schedule } from './transformation.ts';

/** Options of {@link scaleByRss}. */
export interface ScaleByRssOptions {
  /** The initial value of the sums. Default 0.1, as in Keras (PyTorch: 0). */
  readonly initialAccumulator?: number;
  /** Added to the root. Default 1e-7, as in Keras (PyTorch: 1e-10). */
  readonly epsilon?: number;
}

/** Options of {@link adagrad}. */
export interface AdagradOptions extends ScaleByRssOptions {
  /** A number, or a schedule. Default 0.001, as in Keras (PyTorch: 0.01). */
  readonly learningRate?: number | Schedule;
}

const checks: Checks<ScaleByRssOptions> = { initialAccumulator: nonNegative, epsilon: nonNegative };

/** The state of {@link scaleByRss}: the sums of squares. */
export type ScaleByRssState = { readonly accumulator: readonly Variable[] };

/**
 * Divides gradients by the root of the sum of all past squares.
 *
 * s ← s + g², result g / (√s + ε) (Duchi, Hazan, Singer 2011)
 *
 * @param options - `initialAccumulator` (0.1), `epsilon` (1e-7)
 * @throws OptionError for an accumulator or epsilon below 0
 * @example
 * const w = new Variable(tensor([1]));
 * const scale = scaleByRss({ initialAccumulator: 0 });
 * const state = scale.init([w]);
 * scale.update([tensor([3])], state, [w]);
 * scale.update([tensor([4])], state, [w])[0].item().toFixed(3); // => 0.800
 */
export function scaleByRss(options: ScaleByRssOptions = {}): GradientTransformation<ScaleByRssState> {
  checkOptions('scaleByRss', options, checks);
  const { initialAccumulator = 0.1, epsilon = 1e-7 } = options;
  return defineTransformation({
    name: 'scaleByRss',
    keeps: { accumulator: 'each' },
    takes: 'gradients',
    init: (variables) => ({ accumulator: accumulators('scaleByRss', 'accumulator', variables, initialAccumulator) }),
    update(gradients, { accumulator }) {
      return gradients.map((g, i) => {
        const s = accumulator[i]!;
        s.assign(map((old, x) => e.add(old, e.mul(x, x)), [s.value, g]));
        return map((x, sum) => e.div(x, e.add(e.sqrt(sum), epsilon)), [g, s.value]);
      });
    },
  });
}

/** The states of {@link adagrad}. */
export type AdagradState = readonly [ScaleByRssState, LearningRateState];

/**
 * Adagrad: updates that become smaller where past gradients were large.
 *
 * s ← s + g², update −η · g / (√s + ε) (Duchi, Hazan, Singer 2011)
 *
 * @param options - `learningRate` (0.001), `initialAccumulator` (0.1), `epsilon` (1e-7)
 * @throws OptionError for an accumulator or epsilon below 0
 * @example
 * adagrad().name; // => adagrad
 */
export function adagrad(options: AdagradOptions = {}): Optimizer<AdagradState> {
  checkOptions('adagrad', options, { learningRate: aLearningRate, ...checks });
  const { learningRate = 0.001, ...scaling } = options;
  return { ...chain(scaleByRss(scaling), scaleByLearningRate(learningRate)), name: 'adagrad' };
}
