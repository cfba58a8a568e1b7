import { grad } from '@chainrule/autograd';
import { isFloat, Tensor } from '@chainrule/tensor';
import { mulberry } from '../sampler.ts';
import { lossOf } from './checkProgram.ts';
import { op } from './dynamic.ts';
import { argumentsOf, execute, newState, type Program, reset } from './program.ts';

/** Distances from the arguments at which the loss is computed, in a random direction whose elements are about 1. */
const distances = [1e-4, -1e-4, 1e-5, -1e-5];

/** Operations whose slope is infinite somewhere in or at the edge of their domain. */
const infiniteSlopes: readonly string[] = [
  'sqrt',
  'rsqrt',
  'log',
  'log1p',
  'pow',
  'div',
  'reciprocal',
  'asin',
  'acos',
  'acosh',
  'atanh',
  'norm',
  'std',
];

/**
 * Throws unless the gradient of a program in float64 is the slope of its values. Four differences estimate the slope.
 * They differ if the slope changes nearby, most of all at a kink or a jump; the gradient may be off by twice their
 * spread.
 */
export function checkGradient(program: Program): void {
  const loss = lossOf(program);
  const state = newState(true);
  const args = argumentsOf(program).map((x) => (x.dtype === 'float32' ? op('cast')(x, 'float64') : x));
  const isVaried = args.map(({ dtype }) => isFloat(dtype));
  const directions = args.filter((_, i) => isVaried[i]).map(direction);
  const at = (floats: readonly Tensor[]): Tensor => {
    let next = 0;
    return loss(
      args.map((x, i) => (isVaried[i] ? floats[next++]! : x)),
      state,
    );
  };
  const value = (t: number): number => {
    reset(state);
    return at(args.filter((_, i) => isVaried[i]).map((x, i) => op('add')(x, op('mul')(directions[i], t)))).item();
  };
  const start = value(0);
  const slopes = distances.map((t) => (value(t) - start) / t);
  const [low, high] = [Math.min(...slopes), Math.max(...slopes)];
  reset(state);
  const slope = grad(at)(args.filter((_, i) => isVaried[i]))
    .map((g: Tensor, i: number) => op('sum')(op('mul')(g, directions[i])).item())
    .reduce((a: number, b: number) => a + b, 0);
  const rounding = 1e-8 * (1 + Math.abs(start)) + 1e-6 * Math.max(Math.abs(low), Math.abs(high));
  const allowed = 2 * (high - low) + rounding;
  // At a pole, or if the slope is infinite, the differences do not estimate the slope.
  if (!Number.isFinite(allowed) || allowed > 1 + Math.abs(high)) return;
  // A gradient through an infinite value or slope may be NaN: tanh(1/0) is 1, and its derivative is 0 · ∞.
  reset(state);
  const hasInfinities = (): boolean =>
    execute(program, args, state).some(({ data }) => data.some((element) => !Number.isFinite(element)));
  if (Number.isNaN(slope) && (program.steps.some(([name]) => infiniteSlopes.includes(name)) || hasInfinities())) return;
  if (!(Math.abs(slope - slopes[2]!) <= allowed))
    throw new Error(`the gradient says ${slope}, the values ${slopes.join(', ')} (± ${allowed.toExponential(1)})`);
}

function direction({ shape, size }: Tensor, seed: number): Tensor {
  const random = mulberry(seed + 77);
  return new Tensor(
    [...shape],
    'float64',
    Float64Array.from({ length: size }, () => (random() < 0.5 ? -1 : 1) * (0.5 + random() / 2)),
  );
}
