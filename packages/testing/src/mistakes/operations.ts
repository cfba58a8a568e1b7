import {
  Variable,
  add,
  argmax,
  cast,
  concat,
  gather,
  matmul,
  mul,
  oneHot,
  randomNormal,
  relu,
  reshape,
  slice,
  softmax,
  stack,
  sum,
  tensor,
  transpose,
  where,
  zeros,
} from '@chainrule/tensor';
import { labels, predicted, x } from './examples.ts';
import type { Mistake } from './mistake.ts';

/** Mistakes with operations. */
export const operations: readonly Mistake[] = [
  [
    // @ts-expect-error the compiler refuses it, too
    () => add([1], [2]),
    'add: `a` must be a tensor or a number, got [1]; make one with `tensor(…)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => add(x),
    'add: `b` must be a tensor or a number, got undefined',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => add(x, '1'),
    'add: `b` must be a tensor or a number, got "1"',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => add(zeros([2]), zeros([3])),
    'add: cannot broadcast [2] with [3]',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => add(zeros([2]), zeros([2], 'int32')),
    'add: expects one dtype, got float32 and int32; convert one with `cast`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => add(new Variable(zeros([2])), 1),
    'add: `a` must be a tensor or a number, got Variable; pass its `value`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => mul(2, 3),
    'mul: expects at least one tensor, got 2 and 3',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => matmul(zeros([2, 3]), zeros([2, 3])),
    'matmul: columns of [2,3] must match rows of [2,3]',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => matmul(zeros([2]), zeros([2])),
    'matmul: expects rank 2 or more, got [2]; multiply vectors with `dot`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => matmul(x, 2),
    'matmul: `b` must be a tensor, got 2; make one with `tensor(…)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => reshape(x, -1),
    'reshape: `shape` must be a list of integers, got -1; write a list, as in `[-1]`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => reshape(x, 2, 3),
    'reshape: `shape` must be a list of integers, got 2; write a list, as in `[2]`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => reshape(x, [4]),
    'reshape: [3,2] has 6 elements, [4] has 4',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => reshape(x, [null, 2]),
    'reshape: `shape` must be a list of integers, got [null,2]; write -1 for the size that follows from the others',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => sum(x, 2),
    'sum: `axis` must be an integer in [-2, 2), got 2',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => sum(x, { dim: 1 }),
    'sum: unknown option `dim`; did you mean `axis`? Known: { axis, keepDims }',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => sum(x, { axis: 1, keepdims: true }),
    'sum: unknown option `keepdims`; did you mean `keepDims`? Known: { axis, keepDims }',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => sum(x, 1, true),
    'sum: `options` must be an object such as { axis, keepDims }, got true',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => sum(x, '1'),
    'sum: `axis` must be an integer or a list of integers, got "1"',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => sum([1, 2]),
    'sum: `x` must be a tensor, got [1,2]; make one with `tensor(…)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => softmax(x, 3),
    'softmax: `axis` must be an integer in [-2, 2), got 3',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => softmax([1, 2]),
    'softmax: `x` must be a tensor, got [1,2]; make one with `tensor(…)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => argmax(predicted, 1),
    'argmax: `x` must be a tensor, got Promise; did you forget `await`?',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => argmax(x, { dim: 1 }),
    'argmax: unknown option `dim`; did you mean `axis`? Known: { axis, keepDims }',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => concat(x, x),
    'concat: `tensors` must be a list of tensors, got Tensor; write a list, as in `concat([a, b])`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => concat([x, x], { dim: 1 }),
    'concat: unknown option `dim`; did you mean `axis`? Known: { axis }',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => concat([[1], [2]]),
    'concat: `tensors[0]` must be a tensor, got [1]; make one with `tensor(…)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => concat([zeros([2, 3]), zeros([3, 2])]),
    'concat: [2,3] and [3,2] must agree outside axis 0',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => stack(x, x),
    'stack: `tensors` must be a list of tensors, got Tensor; write a list, as in `stack([a, b])`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => transpose(x, 0, 1),
    'transpose: `axes` must be a list of integers, got 0; write a list, as in `[0]`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => transpose(x, [0, 0]),
    'transpose: `axes` must be a permutation of the axes of [3,2], got [0,0]',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => slice(x, 0, 1),
    'slice: `begin` must be a list of integers, got 0; write a list, as in `[0]`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => cast(x, 'int'),
    'cast: `dtype` must be float32, float64, int32, uint8 or bool, got "int"; write \'int32\'',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => oneHot(labels),
    'oneHot: `depth` must be an integer of at least 0, got undefined',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => oneHot(tensor([0, 1]), 2),
    'oneHot: `indices` must be int32, got float32; convert them with `cast`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => gather(x, tensor([0, 1])),
    'gather: `indices` must be int32, got float32; convert them with `cast`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => gather(x, [0, 1]),
    'gather: `indices` must be a tensor, got [0,1]; make one with `tensor(…)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => randomNormal([2, 3]),
    'randomNormal: `rng` must be a generator such as `new Generator(1)`, got [2,3]',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => randomNormal(42, [2, 3]),
    'randomNormal: `rng` must be a generator such as `new Generator(1)`, got 42',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => where(true, x, x),
    'where: `condition` must be a tensor, got true',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => relu(),
    'relu: `x` must be a tensor, got undefined',
  ],
];
