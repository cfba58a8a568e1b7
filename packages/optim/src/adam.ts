import { OptionError, ShapeError } from '@chainrule/errors';
import { map, scalar as e, tensor, type Tensor, Variable, zeros } from '@chainrule/tensor';
import { learningRateVariable, setLearningRate } from './learningRate.ts';
import type { Optimizer, OptimizerState, Schedule } from './optimizer.ts';

/** Options of {@link adam}. */
export interface AdamOptions {
  /** A number, or a schedule. Default 0.001. */
  readonly learningRate?: number | Schedule;
  /** Decay of the mean of gradients. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of their squares. Default 0.999. */
  readonly beta2?: number;
  /** Added to the root. Default 1e-7, as in Keras (PyTorch: 1e-8). */
  readonly epsilon?: number;
}

/** The variables that {@link adam} keeps. */
export interface AdamState extends OptimizerState {
  readonly learningRate: Variable;
  readonly step: Variable;
  readonly m: readonly Variable[];
  readonly v: readonly Variable[];
}

/**
 * Adam: steps in units of the gradient's own size.
 *
 * m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², update −η · m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)
 * (Kingma and Ba 2015). 1 − βᵗ is computed as −expm1(t ln β), which keeps its digits in float32.
 *
 * @param options - `learningRate` (0.001), `beta1` (0.9), `beta2` (0.999), `epsilon` (1e-7)
 * @throws OptionError for decays outside [0, 1)
 * @example
 * const w = new Variable(tensor([1]));
 * const optimizer = adam({ learningRate: 0.1 });
 * const state = optimizer.init([w]);
 * applyUpdates([w], optimizer.update([tensor([5])], state));
 * w.value.item().toFixed(3); // => 0.900
 */
export function adam(options: AdamOptions = {}): Optimizer<AdamState> {
  const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = options;
  for (const [name, beta] of Object.entries({ beta1, beta2 })) {
    if (!(beta >= 0 && beta < 1)) throw new OptionError(`adam: \`${name}\` must be in [0, 1), got ${beta}`);
  }
  const correction = (beta: number) => (t: e.Scalar): e.Scalar => e.neg(e.expm1(e.mul(t, Math.log(beta))));
  return {
    name: 'adam',
    init: (variables) => ({
      learningRate: learningRateVariable(learningRate),
      step: new Variable(tensor(0, [], 'int32'), { name: 'adam/step', trainable: false }),
      m: variables.map((w) => momentOf(w, 'm')),
      v: variables.map((w) => momentOf(w, 'v')),
    }),
    tick: (state, step) => setLearningRate(state.learningRate, learningRate, step),
    update(gradients, { learningRate: rate, step, m, v }) {
      if (gradients.length !== m.length) throw new ShapeError(`adam: expects ${m.length} gradients, got ${gradients.length}`);
      step.assign(map((t) => e.add(t, 1), [step.value]));
      const [c1, c2] = [beta1, beta2].map((beta) => map((t) => correction(beta)(e.cast(t, 'float32')) as never, [step.value]));
      return gradients.map((g, i) => {
        const mean = m[i]!;
        const square = v[i]!;
        mean.assign(decay(mean.value, g, beta1, (x) => x));
        square.assign(decay(square.value, g, beta2, (x) => e.mul(x, x)));
        return map(
          (first, second, eta, a, b) => {
            const [r, p, q] = [eta, a, b].map((s) => e.cast(s, g.dtype)) as [e.Scalar, e.Scalar, e.Scalar];
            return e.neg(e.div(e.mul(r, e.div(first, p)), e.add(e.sqrt(e.div(second, q)), epsilon)));
          },
          [mean.value, square.value, rate.value, c1!, c2!],
        );
      });
    },
  };
}

function momentOf(variable: Variable, kind: string): Variable {
  return new Variable(zeros(variable.shape, variable.dtype), { name: `adam/${kind}/${variable.name}`, trainable: false });
}

function decay(old: Tensor, g: Tensor, beta: number, of: (x: e.Scalar) => e.Scalar): Tensor {
  return map((o, x) => e.add(e.mul(o, beta), e.mul(of(x), 1 - beta)), [old, g]);
}
