import { compile, type CompileOptions } from '@chainrule/compiler';
import * as optim from '@chainrule/optim';
import { isFloat, Tensor, Variable } from '@chainrule/tensor';
import { sizeOf, treeLeaves } from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { expectAgreement, expectationOf, expectSameBits } from '../programs/agreement.ts';
import { wasmBackends } from '../programs/checkProgram.ts';
import { op } from '../programs/dynamic.ts';
import { noisyReference } from '../programs/noise.ts';
import { mulberry } from '../sampler.ts';

type Transformation = optim.GradientTransformation;

const clips: Readonly<Record<'clipByNorm' | 'clipByGlobalNorm' | 'clipByValue', (limit: number) => Transformation>> = {
  clipByNorm: optim.clipByNorm,
  clipByGlobalNorm: optim.clipByGlobalNorm,
  clipByValue: optim.clipByValue,
};
const links: Readonly<Record<string, () => Transformation>> = {
  addDecayedWeights: () => optim.addDecayedWeights(0.01),
  trace: () => optim.trace({ decay: 0.5 }),
  nesterov: () => optim.trace({ decay: 0.9, nesterov: true }),
  scaleByAdam: () => optim.scaleByAdam(),
  scaleByAdamax: () => optim.scaleByAdamax(),
  scaleByNadam: () => optim.scaleByNadam(),
  scaleByRms: () => optim.scaleByRms(),
  scaleByStddev: () => optim.scaleByStddev(),
  scaleByRss: () => optim.scaleByRss(),
  scaleByAdadelta: () => optim.scaleByAdadelta(),
};
const optimizers: Readonly<Record<string, () => optim.Optimizer>> = {
  sgd: () => optim.sgd({ learningRate: 0.1 }),
  momentum: () => optim.sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true }),
  adam: () => optim.adam({ learningRate: 0.01 }),
  adamW: () => optim.adamW({ learningRate: 0.01, weightDecay: 0.1 }),
  adamax: () => optim.adamax({ learningRate: 0.01 }),
  nadam: () => optim.nadam({ learningRate: 0.01 }),
  rmsprop: () => optim.rmsprop({ learningRate: 0.01, momentum: 0.5, centered: true }),
  adagrad: () => optim.adagrad({ learningRate: 0.1 }),
  adadelta: () => optim.adadelta({ learningRate: 1 }),
};
const limits = [1e-20, 1e-3, 1, 5, 1e10] as const;

/** A chain of transformations and its gradients. */
export interface RandomOptimizer {
  readonly clips: readonly (readonly [name: keyof typeof clips, limit: number])[];
  readonly links: readonly string[];
  readonly optimizer: string;
  readonly shapes: readonly (readonly number[])[];
  /** Gradients of step i are numbers of about 2ᵖ, or of all sizes, or special ones. */
  readonly gradients: readonly (number | 'all' | 'special')[];
  readonly seed: number;
}

/** Chains with and without clipping; gradients from 1e-40 to 3e38. */
export const randomOptimizers: fc.Arbitrary<RandomOptimizer> = fc.record({
  clips: fc.array(
    fc.tuple(fc.constantFrom(...(Object.keys(clips) as (keyof typeof clips)[])), fc.constantFrom(...limits)),
    {
      maxLength: 2,
    },
  ),
  links: fc.array(fc.constantFrom(...Object.keys(links)), { maxLength: 2 }),
  optimizer: fc.constantFrom(...Object.keys(optimizers)),
  shapes: fc.array(fc.constantFrom([], [1], [3], [5, 7], [0], [64], [33, 9]), { minLength: 1, maxLength: 3 }),
  gradients: fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.integer({ min: -133, max: 127 }) },
      { weight: 3, arbitrary: fc.integer({ min: -20, max: 20 }) },
      { weight: 1, arbitrary: fc.constantFrom('all' as const, 'special' as const) },
    ),
    { minLength: 1, maxLength: 3 },
  ),
  seed: fc.nat(1e6),
});

const specials = [0, -0, NaN, Infinity, -Infinity, 1, 1e-45, 3e38];

function gradientsOf({ shapes, gradients, seed }: RandomOptimizer): Tensor[][] {
  const random = mulberry(seed);
  const value = (kind: number | 'all' | 'special'): number => {
    if (kind === 'special' && random() < 0.2) return specials[Math.floor(random() * specials.length)]!;
    const power = kind === 'all' ? 260 * random() - 133 : kind === 'special' ? 0 : kind;
    return (random() < 0.5 ? -1 : 1) * (0.5 + random() / 2) * 2 ** power;
  };
  return gradients.map((kind) =>
    shapes.map(
      (shape) =>
        new Tensor(
          [...shape],
          'float32',
          Float32Array.from({ length: sizeOf(shape) }, () => value(kind)),
        ),
    ),
  );
}

/** The variables and the state of the optimizer after some steps. */
function run(given: RandomOptimizer, dtype: 'float32' | 'float64', options?: CompileOptions): Tensor[] {
  const random = mulberry(given.seed + 1);
  const variables = given.shapes.map((shape, i) => {
    const data = Float32Array.from({ length: sizeOf(shape) }, () => random() * 2 - 1);
    return new Variable(op('cast')(new Tensor([...shape], 'float32', data), dtype), { name: `v${i}` });
  });
  const optimizer = optim.chain(
    ...given.clips.map(([name, limit]) => clips[name](limit)),
    ...given.links.map((name) => links[name]!()),
    optimizers[given.optimizer]!(),
  );
  const state = optimizer.init(variables);
  const step = (...gradients: Tensor[]): Tensor[] => {
    optim.applyUpdates(variables, optimizer.update(gradients, state, variables));
    return [];
  };
  const call = options ? compile(step, options) : step;
  gradientsOf(given).forEach((gradients, i) => {
    optimizer.tick(state, i);
    call(...gradients.map((g) => op('cast')(g, dtype)));
  });
  const kept = treeLeaves(state).map(({ leaf }) => leaf as Variable);
  return [...variables, ...kept].map(({ value }) => value).filter((x) => isFloat(x.dtype));
}

/** Weights are about 1. */
const absolute = 2 ** -20;

/**
 * Throws unless an optimizer does the same in eager code, compiled, on WebAssembly and, where squares stay in range, in
 * float64.
 */
export async function checkOptimizer(given: RandomOptimizer): Promise<void> {
  const { plain, relaxed } = await wasmBackends();
  const eager = run(given, 'float32');
  expectSameBits('compiled against eager', run(given, 'float32', {}), eager);
  const backend = noisyReference(1);
  const expected = await expectationOf(
    eager,
    () => run(given, 'float32', { backend, simplify: false, fuse: false }),
    29,
  );
  await expectAgreement('WebAssembly against eager', run(given, 'float32', { backend: plain }), expected, absolute);
  await expectAgreement(
    'relaxed WebAssembly against eager',
    run(given, 'float32', { backend: relaxed }),
    expected,
    absolute,
  );
  const isClipped = given.clips.some(([, limit]) => limit < 1e10);
  const isModerate = given.gradients.every((kind) => typeof kind === 'number' && (Math.abs(kind) < 40 || isClipped));
  if (!isModerate) return;
  const wide = run(given, 'float64').map((x) => op('cast')(x, 'float32'));
  await expectAgreement('float64 against float32', wide, expected, absolute);
}
