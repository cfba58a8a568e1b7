import { wasm } from '@chainrule/backend-wasm';
import { CaptureError } from '@chainrule/errors';
import { compile, type Backend } from '@chainrule/compiler';
import { cast, isFloat, isTensor, type Tensor, type TypedArray } from '@chainrule/tensor';
import { treeMap } from '@chainrule/tensor/graph';
import { oracle } from '@chainrule/tensor/oracle';
import { expect } from 'vitest';
import type { AnyOp } from './ops.ts';
import { sampleArguments } from './sampler.ts';

/** The tolerance of the reference, too: values are about 1, and sums have some dozens of terms. */
const tolerance = { float32: 64 * 2 ** -24, float64: 64 * 2 ** -53 };

/** The kinds of generated code. */
export const backends: Readonly<Record<string, Backend>> = {
  'four lanes': await wasm({ threads: 1, relaxed: false }),
  'relaxed SIMD': await wasm({ threads: 1 }),
  'one lane': await wasm({ threads: 1, simd: false }),
  'two threads': await wasm({ threads: 2, relaxed: false }),
};

function given(op: AnyOp, seed: number, dtype: 'float32' | 'float64'): readonly unknown[] {
  return treeMap(sampleArguments(op.op, seed), (leaf) =>
    isTensor(leaf) && isFloat(leaf.dtype) ? cast(leaf, dtype) : leaf,
  ) as readonly unknown[];
}

/** Expects the same NaN and infinities; other numbers may differ by rounding. */
function expectClose(actual: Tensor, expected: { readonly shape: readonly number[]; readonly data: TypedArray }): void {
  expect(actual.shape).toEqual(expected.shape);
  const unit = isFloat(actual.dtype) ? tolerance[actual.dtype] : 0;
  actual.data.forEach((value, i) => {
    const right = expected.data[i]!;
    // Calling `expect` for every element would take longer than the ops.
    if (!Object.is(value, right) && !(Math.abs(value - right) <= unit * Math.max(1, Math.abs(right))))
      throw new Error(`element ${i} is ${value}, oracle ${right}`);
  });
}

/** Options for running an op: `seed` draws its arguments, and `fuse` joins it with others. */
interface OpRun {
  readonly seed: number;
  readonly dtype: 'float32' | 'float64';
  readonly fuse: boolean;
}

/**
 * Expects the results of the oracle.
 *
 * @returns whether the op can be compiled; some run eagerly only
 */
export function checkOnWasm(op: AnyOp, backend: Backend, { seed, dtype, fuse }: OpRun): boolean {
  const args = given(op, seed, dtype);
  const call = (...x: readonly unknown[]): Tensor => op(...x);
  try {
    expectClose(compile(call, { backend, fuse })(...args), oracle(call)(...args));
    return true;
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    return false;
  }
}
