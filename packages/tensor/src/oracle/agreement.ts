import { expect } from 'vitest';
import { allocate, isFloat, type TypedArray } from '../array/dtype.ts';
import { Tensor } from '../array/tensor.ts';
import { treeTensors } from '../array/tree.ts';
import { oracle, type OracleResult } from './oracle.ts';

export interface Tolerance {
  /** The length k of a contraction; c is 1. Default 4, for a few rounded operations. */
  readonly terms?: number;
  /**
   * Whether errors are relative to Σ|a||b|, which the oracle computes from absolute values, instead of to the result.
   */
  readonly magnitude?: boolean;
  /** The magnitude of intermediate values, if results may cancel. */
  readonly least?: number;
}

type Fn = (...args: Tensor[]) => unknown;

/** The same numbers in another dtype. */
export function as(dtype: 'float32' | 'float64', t: Tensor): Tensor {
  if (!isFloat(t.dtype)) return t;
  const values = allocate(dtype, t.size);
  values.set(t['~values']);
  return new Tensor(t.shape, dtype, values);
}

/** Runs `fn` on the fast half in float32 and in float64, and expects the oracle's answers. */
export function expectAgreement(fn: Fn, args: readonly Tensor[], tolerance: Tolerance = {}): void {
  for (const dtype of ['float32', 'float64'] as const)
    expectSame(
      fn,
      args.map((t) => as(dtype, t)),
      tolerance,
    );
}

/** As {@link expectAgreement}, on the arguments as they are. */
export function expectSame(
  fn: Fn,
  args: readonly Tensor[],
  { terms = 4, magnitude = false, least = 0 }: Tolerance = {},
): void {
  const flat = (...x: Tensor[]): Tensor[] => treeTensors(fn(...x));
  const actual = flat(...args);
  const expected: OracleResult[] = oracle(flat)(...args);
  const scales: OracleResult[] = magnitude ? oracle(flat)(...args.map(absolute)) : expected;
  expect(actual.length).toBe(expected.length);
  actual.forEach((t, i) => {
    const { shape, dtype, data } = expected[i]!;
    expect(t.shape).toEqual(shape);
    expect(t.dtype === 'float32' ? 'float64' : t.dtype).toBe(dtype);
    expectValues(t, data, (k) => (terms + 1) * Math.max(least, Math.abs(scales[i]!.data[k]!)));
  });
}

function expectValues(t: Tensor, expected: TypedArray, scale: (k: number) => number): void {
  const actual = t['~values'];
  const unit = t.dtype === 'float32' ? 2 ** -24 : t.dtype === 'float64' ? 2 ** -52 : 0;
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) {
    const value = t.dtype === 'float32' ? Math.fround(expected[i]!) : expected[i]!;
    if (Object.is(actual[i], value) || actual[i] === value) continue;
    const bound = unit * scale(i) + (t.dtype === 'float32' ? 2 ** -149 : 0);
    const error = Math.abs(actual[i]! - expected[i]!);
    if (!(error <= bound))
      expect.fail(
        `element ${i} of ${t.toString()} is ${actual[i]}, the oracle says ${expected[i]}, tolerance ${bound}`,
      );
  }
}

function absolute(t: Tensor): Tensor {
  return isFloat(t.dtype) ? new Tensor(t.shape, t.dtype, t['~values'].map(Math.abs)) : t;
}
