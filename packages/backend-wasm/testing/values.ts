import { type DType, Tensor } from '@chainrule/tensor';
import type { Node } from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Lowered } from '../src/kernels/common/kernel.ts';
import type { Mode } from './kernel.ts';
import { type Build, captureNode, expectSameBytes, runNode, view } from './node.ts';

/** Dtypes for kernels that only copy, and below for those that compute. */
export const storage: fc.Arbitrary<DType> = fc.constantFrom<DType>('float32', 'int32', 'uint8', 'bool');
export const numbers: fc.Arbitrary<'float32' | 'int32'> = fc.constantFrom('float32', 'int32');
/** Shapes around the width of a vector, and a few that are large enough for several units. */
export const shapes: fc.Arbitrary<number[]> = fc.oneof(
  fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
  fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 70 })),
  fc.constantFrom<number[][]>([40, 16, 64], [3, 5, 2048], [60, 2048], [50000]),
);
/** A shape, one of its axes, and a seed for values. */
export const placed: fc.Arbitrary<{ shape: number[]; axis: number; seed: number }> = shapes.chain((shape) =>
  fc.record({ shape: fc.constant(shape), axis: fc.nat(shape.length - 1), seed: fc.nat() }),
);

/** A function that draws integers from 0 up to but not including its argument. */
export function draws(seed: number): (below: number) => number {
  let state = seed;
  return (below) => ((state = (Math.imul(state, 1664525) + 1013904223) | 0) >>> 8) % below;
}

/** Small multiples of ¼, or small integers, whose sums are exact. */
export function values(shape: readonly number[], dtype: DType, seed: number): Tensor {
  const next = draws(seed);
  const size = shape.reduce((a, b) => a * b, 1);
  if (dtype === 'float32')
    return new Tensor(
      [...shape],
      dtype,
      Float32Array.from({ length: size }, () => (next(33) - 16) / 4),
    );
  if (dtype === 'int32')
    return new Tensor(
      [...shape],
      dtype,
      Int32Array.from({ length: size }, () => next(2000) - 1000),
    );
  return new Tensor(
    [...shape],
    dtype,
    Uint8Array.from({ length: size }, () => next(dtype === 'bool' ? 2 : 256)),
  );
}

/** Indices of an axis of `count`, from either end. */
export function indices(shape: readonly number[], count: number, seed: number): Tensor {
  const next = draws(seed + 1);
  return new Tensor(
    [...shape],
    'int32',
    Int32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => next(2 * count) - count),
  );
}

/** Runs the kernel and the reference on the same values and expects the same bits. */
export function expectReference(
  kind: Node['kind'],
  build: Build,
  lower: (node: never) => Lowered | undefined,
  inputs: readonly Tensor[],
  mode: Mode,
  { status = false, skip = 0 }: { status?: boolean; skip?: number } = {},
): void {
  const node = captureNode(kind, build, inputs);
  const arrays = inputs.map((t) => t['~values']);
  const expected = (node.evaluate as (node: unknown, inputs: unknown) => typeof arrays)(node, arrays)[0]!;
  const used = arrays.slice(skip).filter((x) => x.length > 0);
  const out = runNode(node, lower(node as never)!, used, mode, status);
  expectSameBytes(view(out[0]!, expected), expected);
  if (status) expect([...new Int32Array(out[1]!)]).toEqual([0, 0]);
}
