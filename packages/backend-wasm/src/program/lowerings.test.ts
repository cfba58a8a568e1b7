import { concat, conv2d, type DType, gather, matmul, maxPool2d, type Tensor, zeros } from '@chainrule/tensor';
import type { NodeKind } from '@chainrule/tensor/graph';
import { describe, expect, test } from 'vitest';
import { type Build, captureNode } from '../../testing/node.ts';
import { lowerNode } from './lowerings.ts';

const context = {
  simd: true,
  relaxed: false,
  reproducible: false,
  producer: () => undefined,
  fixed: () => false,
};

/** An operation of each kind, and operands of it; the first axis is the batch. */
const cases: readonly (readonly [NodeKind, Build, (batch: number, dtype: DType) => Tensor[]])[] = [
  ['conv', (x, k) => conv2d(x as never, k as never), (n, d) => [zeros([n, 8, 8, 4], d), zeros([3, 3, 4, 4], d)]],
  ['matmul', (a, b) => matmul(a as never, b as never), (n, d) => [zeros([n, 3], d), zeros([3, 5], d)]],
  ['pool', (x) => maxPool2d(x as never, { poolSize: 2 }), (n, d) => [zeros([n, 4, 4, 3], d)]],
  ['concat', (a, b) => concat([a, b], 0), (n, d) => [zeros([n, 3], d), zeros([n, 3], d)]],
  ['gather', (x, i) => gather(x, i as never), (n, d) => [zeros([5, 3], d), zeros([n], 'int32')]],
];

describe.each(cases)('%s', (kind, build, operands) => {
  const lower = (batch: number, dtype: DType): unknown => {
    const node = captureNode(kind, build, operands(batch, dtype));
    return lowerNode({ ...node, kind: 'node', node, zeroBase: false } as never, context);
  };

  test('has kernels for float32', () => expect(lower(2, 'float32')).toBeDefined());
  test('leaves float64 to JavaScript', () => expect(lower(2, 'float64')).toBeUndefined());
  test('leaves empty tensors to JavaScript', () => expect(lower(0, 'float32')).toBeUndefined());
});
