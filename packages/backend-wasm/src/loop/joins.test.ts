import { compile } from '@chainrule/compiler';
import {
  add,
  cast,
  concat,
  type DType,
  flip,
  maximum,
  mul,
  relu,
  reshape,
  roll,
  scan,
  slice,
  stack,
  sub,
  type Tensor,
  tensor,
  transpose,
} from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { values } from '../../testing/values.ts';
import { wasm } from '../backend/wasm.ts';

type Fn = (a: Tensor, b: Tensor) => Tensor;

const ones = (x: Tensor): number[] => x.shape.map(() => 1);
const columns = (x: Tensor, from: number, count: number): Tensor =>
  slice(
    x,
    x.shape.map((_, i) => (i === x.rank - 1 ? from : 0)),
    x.shape.map((n, i) => (i === x.rank - 1 ? count : n)),
    ones(x),
  );
const double = (x: Tensor): Tensor =>
  x.dtype === 'float32' || x.dtype === 'int32'
    ? add(x, x)
    : x.dtype === 'bool'
      ? cast(sub(1, cast(x, 'int32')), 'bool')
      : cast(add(cast(x, 'int32'), 1), x.dtype);

/** Programs that compute a tensor where it belongs in a larger one. */
const numbers: readonly (readonly [name: string, fn: Fn])[] = [
  ['concat on the last axis', (a, b) => concat([double(a), double(b)], -1)],
  ['concat of one column and many', (a, b) => concat([double(a), double(columns(b, 0, 1)), double(b)], -1)],
  ['concat on the first axis', (a, b) => concat([double(a), double(b)], 0)],
  ['stack on the last axis', (a, b) => stack([double(a), double(b)], -1)],
  ['stack on the first axis', (a, b) => stack([double(a), double(b)], 0)],
  ['stack of transposes', (a, b) => stack([double(transpose(a)), double(transpose(b))], 1)],
  ['roll on the last axis', (a) => roll(double(a), 1, -1)],
  [
    'roll of a tensor that is read again',
    (a) => {
      const x = double(a);
      return concat([roll(x, 1, -1), x], 0);
    },
  ],
  [
    'columns of one tensor',
    (a, b) => {
      const x = double(a);
      return concat([double(columns(x, 0, 1)), double(columns(b, 0, 1)), double(columns(x, a.shape[1] - 1, 1))], -1);
    },
  ],
  [
    'a part that is read again',
    (a, b) => {
      const x = double(a);
      return concat([reshape(x, [-1]), reshape(double(concat([x, double(b)], -1)), [-1])], 0);
    },
  ],
  ['columns in reverse', (a, b) => concat([double(flip(a, -1)), double(flip(b, 0))], -1)],
];
const floats: typeof numbers = [
  ['a part that broadcasts', (a, b) => concat([mul(columns(a, 0, 1), columns(b, 0, 1)), maximum(a, b)], -1)],
  [
    'a carry in parts',
    (a, b) =>
      scan(
        (c: Tensor, t: Tensor) => {
          const rows = reshape(t, [-1, 1]);
          const next = concat([relu(add(columns(c, 0, 1), rows)), mul(columns(c, 1, 1), 0.5)], -1);
          return [next, concat([mul(next, 2), sub(rows, 1)], -1)] as const;
        },
        concat([double(columns(a, 0, 1)), double(columns(b, 0, 1))], -1),
        transpose(a),
      )[1],
  ],
];

/** Each width from 1 to 9, each batch from 1 to 9 and from 64 to 70, and both kinds of both together. */
const sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 64, 65, 66, 67, 68, 69, 70].flatMap((batch, i) =>
  [...new Set([1, 1 + (i % 9), 1 + ((4 * i + 3) % 9)])].map((width) => [batch, width] as const),
);
const backends = { simd: await wasm({ threads: 1 }), scalar: await wasm({ threads: 1, simd: false }) };

describe.each(Object.entries(backends))('parts of a larger tensor (%s)', (_, backend) => {
  const check = (fn: Fn, batch: number, width: number, dtype: DType): void => {
    const [a, b] = [values([batch, width], dtype, 1), values([batch, width], dtype, 2)];
    const actual = compile(fn, { backend })(a, b);
    expect([batch, width, actual.shape, actual.toArray()]).toEqual([batch, width, fn(a, b).shape, fn(a, b).toArray()]);
  };

  test.each([...numbers, ...floats])('%s', (_name, fn) => {
    for (const [batch, width] of sizes) check(fn, batch, width, 'float32');
  });

  test.each(numbers)('%s, in other dtypes', (_name, fn) => {
    for (const dtype of ['int32', 'uint8', 'bool'] as const)
      for (const batch of [1, 4, 9, 67]) for (const width of [1, 2, 5]) check(fn, batch, width, dtype);
  });
});

test('a part of width 1 leaves its neighbors alone', () => {
  const fn = compile((a: Tensor, b: Tensor) => concat([mul(a, 2), mul(b, 3)], 1), { backend: backends.simd });
  const a = tensor([0, 1, 2, 3, 4, 5, 6, 7], [8, 1]);
  expect(fn(a, add(a, 100)).toArray()).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((x) => [2 * x, 3 * x + 300]));
});
