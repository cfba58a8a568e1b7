import { showShape } from '@chainrule/errors';
import { aNumber, type Checks, checkOptions } from '@chainrule/errors/check';
import { isTensor, type Nested, type Tensor } from './array/tensor.ts';
import { tensor } from './ops/creation/creation.ts';

/** The largest difference of two elements: `|received − expected| ≤ atol + rtol · |expected|`, as in NumPy's `allclose`. */
export interface Tolerance {
  /** Relative. Default 1e-5. */
  readonly rtol?: number;
  /** Absolute. Default 1e-6. */
  readonly atol?: number;
}

/** The result of a matcher, for Vitest or Jest. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** The types of the matchers, for an interface of your test runner. */
export interface TensorMatchers<R = unknown> {
  /** Passes if shape and dtype are equal and every element is within the tolerance. NaN equals NaN. */
  toBeCloseToTensor(expected: Tensor | Nested, tolerance?: Tolerance): R;
}

const checks: Checks<Tolerance> = { rtol: aNumber, atol: aNumber };

/**
 * Compares a tensor with another, or with nested arrays, whose dtype does not matter. Infinities must be equal.
 *
 * @throws OptionError for unknown options
 */
function toBeCloseToTensor(received: unknown, expected: Tensor | Nested, tolerance: Tolerance = {}): MatcherResult {
  checkOptions('toBeCloseToTensor', tolerance, checks);
  const problem = difference(received, expected, tolerance);
  return {
    pass: problem === undefined,
    message: () => problem ?? `expected the tensor not to be close to ${show(expected)}`,
  };
}

/**
 * Matchers for Vitest and Jest: `expect.extend(tensorMatchers)`.
 *
 * @example
 * tensorMatchers.toBeCloseToTensor(tensor([1, 2]), [1, 2.00001]).pass; // => true
 */
export const tensorMatchers: { readonly toBeCloseToTensor: typeof toBeCloseToTensor } = { toBeCloseToTensor };

const show = (value: Tensor | Nested): string => String(isTensor(value) ? value : tensor(value as never));

/** The first reason why two tensors are not close. */
function difference(received: unknown, expected: Tensor | Nested, tolerance: Tolerance): string | undefined {
  if (!isTensor(received)) return `expected a tensor, got ${typeof received}`;
  const wanted = isTensor(expected) ? expected : (tensor(expected as never, 'float64') as Tensor);
  if (String(received.shape) !== String(wanted.shape))
    return `expected shape ${showShape(wanted.shape)}, got ${showShape(received.shape)}`;
  if (isTensor(expected) && received.dtype !== wanted.dtype)
    return `expected dtype ${wanted.dtype}, got ${received.dtype}`;
  return differentElements(received, wanted, tolerance);
}

function differentElements(
  received: Tensor,
  wanted: Tensor,
  { rtol = 1e-5, atol = 1e-6 }: Tolerance,
): string | undefined {
  const [a, b] = [received.data, wanted.data];
  const wrong = Array.from(a.keys()).filter((i) => !isClose(a[i]!, b[i]!, rtol, atol));
  const [first] = wrong;
  if (first === undefined) return undefined;
  const largest = wrong.reduce((most, i) => Math.max(most, Math.abs(a[i]! - b[i]!) || 0), 0);
  return [
    `expected ${String(received)}`,
    `to be close to ${String(wanted)} (rtol ${rtol}, atol ${atol})`,
    `${wrong.length} of ${a.length} elements differ, by up to ${largest}; the first at ${showShape(place(first, received.shape))}: ${a[first]}, expected ${b[first]}`,
  ].join('\n');
}

function isClose(a: number, b: number, rtol: number, atol: number): boolean {
  return Object.is(a, b) || a === b || (Number.isFinite(b) && Math.abs(a - b) <= atol + rtol * Math.abs(b));
}

/** The index of each axis for a position in row-major order. */
function place(at: number, shape: readonly number[]): number[] {
  const indices: number[] = [];
  let rest = at;
  for (const size of [...shape].reverse()) {
    indices.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return indices;
}
