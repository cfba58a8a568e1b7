// Two steps of each optimizer on f(w) = w² from w = 1 with η = 0.1, by the formulas of the papers. The gradient is 2w.
import { grad } from '@chainrule/autograd';
import * as optim from '@chainrule/optim';
import { square, tensor, Variable } from '@chainrule/tensor';
import { expect, test } from 'vitest';

/** w after each of two steps. */
function twoSteps(optimizer: optim.Optimizer): number[] {
  const w = new Variable(tensor(1, undefined, 'float64'));
  const state = optimizer.init([w]);
  return [0, 1].map((step) => {
    optimizer.tick(state, step);
    const gradient = grad((v: Variable) => square(v.value))(w);
    optim.applyUpdates([w], optimizer.update([gradient], state, [w]));
    return w.value.item();
  });
}

const learningRate = 0.1;
/** The first weight of RMSProp: 1 − 0.1·2 / √(0.1·4) = 1 − 1/√10. */
const u = 1 - 1 / Math.sqrt(10);

test.each<[string, optim.Optimizer, readonly [number, number]]>([
  ['gradient descent: each step multiplies by 1 − 0.2', optim.sgd({ learningRate }), [0.8, 0.64]],
  // v = 2, then 0.9·2 + 1.6 = 3.4.
  ['momentum (Polyak 1964)', optim.sgd({ learningRate, momentum: 0.9 }), [0.8, 0.8 - 0.34]],
  // Sutskever et al. 2013: v₁ = −0.2, w₁ = 0.8; v₂ = −0.18 − 0.1·2·(0.8 − 0.18) = −0.304, w₂ = 0.496. The optimizer keeps the
  // point at which the next gradient is taken, w + 0.9·v.
  [
    'Nesterov’s momentum at the point ahead',
    optim.sgd({ learningRate, momentum: 0.9, nesterov: true }),
    [0.8 - 0.9 * 0.2, 0.496 - 0.9 * 0.304],
  ],
  // Duchi, Hazan and Singer 2011: s = 2², then 4 + 1.8².
  [
    'AdaGrad',
    optim.adagrad({ learningRate, initialAccumulator: 0, epsilon: 0 }),
    [0.9, 0.9 - (0.1 * 1.8) / Math.sqrt(7.24)],
  ],
  // Tieleman and Hinton 2012: s = 0.4, then 0.36 + 0.1·4u² = 0.8u, so that w₂ = u − 0.2u/√(0.8u).
  ['RMSProp', optim.rmsprop({ learningRate, rho: 0.9, epsilon: 0 }), [u, u - Math.sqrt(0.05 * u)]],
  // s / (1 − 0.9ᵗ) = 4, then (0.36 + 0.324) / 0.19 = 3.6.
  [
    'RMSProp with the correction of its bias',
    optim.rmsprop({ learningRate, rho: 0.9, epsilon: 0, biasCorrection: true }),
    [0.9, 0.9 - (0.1 * 1.8) / Math.sqrt(3.6)],
  ],
  // Kingma and Ba 2015, algorithm 1: m̂ = 2, v̂ = 4; then m = 0.36, v = 0.007236, divided by 0.19 and 0.001999.
  [
    'Adam',
    optim.adam({ learningRate, epsilon: 0 }),
    [0.9, 0.9 - (0.1 * (0.36 / 0.19)) / Math.sqrt(0.007236 / 0.001999)],
  ],
  // Kingma and Ba 2015, algorithm 2: u = 2, then max(0.999·2, 1.8).
  ['AdaMax', optim.adamax({ learningRate, epsilon: 0 }), [0.9, 0.9 - (0.1 * (0.36 / 0.19)) / 1.998]],
  // Chen et al. 2023: the sign of the gradient's moving average.
  ['Lion', optim.lion({ learningRate }), [0.9, 0.8]],
])('%s', (_, optimizer, expected) => {
  twoSteps(optimizer).forEach((w, i) => expect(w, `step ${i + 1}`).toBeCloseTo(expected[i]!, 12));
});
