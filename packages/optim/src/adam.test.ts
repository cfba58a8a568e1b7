import { type DType, tensor, type Tensor, Variable, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { adam, type AdamOptions, type AdamState } from './adam.ts';
import { applyUpdates } from './applyUpdates.ts';
import { exponentialDecay } from './exponentialDecay.ts';
import { learningRateOf } from './learningRateOf.ts';
import type { Optimizer } from './transformation.ts';

const vector = (values: number[], dtype: DType = 'float64'): Tensor => tensor(values, undefined, dtype);

/** Gradients that change sign and size. */
const gradientAt = (step: number): number[] => [Math.sin(step), 100 * Math.cos(0.3 * step), 1e-4 * (1 + step)];

/** Kingma and Ba, algorithm 1, in float64. */
function plainAdam(
  start: number[],
  steps: number,
  { rate = (_: number): number => 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = {},
): number[] {
  const [w, m, v] = [[...start], start.map(() => 0), start.map(() => 0)];
  for (let t = 1; t <= steps; t++) {
    gradientAt(t - 1).forEach((g, i) => {
      m[i] = beta1 * m[i]! + (1 - beta1) * g;
      v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
      w[i]! -= (rate(t - 1) * (m[i] / (1 - beta1 ** t))) / (Math.sqrt(v[i] / (1 - beta2 ** t)) + epsilon);
    });
  }
  return w;
}

function run(
  optimizer: Optimizer<AdamState>,
  start: number[],
  steps: number,
  dtype: DType = 'float64',
): { w: Variable; state: AdamState } {
  const w = new Variable(vector(start, dtype), { name: 'w' });
  const state = optimizer.init([w]);
  for (let step = 0; step < steps; step++) {
    optimizer.tick(state, step);
    applyUpdates([w], optimizer.update([vector(gradientAt(step), dtype)], state, [w]));
  }
  return { w, state };
}

describe('adam', () => {
  const start = [1, -2, 3];

  // The rate and the corrections are float32: 2⁻²⁴ of the way that is gone.
  test.each([
    ['its defaults', {}, {}],
    [
      'other decays',
      { learningRate: 0.1, beta1: 0.5, beta2: 0.9, epsilon: 1e-3 },
      { rate: () => 0.1, beta1: 0.5, beta2: 0.9, epsilon: 1e-3 },
    ],
    ['no momentum', { learningRate: 0.01, beta1: 0 }, { rate: () => 0.01, beta1: 0 }],
    ['no memory', { learningRate: 0.01, beta1: 0, beta2: 0 }, { rate: () => 0.01, beta1: 0, beta2: 0 }],
  ] as [string, AdamOptions, object][])(
    'equals the algorithm in float64 over 50 steps, with %s',
    (_, options, plain) => {
      const { w } = run(adam(options), start, 50);
      const expected = plainAdam(start, 50, plain);
      w.value.data.forEach((v, i) =>
        expect(Math.abs(v - expected[i]!)).toBeLessThan(1e-6 * Math.abs(expected[i]! - start[i]!)),
      );
    },
  );

  test('equals it in float32 up to rounding', () => {
    const { w } = run(adam({ learningRate: 0.01 }), start, 50, 'float32');
    plainAdam(start, 50, { rate: () => 0.01 }).forEach((v, i) => expect(w.value.data[i]).toBeCloseTo(v, 5));
  });

  test('makes a first step of the size of the learning rate, for any gradient', () => {
    const { w } = run(adam({ learningRate: 0.25, epsilon: 0 }), [0, 0, 0], 1);
    const [, second, third] = w.value.data;
    expect([second, third].map((v) => v!.toFixed(6))).toEqual(['-0.250000', '-0.250000']);
  });

  test('does not move if the gradient is 0', () => {
    const w = new Variable(vector([1, 2]));
    const optimizer = adam();
    const state = optimizer.init([w]);
    applyUpdates([w], optimizer.update([zeros([2], 'float64')], state, [w]));
    expect(w.value.toArray()).toEqual([1, 2]);
  });

  test('keeps moments in the variable’s dtype and shape, and counts its steps', () => {
    const { state } = run(adam(), start, 3);
    const [{ step, m, v }, { learningRate }] = state;
    expect([m[0]!.dtype, v[0]!.dtype, m[0]!.shape]).toEqual(['float64', 'float64', [3]]);
    expect(step.value.item()).toBe(3);
    expect([m[0]!.name, m[0]!.trainable, learningRate.trainable]).toEqual(['scaleByAdam/m/w', false, false]);
  });

  test('treats variables independently', () => {
    const [a, b] = [new Variable(vector([0])), new Variable(vector([0, 0]))];
    const optimizer = adam({ learningRate: 0.1, epsilon: 0 });
    applyUpdates([a, b], optimizer.update([vector([-3]), vector([5, -5])], optimizer.init([a, b]), [a, b]));
    expect([...a.value.data, ...b.value.data].map((v) => v.toFixed(6))).toEqual(['0.100000', '-0.100000', '0.100000']);
  });
});

describe('the learning rate of adam', () => {
  test('follows a schedule from tick to tick', () => {
    const schedule = exponentialDecay({ initialLearningRate: 0.1, decaySteps: 10, decayRate: 0.5 });
    const { w, state } = run(adam({ learningRate: schedule }), [0, 0, 0], 50);
    const expected = plainAdam([0, 0, 0], 50, { rate: schedule });
    w.value.data.forEach((v, i) => expect(Math.abs(v / expected[i]! - 1)).toBeLessThan(1e-12));
    expect(learningRateOf(state).value.item()).toBe(0.1 * 0.5 ** 4.9);
  });

  test('keeps the value that the user assigned if it is constant', () => {
    const optimizer = adam({ learningRate: 0.1, epsilon: 0 });
    const w = new Variable(vector([0]));
    const state = optimizer.init([w]);
    learningRateOf(state).assign(tensor(0.5, undefined, 'float64'));
    optimizer.tick(state, 0);
    applyUpdates([w], optimizer.update([vector([1])], state, [w]));
    expect(w.value.item()).toBeCloseTo(-0.5, 15);
  });

  test('must be a number; the error names the step', () => {
    const optimizer = adam({ learningRate: (step) => (step < 3 ? 0.1 : NaN) });
    const state = optimizer.init([new Variable(vector([0]))]);
    optimizer.tick(state, 2);
    expect(() => optimizer.tick(state, 3)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: learningRate: must be a finite number of at least 0, got NaN at step 3]`,
    );
    expect(() => adam({ learningRate: -0.1 }).init([])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: adam: \`learningRate\` must be a finite number of at least 0 or a schedule, got -0.1]`,
    );
    expect(() => adam({ learningRate: () => Infinity }).init([])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: learningRate: must be a finite number of at least 0, got Infinity at step 0]`,
    );
    expect(() => adam({ learningRate: () => '0.1' as never }).init([])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: learningRate: must be a finite number of at least 0, got "0.1" at step 0]`,
    );
  });
});

describe('adam throws for', () => {
  test('decays outside [0, 1), and an epsilon below 0', () => {
    expect(() => adam({ beta1: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: adam: \`beta1\` must be in [0, 1), got 1]`,
    );
    expect(() => adam({ beta2: -0.1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: adam: \`beta2\` must be in [0, 1), got -0.1]`,
    );
    expect(() => adam({ beta2: NaN })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: adam: \`beta2\` must be in [0, 1), got NaN]`,
    );
    expect(() => adam({ epsilon: -1e-7 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: adam: \`epsilon\` must be at least 0, got -1e-7]`,
    );
  });

  test('another number of gradients than variables', () => {
    const optimizer = adam();
    const variables = [new Variable(vector([0])), new Variable(vector([0]))];
    const state = optimizer.init(variables);
    expect(() => optimizer.update([vector([1])], state, variables)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: scaleByAdam: expects 2 updates, got 1]`,
    );
    expect(state[0].step.value.item()).toBe(0);
  });

  test('a gradient of another shape', () => {
    const optimizer = adam();
    const w = new Variable(vector([0]), { name: 'w' });
    const state = optimizer.init([w]);
    expect(() => optimizer.update([vector([1, 2])], state, [w])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: assign: \`scaleByAdam/m/w\` has shape [1], got [2]]`,
    );
  });
});
