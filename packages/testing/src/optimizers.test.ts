import { grad } from '@chainrule/autograd';
import { compile, type CompileOptions } from '@chainrule/compiler';
import * as optim from '@chainrule/optim';
import { add, matmul, mean, mul, sin, square, sub, sum, tanh, tensor, type Tensor, Variable } from '@chainrule/tensor';
import { treeLeaves } from '@chainrule/tensor/graph';
import { describe, expect, test } from 'vitest';
import { objectiveOf } from './objectiveOf.ts';

/** Makes an optimizer of these links and a learning rate. */
const scaled =
  (...links: readonly optim.GradientTransformation[]) =>
  (): optim.Optimizer =>
    optim.chain(...links, optim.scaleByLearningRate(0.01));

/** Whatever the export is called with, once at least. */
const optimizers: Readonly<Record<string, readonly (() => optim.Optimizer)[]>> = {
  adadelta: [() => optim.adadelta({ learningRate: 1 })],
  adagrad: [() => optim.adagrad({ learningRate: 0.1 })],
  adam: [() => optim.adam({ learningRate: 0.02 }), () => optim.adam({ beta1: 0, epsilon: 1e-3 })],
  adamW: [() => optim.adamW({ learningRate: 0.02, weightDecay: 0.1 })],
  accumulateGradients: [() => optim.accumulateGradients(optim.adam({ learningRate: 0.02 }), 3)],
  adafactor: [() => optim.adafactor({ learningRate: 0.1 }), () => optim.adafactor({ relativeStep: false })],
  adamax: [() => optim.adamax({ learningRate: 0.02 })],
  averageWeights: [() => optim.chain(optim.sgd({ learningRate: 0.1 }), optim.averageWeights({ decay: 0.5 }))],
  implicitSgd: [() => optim.implicitSgd({ learningRate: 1 }), () => optim.implicitSgd({ iterations: 1 })],
  lamb: [() => optim.lamb({ learningRate: 0.1, weightDecay: 0.1 })],
  lbfgs: [() => optim.lbfgs({ memory: 3 })],
  lion: [() => optim.lion({ learningRate: 0.01, weightDecay: 0.1 })],
  lookahead: [() => optim.lookahead(optim.adam({ learningRate: 0.02 }), { syncPeriod: 3 })],
  partition: [
    () =>
      optim.partition(({ shape }) => String(shape.length), {
        0: optim.sgd(),
        1: optim.lbfgs({ memory: 2 }),
        2: optim.adam({ learningRate: 0.02 }),
      }),
  ],
  sam: [() => optim.sam(optim.adam({ learningRate: 0.02 }), { rho: 0.1 })],
  nadam: [() => optim.nadam({ learningRate: 0.02 }), () => optim.nadam({ momentumDecay: 0 })],
  rmsprop: [
    () => optim.rmsprop({ learningRate: 0.01 }),
    () => optim.rmsprop({ momentum: 0.9 }),
    () => optim.rmsprop({ centered: true, momentum: 0.5 }),
    () => optim.rmsprop({ biasCorrection: true }),
  ],
  sgd: [
    () => optim.sgd({ learningRate: 0.1 }),
    () => optim.sgd({ momentum: 0.9 }),
    () => optim.sgd({ momentum: 0.9, nesterov: true }),
  ],
  scaleByLearningRate: [() => optim.scaleByLearningRate(0.1)],
  addDecayedWeights: [() => optim.chain(optim.addDecayedWeights(0.1), optim.sgd())],
  clipByGlobalNorm: [() => optim.chain(optim.clipByGlobalNorm(0.1), optim.adam())],
  clipByNorm: [() => optim.chain(optim.clipByNorm(0.1), optim.sgd({ momentum: 0.5 }))],
  clipByRms: [() => optim.chain(optim.clipByRms(0.01), optim.sgd())],
  clipByValue: [() => optim.chain(optim.clipByValue(0.01), optim.rmsprop())],
  scaleByAdam: [scaled(optim.scaleByAdam())],
  scaleByAdamax: [scaled(optim.scaleByAdamax())],
  scaleByNadam: [scaled(optim.scaleByNadam())],
  scaleByRms: [scaled(optim.scaleByRms())],
  scaleByStddev: [scaled(optim.scaleByStddev())],
  scaleByRss: [scaled(optim.scaleByRss())],
  scaleByAdadelta: [scaled(optim.scaleByAdadelta())],
  scaleByFactoredRms: [scaled(optim.scaleByFactoredRms())],
  scaleByLbfgs: [scaled(optim.scaleByLbfgs({ memory: 2 }))],
  scaleByLineSearch: [() => optim.scaleByLineSearch({ maxEvaluations: 4 })],
  scaleByLion: [scaled(optim.scaleByLion())],
  scaleByParameterRms: [scaled(optim.scaleByParameterRms())],
  scaleByTrustRatio: [scaled(optim.scaleByTrustRatio())],
  trace: [
    scaled(optim.trace({ decay: 0.9 })),
    scaled(optim.trace({ decay: 0.5 }), optim.trace({ decay: 0.9, nesterov: true })),
  ],
  defineTransformation: [
    scaled(optim.defineTransformation({ name: 'half', update: (updates) => updates.map((u) => mul(u, 0.5)) })),
  ],
  chain: [
    () => optim.chain(optim.clipByValue(0.1), optim.clipByGlobalNorm(1), optim.addDecayedWeights(0.01), optim.nadam()),
  ],
};

const schedules: Readonly<Record<string, optim.Schedule>> = {
  constantSchedule: optim.constantSchedule(0.1),
  cosineDecay: optim.cosineDecay({ initialLearningRate: 0.1, decaySteps: 15 }),
  cosineDecayRestarts: optim.cosineDecayRestarts({ initialLearningRate: 0.1, firstDecaySteps: 3 }),
  exponentialDecay: optim.exponentialDecay({ initialLearningRate: 0.1, decaySteps: 5, decayRate: 0.5 }),
  inversePowerDecay: optim.inversePowerDecay({ initialLearningRate: 0.1, decaySteps: 5, power: 0.5 }),
  inverseTimeDecay: optim.inverseTimeDecay({ initialLearningRate: 0.1, decaySteps: 5, decayRate: 1 }),
  oneCycle: optim.oneCycle({ maxLearningRate: 0.1, totalSteps: 15 }),
  piecewiseConstant: optim.piecewiseConstant([3, 7], [0.1, 0.05, 0.01]),
  polynomialDecay: optim.polynomialDecay({ initialLearningRate: 0.1, decaySteps: 10 }),
  stepDecay: optim.stepDecay({ initialLearningRate: 0.1, every: 4, factor: 0.5 }),
  warmUp: optim.warmUp({ steps: 5, after: optim.constantSchedule(0.1) }),
};

/** Exports that are neither: they are tested beside their source. */
const others = ['applyUpdates', 'learningRateOf', 'learningRatesOf', 'swapAverages'];

const cases = Object.entries(optimizers).flatMap(([name, makers]) =>
  makers.map((make, i) => [makers.length > 1 ? `${name} ${i + 1}` : name, make] as const),
);

function data(shape: readonly number[], seed: number): Tensor {
  return tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(2.4 * (i + 1) + seed)),
    shape,
  );
}

/** Everything that 20 steps of a small net leave behind, bit by bit. */
function run(make: () => optim.Optimizer, options: CompileOptions | 'eager'): { losses: number[]; bits: unknown[] } {
  const variables = [
    new Variable(data([3, 4], 1), { name: 'w' }),
    new Variable(data([4], 2), { name: 'b' }),
    new Variable(tensor(0.3), { name: 'scale' }),
  ] as const;
  const [w, b, scale] = variables;
  const optimizer = make();
  const state = optimizer.init(variables);
  const step = (x: Tensor): Tensor => {
    const lossOf = (): Tensor =>
      mean(square(sub(mul(tanh(add(matmul(x as never, w.value as never) as Tensor, b.value)), scale.value), 0.2)));
    const objective = objectiveOf(lossOf, variables);
    const { value: loss, gradients } = objective;
    optim.applyUpdates(variables, optimizer.update(gradients, state, variables, objective));
    return loss;
  };
  const run = options === 'eager' ? step : compile(step, options);
  const losses = Array.from({ length: 20 }, (_, i) => {
    optimizer.tick(state, i);
    return run(data([5, 3], i)).item();
  });
  const kept = treeLeaves(state).map(({ leaf }) => leaf as Variable);
  return { losses, bits: [...variables, ...kept].map((v) => [v.name, v.value.dtype, v.value.toArray()]) };
}

test('every export of optim stands in a table here', () => {
  const covered = [...Object.keys(optimizers), ...Object.keys(schedules), ...others].sort();
  console.log(
    `optim: ${Object.keys(optim).length} exported, of which ${Object.keys(optimizers).length} transformations in ${cases.length} cases and ${Object.keys(schedules).length} schedules`,
  );
  expect(covered).toEqual(Object.keys(optim).sort());
});

describe('20 compiled steps equal 20 eager ones bit for bit, with', () => {
  test.each(cases)('%s', (_, make) => {
    const eager = run(make, 'eager');
    expect(run(make, {})).toEqual(eager);
    expect(run(make, { fuse: false, simplify: false })).toEqual(eager);
    expect(eager.losses[19]).not.toBe(eager.losses[0]);
    expect(eager.losses.every(Number.isFinite)).toBe(true);
  });

  test.each(Object.entries(schedules))('the schedule %s, which does not compile anew', (_, learningRate) => {
    const make = (): optim.Optimizer => optim.adam({ learningRate });
    expect(run(make, {})).toEqual(run(make, 'eager'));
  });
});

test.each(Object.entries(schedules))('%s is finite, never negative, and the same when asked again', (_, schedule) => {
  const rates = Array.from({ length: 60 }, (_, step) => schedule(step));
  expect(rates.every((rate) => Number.isFinite(rate) && rate >= 0 && rate <= 0.1 + 1e-12)).toBe(true);
  expect(Array.from({ length: 60 }, (_, step) => schedule(step))).toEqual(rates);
});

describe('optimizers are differentiated through', () => {
  test('a step of sgd: the loss after it, by the rate', () => {
    const optimizer = optim.sgd({ learningRate: 0.1 });
    const w = new Variable(tensor([1, -2], undefined, 'float64'));
    const state = optimizer.init([w]);
    const start = w.value;
    // f = Σ w², after one step Σ (w − 2ηw)²; its slope in η at 0.1 is −4(1 − 2η) Σ w².
    const after = (rate: Tensor): Tensor => {
      w.assign(start);
      optim.learningRateOf(state).assign(rate);
      const gradients = grad(([v]: readonly Variable[]) => sum(square(v!.value)) as Tensor)([w] as readonly Variable[]);
      optim.applyUpdates([w], optimizer.update(gradients, state, [w]));
      return sum(square(w.value));
    };
    expect(grad(after)(tensor(0.1, undefined, 'float64')).item()).toBeCloseTo(-4 * 0.8 * 5, 12);
  });

  test.each([optim.clipByNorm(1), optim.clipByGlobalNorm(1), optim.clipByValue(1)])(
    '$name has no NaN in its gradient at 0, and the slope 1 below the limit',
    (clip) => {
      const slope = (x: Tensor): Tensor =>
        grad((g: Tensor) => sum(clip.update([sin(g) as Tensor], [], [])[0]!) as Tensor)(x);
      expect(slope(tensor([0, 0])).toArray()).toEqual([1, 1]);
    },
  );
});
