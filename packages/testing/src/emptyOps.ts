import { grad } from '@chainrule/autograd';
import { type Backend, compile } from '@chainrule/compiler';
import { CaptureError, ChainruleError } from '@chainrule/errors';
import * as tensor from '@chainrule/tensor';
import { cast, cos, full, isFloat, isTensor, mul, sum, Tensor } from '@chainrule/tensor';
import { sizeOf, treeMap, treeTensors } from '@chainrule/tensor/graph';
import { expect } from 'vitest';
import { type AnyOp, opsOf } from './ops.ts';
import { sampleArguments } from './sampler.ts';

type Fn = (...x: readonly unknown[]) => unknown;

export const ops: ReadonlyMap<string, AnyOp> = opsOf(tensor);

/** Fills the memory of a backend with numbers. Otherwise, memory that a program never writes would read as zeros. */
function litter(backend: Backend): void {
  const numbers = full([5000], 1);
  const program = compile((x: Tensor) => sum(cos(mul(x, numbers))), { backend, fuse: false });
  program(numbers);
  program.programs()[0]!.executable.dispose();
}

/** The arguments with the shapes that `change` returns; floats become float32. */
function emptied(
  args: readonly unknown[],
  change: (shape: readonly number[]) => readonly number[],
): readonly unknown[] {
  return treeMap(args, (leaf) => {
    if (!isTensor(leaf)) return leaf;
    const shape = change(leaf.shape);
    const data = leaf.data.slice(0, sizeOf(shape));
    return isFloat(leaf.dtype)
      ? cast(new Tensor(shape, leaf.dtype, data), 'float32')
      : new Tensor(shape, leaf.dtype, data);
  }) as readonly unknown[];
}

/** Argument lists of an op with an axis of size 0: all axes of one size at once, and one axis of one tensor. */
function emptyArguments({ op }: AnyOp, seeds: readonly number[]): (readonly unknown[])[] {
  return seeds.flatMap((seed) => {
    const args = sampleArguments(op, seed);
    const tensors = treeTensors(args);
    const sizes = [...new Set(tensors.flatMap(({ shape }) => shape))];
    const bySize = sizes.map((from) => emptied(args, (shape) => shape.map((n) => (n === from ? 0 : n))));
    const each = tensors.flatMap((t) =>
      t.shape.map((_, axis) => emptied(args, (shape) => (shape === t.shape ? shape.with(axis, 0) : shape))),
    );
    return [...bySize, ...each.slice(0, seeds.length > 1 ? each.length : 2)];
  });
}

/**
 * The results of the function, and the gradients of their weighted sum with respect to all floats. All weights differ.
 */
function withGradients(fn: Fn, args: readonly unknown[]): (...tensors: readonly Tensor[]) => unknown {
  return (...tensors) => {
    const isTarget = ({ dtype }: Tensor): boolean => isFloat(dtype);
    const loss = (floats: readonly Tensor[]): Tensor => {
      const [values, chosen] = [[...tensors], [...floats]];
      const bound = treeMap(args, (leaf) => {
        if (!isTensor(leaf)) return leaf;
        const own = values.shift()!;
        return isTarget(own) ? chosen.shift()! : own;
      }) as readonly unknown[];
      const outputs = treeTensors(fn(...bound)).filter(isTarget);
      return outputs.map((t) => sum(mul(t, cos(t)))).reduce((a, b) => tensor.add(a, b) as Tensor, full([], 0));
    };
    const floats = tensors.filter(isTarget);
    const [values] = [[...tensors]];
    return [
      fn(...(treeMap(args, (leaf) => (isTensor(leaf) ? values.shift()! : leaf)) as readonly unknown[])),
      floats.length > 0 ? grad(loss)(floats) : [],
    ];
  };
}

/** The tensors that a function returns, or the message of its error. */
function outcome(fn: () => unknown): readonly Tensor[] | string {
  try {
    return treeTensors(fn());
  } catch (error) {
    if (!(error instanceof ChainruleError)) throw error;
    return error instanceof CaptureError ? 'eager' : error.message;
  }
}

function expectSame(actual: readonly Tensor[] | string, expected: readonly Tensor[] | string): void {
  if (actual === 'eager') return;
  // Of several errors, any may be the one that is thrown.
  if (typeof expected === 'string' || typeof actual === 'string')
    return expect(typeof actual, String(actual)).toBe(typeof expected);
  expect(actual.map(({ shape, dtype }) => [shape, dtype])).toEqual(expected.map(({ shape, dtype }) => [shape, dtype]));
  actual.forEach((t, k) =>
    t.data.forEach((value, i) => {
      const right = expected[k]!.data[i]!;
      if (!Object.is(value + 0, right + 0) && !(Math.abs(value - right) <= 1e-5 * Math.max(1, Math.abs(right))))
        expect(value).toBe(right);
    }),
  );
}

/**
 * Expects an op on tensors of size 0 to give the same values, gradients and errors eagerly and on each backend.
 *
 * @param backends - `undefined` is the reference
 */
export function checkEmpty(op: AnyOp, backends: readonly (Backend | undefined)[], seeds: readonly number[]): void {
  for (const args of emptyArguments(op, seeds)) {
    const both = withGradients(op, args);
    const tensors = treeTensors(args);
    const expected = outcome(() => both(...tensors));
    for (const backend of backends) {
      if (backend) litter(backend);
      expectSame(
        outcome(() => compile(both as never, { ...(backend && { backend }) })(...(tensors as never[]))),
        expected,
      );
    }
  }
}
