import { aCount, checkOptions } from '@chainrule/errors/check';
import { map, scalar as e, type Tensor } from '@chainrule/tensor';
import { aLearningRate, learningRateVariable, setLearningRate } from './learningRate.ts';
import type { LearningRateState } from './scaleByLearningRate.ts';
import { defineTransformation, type Optimizer, type Schedule } from './transformation.ts';
import { addScaled, difference, innerProduct, type Vector } from './vectors.ts';
import { widestDType } from './widestDType.ts';

/** Options of {@link implicitSgd}. */
export interface ImplicitSgdOptions {
  /** A number, or a schedule. Default 0.01. */
  readonly learningRate?: number | Schedule;
  /** Iterations of conjugate gradients for each step. Each evaluates the batch twice. Default 5. */
  readonly iterations?: number;
}

/**
 * Implicit SGD, also known as proximal SGD: takes the gradient at the weights after the step. It stays stable at learning
 * rates at which `sgd` diverges.
 *
 * w′ = w − η ∇L(w′), which minimizes L(w′) + ‖w′ − w‖² / 2η (Toulis and Airoldi 2017)
 *
 * The minimum is found by conjugate gradients with exact steps on quadratics. For a linear model with squared error, one
 * iteration is the closed form for a batch of one sample, and as many iterations as samples are exact for larger batches.
 * Other models get an approximation.
 *
 * @param options - `learningRate` (0.01), `iterations` (5)
 * @throws OptionError for options out of range. StateError from `update` without an objective
 * @example
 * const trainer = sequential(input([1]), dense(1)).compile({ optimizer: implicitSgd({ learningRate: 100 }), loss: meanSquaredError });
 * await trainer.fit({ x: tensor([[0], [1]]), y: tensor([[1], [3]]) }, { epochs: 20 });
 * (await trainer.predict(tensor([[2]]))).item().toFixed(2); // => 5.00
 */
export function implicitSgd(options: ImplicitSgdOptions = {}): Optimizer<LearningRateState> {
  checkOptions('implicitSgd', options, { learningRate: aLearningRate, iterations: aCount });
  const { learningRate = 0.01, iterations = 5 } = options;
  return defineTransformation<LearningRateState>({
    name: 'implicitSgd',
    keeps: { learningRate: 'one' },
    takes: 'gradients',
    gives: 'steps',
    uses: ['variables', 'objective'],
    init: (variables) => ({ learningRate: learningRateVariable(learningRate, widestDType(variables)) }),
    tick: (state, step) => setLearningRate(state.learningRate, learningRate, step),
    update(gradients, { learningRate: rate }, variables, objective) {
      if (gradients.length === 0) return [];
      const start = variables.map((v) => v.value);
      return proximalStep(start, gradients, (weights) => objective!.gradientsAt(weights), rate.value, iterations);
    },
  });
}

/**
 * The step from `start` toward the minimum of L(v) + ‖v − start‖² / 2η, by nonlinear conjugate gradients (Polak and Ribière
 * 1969, restarted where β < 0). A second gradient along the direction gives its curvature.
 */
function proximalStep(
  start: Vector,
  first: Vector,
  gradientsAt: (weights: Vector) => Tensor[],
  rate: Tensor,
  iterations: number,
): Tensor[] {
  let at: Vector = start;
  let gradient = first;
  let residual = scaled(first, -1);
  let direction: Vector = residual;
  for (let i = 0; i < iterations; i++) {
    const length = innerProduct(direction, direction);
    const probe = probeSize(innerProduct(at, at), length);
    const change = difference(gradientsAt(addScaled(at, direction, probe)), gradient);
    const size = map(
      (r, c, d, t, eta) => {
        const curvature = e.add(e.div(c, t), e.div(d, eta));
        const exact = e.div(r, curvature);
        return e.select(e.eq(d, 0), 0, e.select(e.gt(curvature, 0), exact, eta));
      },
      [innerProduct(residual, direction), innerProduct(change, direction), length, probe, rate],
    );
    at = addScaled(at, direction, size);
    if (i === iterations - 1) break;
    gradient = gradientsAt(at);
    const next = proximalResidual(gradient, at, start, rate);
    const beta = map(
      (a, b, c) => e.select(e.eq(c, 0), 0, e.max(0, e.div(e.sub(a, b), c))),
      [innerProduct(next, next), innerProduct(next, residual), innerProduct(residual, residual)],
    );
    direction = addScaled(next, direction, beta);
    residual = next;
  }
  return difference(at, start);
}

/** −∇L(v) − (v − start) / η */
function proximalResidual(gradient: Vector, at: Vector, start: Vector, rate: Tensor): Tensor[] {
  return gradient.map((g, i) =>
    map((x, v, w, eta) => e.neg(e.add(x, e.div(e.sub(v, w), e.cast(eta, g.dtype)))), [g, at[i]!, start[i]!, rate]),
  );
}

/** A factor of the direction that moves the weights by about a hundredth of their norm, or of 1 if they are small. */
function probeSize(weights: Tensor, direction: Tensor): Tensor {
  return map((w, d) => e.select(e.eq(d, 0), 1, e.mul(0.01, e.sqrt(e.div(e.max(w, 1), d)))), [weights, direction]);
}

function scaled(vector: Vector, factor: number): Tensor[] {
  return vector.map((x) => map((v) => e.mul(v, factor), [x]));
}
