import { aBoolean, belowOne, checkOptions } from '@chainrule/errors/check';
import { map, scalar as e, type Variable } from '@chainrule/tensor';
import { chain } from './chain.ts';
import { aLearningRate } from './learningRate.ts';
import { checkCount, moments } from './moments.ts';
import { type Optimizer, type OptimizerState, type Schedule, transformation } from './optimizer.ts';
import { scaleByLearningRate } from './scaleByLearningRate.ts';

export interface SgdOptions {
  /** A number, or a schedule. Default 0.01. */
  readonly learningRate?: number | Schedule;
  /** How much of the former direction is kept. Default 0. */
  readonly momentum?: number;
  /** Look ahead along the momentum (Nesterov 1983; Sutskever et al. 2013). Default false. */
  readonly nesterov?: boolean;
}

export interface SgdState extends OptimizerState {
  readonly learningRate: Variable;
}

/**
 * Gradient descent, with momentum where asked for.
 *
 * velocity ← momentum · velocity + g, update −η · velocity; with `nesterov` −η · (g + momentum · velocity). The rate is
 * applied last, as in PyTorch; with a constant rate this is Keras' too.
 *
 * @param options - `learningRate` (0.01), `momentum` (0), `nesterov` (false)
 * @throws OptionError for a momentum outside [0, 1)
 * @example
 * const w = new Variable(tensor([1]));
 * const optimizer = sgd({ learningRate: 0.1 });
 * applyUpdates([w], optimizer.update([tensor([2])], optimizer.init([w]), [w]));
 * w.value.item().toFixed(1); // => 0.8
 */
export function sgd(options: SgdOptions = {}): Optimizer<SgdState> {
  checkOptions('sgd', options, { learningRate: aLearningRate, momentum: belowOne, nesterov: aBoolean });
  const { learningRate = 0.01, momentum = 0, nesterov = false } = options;
  const rate = scaleByLearningRate(learningRate);
  return {
    ...(momentum === 0 ? chain(rate) : chain(accumulate(momentum, nesterov), rate)),
    name: 'sgd',
  } as Optimizer<SgdState>;
}

function accumulate(momentum: number, nesterov: boolean): Optimizer<{ readonly velocity: readonly Variable[] }> {
  return transformation({
    name: 'momentum',
    init: (variables) => ({ velocity: moments('sgd', 'velocity', variables) }),
    update(gradients, { velocity }) {
      checkCount('sgd', gradients, velocity.length);
      return gradients.map((g, i) => {
        const v = velocity[i]!;
        v.assign(map((old, x) => e.add(e.mul(old, momentum), x), [v.value, g]));
        return nesterov ? map((x, next) => e.add(x, e.mul(next, momentum)), [g, v.value]) : v.value;
      });
    },
  });
}
