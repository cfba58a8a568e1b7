import { DTypeError, showShape, ValueError } from '@chainrule/errors';
import { aFunction, checkOptions, nonNegative, oneOf, positive, refuse } from '@chainrule/errors/check';
import { add, isTensor, mul, Tensor } from '@chainrule/tensor';
import { allocate, reduceNode } from '@chainrule/tensor/graph';
import { grad } from './grad.ts';
import { vjp } from './vjp.ts';

/** Options of {@link checkGradients}. */
export interface CheckGradientsOptions {
  /** 1 checks the gradient, 2 the gradient of the gradient as well. Default 1. */
  readonly order?: 1 | 2;
  /** Step of the central differences, relative to 1 + |x|. Default 1e-5. */
  readonly step?: number;
  /** Allowed |analytic − numeric| relative to 1 + |numeric|. Default 1e-6. */
  readonly tolerance?: number;
}

/** The element with the largest difference between the analytic and the numeric gradient. */
export interface GradientReport {
  /** Elements compared. */
  readonly compared: number;
  readonly worst: {
    readonly order: number;
    readonly argument: number;
    readonly index: readonly number[];
    readonly analytic: number;
    readonly numeric: number;
    readonly error: number;
  } | null;
}

/**
 * Compares the gradients of a function with central differences, in float64.
 *
 * (f(x + h) − f(x − h)) / 2h for every element x of every argument, of Σ cᵢ·f(x)ᵢ with fixed irregular weights c.
 *
 * @param fn - float64 tensors to a float64 tensor; keep its kinks away from `args`
 * @returns the number of elements that were compared, and the worst of them
 * @throws ValueError that names the worst element if its error exceeds the tolerance; DTypeError for other dtypes
 * @example
 * checkGradients((x) => exp(x), [tensor([1, 2], undefined, 'float64')], { order: 2 }).compared; // => 4
 */
export function checkGradients(
  fn: (...args: Tensor[]) => Tensor,
  args: readonly Tensor[],
  options: CheckGradientsOptions = {},
): GradientReport {
  aFunction('checkGradients', 'fn', fn);
  if (!Array.isArray(args)) refuse('checkGradients', 'args', 'a list of tensors', args);
  checkOptions('checkGradients', options, { order: oneOf(1, 2), step: positive, tolerance: nonNegative });
  const { order = 1, step = 1e-5, tolerance = 1e-6 } = options;
  args.forEach((x, i) => {
    if (!isTensor(x) || x.dtype !== 'float64')
      throw new DTypeError(`checkGradients: argument ${i} must be a float64 tensor`);
  });
  const first = compare(weighted(fn), args, step, 1);
  const second =
    order === 2 && args.length > 0 ? compare(slope(weighted(fn)), args, step, 2) : { compared: 0, worst: null };
  const worst = [first.worst, second.worst].reduce((a, b) => ((b?.error ?? -1) > (a?.error ?? -1) ? b : a), null);
  if (worst && worst.error > tolerance) {
    throw new ValueError(
      `checkGradients: ${worst.order === 1 ? 'gradient' : 'second gradient'} of argument ${worst.argument} at ${showShape(worst.index)} ` +
        `must be ${worst.numeric} (numeric), got ${worst.analytic} (analytic); the worst of ${first.compared + second.compared}`,
    );
  }
  return { compared: first.compared + second.compared, worst };
}

/** An irregular number for each element, so that errors do not cancel. */
function weights(shape: readonly number[], size: number, seed: number): Tensor {
  const data = allocate('float64', size);
  for (let i = 0; i < size; i++) data[i] = 1 + 0.7 * Math.sin(12.9898 * (i + 1) + 78.233 * seed);
  return new Tensor(shape, 'float64', data);
}

const all = (t: Tensor): number[] => t.shape.map((_, axis) => axis);

function weighted(fn: (...args: Tensor[]) => Tensor): (...args: Tensor[]) => Tensor {
  return (...args) => {
    const y = fn(...args);
    if (!isTensor(y)) refuse('checkGradients', 'fn', 'a function that returns a tensor', y);
    return reduceNode(mul(y, weights(y.shape, y.size, 1)), 'sum', all(y));
  };
}

/** Σ of the gradients of all arguments, with weights. */
function slope(f: (...args: Tensor[]) => Tensor): (...args: Tensor[]) => Tensor {
  return (...args) => {
    const gradients = grad((xs: Tensor[]) => f(...xs))(args);
    return gradients
      .map((g, i) => reduceNode(mul(g, weights(g.shape, g.size, i + 2)), 'sum', all(g)))
      .reduce((a, b) => add(a, b));
  };
}

function compare(
  f: (...args: Tensor[]) => Tensor,
  args: readonly Tensor[],
  step: number,
  order: number,
): GradientReport {
  const [value, pullback] = vjp((...xs: Tensor[]) => f(...xs))(...args);
  const analytic = pullback(new Tensor(value.shape, 'float64', Float64Array.of(1)));
  let compared = 0;
  let worst: GradientReport['worst'] = null;
  args.forEach((x, argument) => {
    const data = x.data as Float64Array;
    const g = analytic[argument]!.data;
    for (let i = 0; i < data.length; i++, compared++) {
      const h = step * (1 + Math.abs(data[i]!));
      const at = (d: number): number => {
        const moved = data.slice();
        moved[i]! += d;
        return f(...args.map((a, k) => (k === argument ? new Tensor(x.shape, 'float64', moved) : a))).item();
      };
      const numeric = (at(h) - at(-h)) / (2 * h);
      const difference = Math.abs(g[i]! - numeric) / (1 + Math.abs(numeric));
      const error = Number.isNaN(difference) ? Infinity : difference;
      if (!worst || error > worst.error)
        worst = { order, argument, index: unravel(i, x.shape), analytic: g[i]!, numeric, error };
    }
  });
  return { compared, worst };
}

function unravel(at: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  for (let axis = shape.length - 1, rest = at; axis >= 0; axis--) {
    index.unshift(rest % shape[axis]!);
    rest = Math.floor(rest / shape[axis]!);
  }
  return index;
}
