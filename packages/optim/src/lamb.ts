import { checkOptions, nonNegative } from '@chainrule/errors/check';
import { map, norm, scalar as e } from '@chainrule/tensor';
import { addDecayedWeights, weightDecayChecks, type WeightDecayOptions } from './addDecayedWeights.ts';
import { adamChecks, type AdamOptions, scaleByAdam, type ScaleByAdamState } from './adam.ts';
import { chain } from './chain.ts';
import { type LearningRateState, scaleByLearningRate } from './scaleByLearningRate.ts';
import { defineTransformation, type GradientTransformation, type Optimizer } from './transformation.ts';

/**
 * Scales each variable's update to the norm of the variable.
 *
 * u · ‖w‖ / ‖u‖; u where either norm is 0 (You et al. 2020, with φ(z) = z)
 *
 * @example
 * const w = new Variable(tensor([6, 8]));
 * const scale = scaleByTrustRatio();
 * scale.update([tensor([0, 2])], scale.init([w]), [w])[0].toArray(); // => 0,10
 */
export function scaleByTrustRatio(): GradientTransformation<readonly []> {
  return defineTransformation({
    name: 'scaleByTrustRatio',
    takes: 'gradients',
    uses: ['variables'],
    update(gradients, _state, variables) {
      return gradients.map((g, i) =>
        map(
          (x, w, u) => e.select(e.eq(e.min(w, u), 0), x, e.mul(e.div(x, u), w)),
          [g, norm(variables[i]!.value), norm(g)],
        ),
      );
    },
  });
}

/** Options of {@link lamb}. */
export interface LambOptions extends AdamOptions, WeightDecayOptions {
  /** The share of each weight that is added to its update. Default 0, as in Keras (paper: 0.01). */
  readonly weightDecay?: number;
}

/** The states of {@link lamb}. */
export type LambState = readonly [ScaleByAdamState, readonly [], readonly [], LearningRateState];

/**
 * LAMB: Adam with updates proportional to the norm of each variable, for large batches.
 *
 * u = m̂ / (√v̂ + ε) + λw, update −η · u · ‖w‖ / ‖u‖ (You et al. 2020)
 *
 * @param options - as `adam`, and `weightDecay` (0), `mask` of the decay
 * @throws OptionError for decays outside [0, 1)
 * @example
 * const w = new Variable(tensor([3, 4]));
 * const optimizer = lamb({ learningRate: 0.1 });
 * applyUpdates([w], optimizer.update([tensor([1, 0])], optimizer.init([w]), [w]));
 * w.value.data[0].toFixed(3); // => 2.500
 */
export function lamb(options: LambOptions = {}): Optimizer<LambState> {
  checkOptions('lamb', options, { ...adamChecks, ...weightDecayChecks, weightDecay: nonNegative });
  const { learningRate = 0.001, weightDecay = 0, mask, ...scaling } = options;
  const parts = chain(
    scaleByAdam(scaling),
    addDecayedWeights(weightDecay, { mask }),
    scaleByTrustRatio(),
    scaleByLearningRate(learningRate),
  );
  return { ...parts, name: 'lamb' };
}
