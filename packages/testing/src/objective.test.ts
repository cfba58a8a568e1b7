import {
  adam,
  applyUpdates,
  chain,
  implicitSgd,
  lbfgs,
  type Optimizer,
  partition,
  sam,
  scaleByAdam,
  scaleByLineSearch,
  sgd,
} from '@chainrule/optim';
import { add, mean, mul, square, sub, sum, tensor, type Tensor, Variable } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { objectiveOf } from './objectiveOf.ts';

const vector = (...values: number[]): Tensor => tensor(values, undefined, 'float64');

/** Minimizes a loss of one variable, and returns the losses before each step. */
function minimize(optimizer: Optimizer, w: Variable, loss: () => Tensor, steps: number): number[] {
  const state = optimizer.init([w]);
  return Array.from({ length: steps }, (_, i) => {
    optimizer.tick(state, i);
    const objective = objectiveOf(loss, [w]);
    applyUpdates([w], optimizer.update(objective.gradients, state, [w], objective));
    return objective.value.item();
  });
}

/** (1 − a)² + 100 (b − a²)², whose minimum lies at (1, 1). */
function rosenbrock(w: Variable): () => Tensor {
  const [first, second] = [vector(1, 0), vector(0, 1)];
  return () => {
    const [a, b] = [sum(mul(w.value, first)), sum(mul(w.value, second))];
    return add(square(sub(1, a)), mul(100, square(sub(b, square(a)))));
  };
}

describe('lbfgs', () => {
  test('finds the minimum of Rosenbrock’s function', () => {
    const w = new Variable(vector(-1.2, 1));
    const losses = minimize(lbfgs(), w, rosenbrock(w), 60);
    expect(losses.at(-1)).toBeLessThan(1e-12);
    w.value.data.forEach((v) => expect(v).toBeCloseTo(1, 6));
  });

  test('minimizes a quadratic of n weights in about n steps, which gradient descent does not in 100', () => {
    const scales = vector(1, 10, 100, 1000);
    const make = (): Variable => new Variable(vector(1, 1, 1, 1));
    const loss = (w: Variable) => (): Tensor => sum(mul(scales, square(w.value)));
    const [w, other] = [make(), make()];
    minimize(lbfgs(), w, loss(w), 25);
    minimize(sgd({ learningRate: 1e-3 / 2 }), other, loss(other), 100);
    expect(loss(w)().item()).toBeLessThan(1e-10);
    expect(loss(other)().item()).toBeGreaterThan(0.1);
  });

  test('never steps uphill, and stays where no step fits', () => {
    const w = new Variable(vector(-1.2, 1));
    const losses = minimize(lbfgs({ maxEvaluations: 2 }), w, rosenbrock(w), 30);
    losses.slice(1).forEach((loss, i) => expect(loss).toBeLessThanOrEqual(losses[i]!));
    const start = [...w.value.data];
    minimize(scaleByLineSearch({ maxEvaluations: 1, initialStep: 1e6 }), w, rosenbrock(w), 1);
    expect([...w.value.data]).toEqual(start);
  });

  test('stays at a minimum, and takes empty variables', () => {
    const [w, empty] = [new Variable(vector(1, 1)), new Variable(vector())];
    minimize(lbfgs(), w, rosenbrock(w), 3);
    expect([...w.value.data]).toEqual([1, 1]);
    expect(minimize(lbfgs(), empty, () => sum(square(empty.value)), 2)).toEqual([0, 0]);
  });
});

describe('implicitSgd', () => {
  // Toulis and Airoldi: for y ≈ xᵀw with the loss (xᵀw − y)², w′ = w − 2η (xᵀw − y) x / (1 + 2η‖x‖²).
  test.each([0.01, 1, 1e4])('equals the closed form for one sample of a linear model, at a rate of %d', (rate) => {
    const [x, y, start] = [[0.5, -2, 3], 1.5, [1, 2, -1]];
    const w = new Variable(vector(...start));
    minimize(
      implicitSgd({ learningRate: rate, iterations: 1 }),
      w,
      () => square(sub(sum(mul(w.value, vector(...x))), y)),
      1,
    );
    const [error, size] = [x.reduce((s, v, i) => s + v * start[i]!, 0) - y, x.reduce((s, v) => s + v * v, 0)];
    w.value.data.forEach((v, i) =>
      expect(v).toBeCloseTo(start[i]! - (2 * rate * error * x[i]!) / (1 + 2 * rate * size), 6),
    );
  });

  test('satisfies w′ = w − η ∇L(w′) for a batch of a linear model', () => {
    const [x, y, rate] = [tensor([[1, 2], [3, -1], [0.5, 4]], undefined, 'float64'), vector(1, 2, 3), 3]; // prettier-ignore
    const w = new Variable(vector(0.5, -0.5));
    const loss = (): Tensor => mean(square(sub(sum(mul(x, w.value), { axis: 1 }), y)));
    const before = [...w.value.data];
    minimize(implicitSgd({ learningRate: rate, iterations: 3 }), w, loss, 1);
    const { gradients } = objectiveOf(loss, [w]);
    w.value.data.forEach((v, i) => expect(v).toBeCloseTo(before[i]! - rate * gradients[0]!.data[i]!, 6));
  });

  test('converges on a stiff problem where explicit SGD diverges at the same rate', () => {
    const scales = vector(1, 1000);
    const [w, other] = [new Variable(vector(1, 1)), new Variable(vector(1, 1))];
    const loss = (v: Variable) => (): Tensor => sum(mul(scales, square(v.value)));
    const implicit = minimize(implicitSgd({ learningRate: 1 }), w, loss(w), 30);
    const explicit = minimize(sgd({ learningRate: 1 }), other, loss(other), 30);
    expect(implicit.at(-1)).toBeLessThan(1e-12);
    expect(explicit.at(-1)).toBeGreaterThan(1e100);
  });
});

describe('sam', () => {
  test('takes the gradients at the worst weights nearby', () => {
    const w = new Variable(vector(3, 4));
    minimize(sam(sgd({ learningRate: 1 }), { rho: 0.5 }), w, () => sum(square(w.value)), 1);
    // The gradient (6, 8) has norm 10; at (3.3, 4.4) the gradient is (6.6, 8.8).
    w.value.data.forEach((v, i) => expect(v).toBeCloseTo([-3.6, -4.8][i]!, 12));
  });

  test('uses one norm for all variables, and stays at a minimum', () => {
    const [a, b] = [new Variable(vector(3)), new Variable(vector(4))];
    const optimizer = sam(sgd({ learningRate: 1 }), { rho: 0.5 });
    const step = (): void => {
      const objective = objectiveOf(() => add(sum(square(a.value)), sum(square(b.value))), [a, b]);
      applyUpdates([a, b], optimizer.update(objective.gradients, optimizer.init([a, b]), [a, b], objective));
    };
    step();
    expect([a, b].map((v) => v.value.item().toFixed(9))).toEqual(['-3.600000000', '-4.800000000']);
    [a, b].forEach((v) => v.assign(vector(0)));
    step();
    expect([a, b].map((v) => v.value.item())).toEqual([0, 0]);
  });
});

test('a group of a partition sees its own part of the objective', () => {
  const [a, b] = [new Variable(vector(3)), new Variable(vector(4))];
  const optimizer = partition((v) => (v === a ? 'a' : 'b'), { a: lbfgs(), b: sgd({ learningRate: 0 }) });
  const state = optimizer.init([a, b]);
  for (let i = 0; i < 20; i++) {
    const objective = objectiveOf(() => sum(square(sub(mul(a.value, b.value), 8))), [a, b]);
    applyUpdates([a, b], optimizer.update(objective.gradients, state, [a, b], objective));
  }
  expect([a, b].map((v) => v.value.item().toFixed(6))).toEqual(['2.000000', '4.000000']);
});

test.each<Optimizer>([sam(adam()), implicitSgd(), lbfgs(), chain(scaleByAdam(), scaleByLineSearch())])(
  '$name says that it needs the objective',
  (optimizer) => {
    const w = new Variable(vector(1));
    expect(() => optimizer.update([vector(1)], optimizer.init([w]), [w])).toThrow(
      'needs the loss as a function of the weights; train with `compile` and `fit`',
    );
  },
);
