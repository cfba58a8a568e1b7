import {
  add,
  broadcastTo,
  cast,
  concat,
  flip,
  gather,
  matmul,
  mean,
  mul,
  pad,
  reshape,
  scan,
  sin,
  slice,
  softmax,
  sum,
  takeAlongAxis,
  tanh,
  tensor,
  type Tensor,
  transpose,
  where,
  zeros,
} from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { compile } from '../compile/compile.ts';
import { planGraph } from './planner.ts';
import type { ScanStep } from './planStep.ts';

type Body = (h: Tensor, x: Tensor, args: { w: Tensor; rows: Tensor; labels: Tensor }, t: Tensor) => Tensor;

const shared = tensor([
  [1, 2, 3, 4],
  [5, 6, 7, 8],
]) as Tensor;

/** The scan of a body over 3 steps of rows of 4, planned for two partitions of its rows. */
function planOf(body: Body, rows = 6): ScanStep {
  const f = compile((h: Tensor, x: Tensor, w: Tensor, own: Tensor, labels: Tensor) =>
    scan(
      (c: Tensor, slices: Tensor, _, t) => {
        const next = body(c, slices, { w, rows: own, labels }, t);
        return [next, next] as const;
      },
      h,
      x,
    ),
  );
  f(
    ...([
      [rows, 4],
      [3, rows, 4],
      [4, 4],
      [rows, 4],
    ].map((shape) => zeros(shape) as Tensor) as [Tensor, Tensor, Tensor, Tensor]),
    zeros([rows, 1], 'int32'),
  );
  const { program } = f.programs()[0]!;
  const { steps } = planGraph(program.graph, {
    fuse: true,
    results: program.results,
    loops: () => true,
    partitions: (_, n) => (n % 2 === 0 ? 2 : 1),
  });
  return steps.find((step) => step.kind === 'scan')!;
}

const product = (a: Tensor, b: Tensor): Tensor => matmul(a as never, b as never);

describe('a scan is partitioned if its rows are independent', () => {
  test.each<[string, Body]>([
    ['a recurrent cell', (h, x, { w }) => tanh(add(product(h, w), x))],
    ['values that each row has of its own', (h, x, { rows }) => mul(h, add(x, rows))],
    ['weights as large as the batch', (h, x, { w }) => add(product(h, w), mul(x, broadcastTo(mean(w), [4])))],
    ['gates', (h) => concat([slice(h, [0, 2], [-1, 2]), tanh(slice(h, [0, 0], [-1, 2]))], 1)],
    ['sums along a row', (h, x) => mul(softmax(h), sum(x, { axis: 1, keepDims: true }))],
    ['constants', (h, x) => where(zeros(h.shape, 'bool') as never, x as never, h as never)],
    ['a table', (h, _, { labels }) => add(h, reshape(gather(shared, labels), [h.shape[0], 4]))],
    ['picked columns', (h, _, { labels }) => mul(h, takeAlongAxis(h, labels, 1))],
    [
      'products of each row',
      (h) => reshape(product(reshape(h, [h.shape[0], 2, 2]), reshape(h, [h.shape[0], 2, 2])), h.shape),
    ],
    [
      'views of a row',
      (h) =>
        flip(
          slice(
            pad(
              h,
              [
                [0, 0],
                [1, 0],
              ],
              0,
            ),
            [0, 1],
            [-1, 4],
          ),
          1,
        ),
    ],
    ['the number of the step', (h, _x, _, t) => mul(h, sin(cast(t, 'float32')))],
  ])('%s', (_, body) => {
    const { partition } = planOf(body, 4 + 2);
    expect(partition?.partitions).toBe(2);
    expect(partition?.body.outputs.map(({ shape }) => shape)).toEqual([
      [3, 4],
      [3, 4],
    ]);
  });

  test.each<[string, Body]>([
    ['a mean over the batch', (h) => mul(h, mean(h, { axis: 0, keepDims: true }))],
    ['rows in another order', (h) => flip(h, 0)],
    [
      'later rows',
      (h) =>
        pad(
          slice(h, [1, 0], [-1, 4]),
          [
            [0, 1],
            [0, 0],
          ],
          0,
        ),
    ],
    ['rows that a product adds up', (h, x) => product(product(h, transpose(x)), h)],
    ['rows in another axis', (h) => reshape(transpose(h), h.shape)],
  ])('but not with %s', (_, body) => {
    expect(planOf(body).partition).toBeUndefined();
  });

  test('and not where one value is needed in rows and whole', () => {
    expect(planOf((h, x, { w }) => add(product(h, w), mul(x, w)), 4).partition).toBeUndefined();
    expect(planOf((h) => product(h, h), 4).partition).toBeUndefined();
  });

  test('distinguishes values in rows from values that all partitions share, even if their sizes are equal', () => {
    const { partition } = planOf((h, x, { w }) => tanh(add(product(h, w), x)), 4);
    expect(partition!.body.graph.inputs.map((t) => partition!.rows.has(t))).toEqual([true, true, false, false]);
  });

  test('as often as is asked for', () => {
    expect(planOf((h, x) => add(h, x), 5).partition).toBeUndefined();
  });
});
