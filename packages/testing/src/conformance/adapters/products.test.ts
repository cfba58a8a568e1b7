import { describe, it } from 'vitest';
import { expectFailure, expectLike, type Spelt, type SpeltTensors } from './expectCase.ts';

const numbers = (count: number, from: number): number[] =>
  Array.from({ length: count }, (_, i) => ((i * 7 + from) % 11) / 4 - 1);
const [a, b]: Spelt[] = [
  [numbers(6, 1), [2, 3]],
  [numbers(12, 5), [3, 4]],
];
const [aT, bT]: Spelt[] = [
  [numbers(6, 2), [3, 2]],
  [numbers(12, 3), [4, 3]],
];
const flat = (rows: number, columns: number, of: (i: number, j: number) => number): number[] =>
  Array.from({ length: rows * columns }, (_, k) => of(Math.floor(k / columns), k % columns));
const sum = (count: number, of: (k: number) => number): number =>
  Array.from({ length: count }, (_, k) => of(k)).reduce((p, q) => p + q, 0);
const times = (p: readonly number[], q: readonly number[]): number[] =>
  flat(2, 4, (i, j) => sum(3, (k) => p[i * 3 + k]! * q[k * 4 + j]!));

type Of = (inputs: Readonly<Record<string, readonly number[]>>) => number[];

describe('products', () => {
  it.each<[string, object, SpeltTensors, readonly number[], Of]>([
    ['gemm', {}, { a: a!, b: b! }, [2, 4], (v) => times(v.a!, v.b!)],
    [
      'gemm',
      { alpha: 0.5, beta: 0.25 },
      { a: a!, b: b!, c: [[1, 2, 3, 4], [4]] },
      [2, 4],
      (v) => times(v.a!, v.b!).map((p, i) => 0.5 * p + 0.25 * v.c![i % 4]!),
    ],
    [
      'gemm',
      { beta: 0.5 },
      { a: a!, b: b!, c: [[3], []] },
      [2, 4],
      (v) => times(v.a!, v.b!).map((p) => p + 0.5 * v.c![0]!),
    ],
    [
      'gemm',
      {},
      {
        a: a!,
        b: b!,
        c: [
          [3, 4],
          [2, 1],
        ],
      },
      [2, 4],
      (v) => times(v.a!, v.b!).map((p, i) => p + v.c![Math.floor(i / 4)]!),
    ],
    [
      'gemm',
      { alpha: 2, transposeA: true, transposeB: true },
      { a: aT!, b: bT! },
      [2, 4],
      (v) => flat(2, 4, (i, j) => 2 * sum(3, (k) => v.a![k * 2 + i]! * v.b![j * 3 + k]!)),
    ],
    [
      'matmul',
      { transposeB: true },
      { a: a!, b: bT! },
      [2, 4],
      (v) => flat(2, 4, (i, j) => sum(3, (k) => v.a![i * 3 + k]! * v.b![j * 3 + k]!)),
    ],
    ['matmul', {}, { a: [[1, 2, 3], [3]], b: [[4, 5, 6], [3]] }, [], (v) => [sum(3, (k) => v.a![k]! * v.b![k]!)]],
    [
      'matmul',
      {},
      { a: [[1, 2, 3], [3]], b: b! },
      [4],
      (v) => flat(1, 4, (_, j) => sum(3, (k) => v.a![k]! * v.b![k * 4 + j]!)),
    ],
    [
      'matmul',
      {},
      { a: a!, b: [[1, 2, 3], [3]] },
      [2],
      (v) => flat(2, 1, (i) => sum(3, (k) => v.a![i * 3 + k]! * v.b![k]!)),
    ],
    ['einsum', { equation: 'ij,jk->ik' }, { a: a!, b: b! }, [2, 4], (v) => times(v.a!, v.b!)],
    [
      'einsum',
      { subscripts: 'ij, kj' },
      { a: a!, b: bT! },
      [2, 4],
      (v) => flat(2, 4, (i, j) => sum(3, (k) => v.a![i * 3 + k]! * v.b![j * 3 + k]!)),
    ],
    ['einsum', { equation: 'ij->ji' }, { a: a! }, [3, 2], (v) => flat(3, 2, (i, j) => v.a![j * 3 + i]!)],
    ['einsum', { equation: 'ij->i' }, { a: a! }, [2], (v) => flat(2, 1, (i) => sum(3, (k) => v.a![i * 3 + k]!))],
    [
      'einsum',
      { equation: 'i,i' },
      { a: [[1, 2], [2]], b: [[3, 4], [2]] },
      [],
      (v) => [v.a![0]! * v.b![0]! + v.a![1]! * v.b![1]!],
    ],
    [
      'einsum',
      { equation: '...ii ->...i' },
      { a: [numbers(8, 4), [2, 2, 2]] },
      [2, 2],
      (v) => [0, 3, 4, 7].map((k) => v.a![k]!),
    ],
    [
      'einsum',
      { equation: 'bij, bjk -> bik' },
      { a: [numbers(4, 1), [2, 1, 2]], b: [numbers(4, 8), [2, 2, 1]] },
      [2, 1, 1],
      (v) => [0, 2].map((k) => v.a![k]! * v.b![k]! + v.a![k + 1]! * v.b![k + 1]!),
    ],
    [
      'einsum',
      { equation: 'i,j,ij->j' },
      { a: [[1, 2], [2]], b: [[3, 4, 5], [3]], c: a! },
      [3],
      (v) => flat(1, 3, (_, j) => sum(2, (i) => v.a![i]! * v.b![j]! * v.c![i * 3 + j]!)),
    ],
    ['tensordot', { axes: 1 }, { a: a!, b: b! }, [2, 4], (v) => times(v.a!, v.b!)],
    [
      'tensordot',
      { axes: [[0], [1]] },
      { a: aT!, b: bT! },
      [2, 4],
      (v) => flat(2, 4, (i, j) => sum(3, (k) => v.a![k * 2 + i]! * v.b![j * 3 + k]!)),
    ],
    ['outer', {}, { a: [[1, 2], [2]], b: [[3, 4, 5], [3]] }, [2, 3], (v) => flat(2, 3, (i, j) => v.a![i]! * v.b![j]!)],
    ['dense', { activation: 'tanh' }, { x: a!, kernel: b! }, [2, 4], (v) => times(v.x!, v.kernel!).map(Math.tanh)],
    [
      'dense',
      { activation: 'softplus' },
      { x: a!, kernel: b!, bias: [[1, 2, 3, 4], [4]] },
      [2, 4],
      (v) => times(v.x!, v.kernel!).map((p, i) => Math.log(1 + Math.exp(p + v.bias![i % 4]!))),
    ],
  ])('%s %j of %j', (op, attrs, inputs, shape, of) => expectLike(op, attrs, inputs, { shape, of }));

  it('refuses unknown attributes', async () => {
    await expectFailure('einsum', {}, { a: a! }, 'attribute `equation` is missing');
    await expectFailure('gemm', { gamma: 1 }, { a: a!, b: b! }, 'not supported: attribute `gamma`');
  });
});
