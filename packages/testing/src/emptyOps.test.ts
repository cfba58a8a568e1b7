import { grad } from '@chainrule/autograd';
import { wasm } from '@chainrule/backend-wasm';
import { compile } from '@chainrule/compiler';
import { full, gather, sum, takeAlongAxis, Tensor, topK } from '@chainrule/tensor';
import { describe, expect, it, test } from 'vitest';
import { checkEmpty, ops } from './emptyOps.ts';

const backend = await wasm({ threads: 1 });

describe('ops of tensors of size 0', () => {
  it.each([...ops.keys()])('%s has the same values, gradients and errors eagerly and on WebAssembly', (key) =>
    checkEmpty(ops.get(key)!, [backend], [0]),
  );
});

const none = (shape: readonly number[]): Tensor => new Tensor(shape, 'int32', new Int32Array(0));
const lookups: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  gather: (x) => sum(gather(x, none([0]))),
  'gather of columns': (x) => sum(gather(x, none([2, 0]), 1)),
  takeAlongAxis: (x) => sum(takeAlongAxis(x, none([0, x.shape[1]]), 0)),
  topK: (x) => sum(topK(x, { k: 0 }).values),
};

// Too large for a constant: zeros that repeat one element, whose neighbors are not zeros.
describe.each(['float32', 'float64'] as const)('the gradient of a lookup without indices in %s', (dtype) => {
  test.each(Object.entries(lookups))('is zeros (%s)', (_, fn) => {
    const x = full([90, 1100], 1, dtype);
    const both = (t: Tensor): Tensor[] => [full([7], 3, dtype), grad(fn)(t)];
    const [, gradient] = compile(both, { backend })(x);
    expect([gradient!.shape, gradient!.data.every((v) => v === 0)]).toEqual([x.shape, true]);
  });
});
