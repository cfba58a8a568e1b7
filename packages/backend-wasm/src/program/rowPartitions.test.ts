import { compile } from '@chainrule/compiler';
import { add, matmul, scan, tanh, Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { randoms } from '../../testing/lowered.ts';
import { captureNode } from '../../testing/node.ts';
import { wasm } from '../backend/wasm.ts';
import { rowPartitionsOf } from './rowPartitions.ts';

const backends = [await wasm({ threads: 1, relaxed: false }), await wasm({ threads: 2, relaxed: false })] as const;
const drawn = (shape: readonly number[], seed: number): Tensor =>
  new Tensor(
    shape,
    'float32',
    randoms(shape, seed).map((x) => x / 8),
  );

/** A recurrent layer whose rows never meet, wide enough that its scan is worth two threads. */
const width = 64;
const steps = 20;
const recurrence = (w: Tensor, x: Tensor): Tensor[] => {
  const [last, all] = scan(
    (carry: Tensor, input: Tensor) => {
      const next = tanh(add(input, matmul(carry as never, w as never) as Tensor));
      return [next, next] as const;
    },
    drawn(x.shape.slice(1), 9),
    x,
  );
  return [last, all];
};

describe('a scan over the rows of a batch', () => {
  // Fewer rows than threads, and rows of one, two and four partitions.
  test.each([1, 2, 3, 32, 34, 37, 128])('of %d rows gives the same bits on two threads as on one', (rows) => {
    const [w, x] = [drawn([width, width], 1), drawn([steps, rows, width], 2)];
    const results = backends.map((backend) => compile(recurrence, { backend })(w, x));
    results[1]!.forEach((found, i) => expect(found.data).toEqual(results[0]![i]!.data));
    const expected = recurrence(w, x);
    expected.forEach((right, i) => {
      const [found, data] = [results[0]![i]!.data, right.data];
      expect(found.length).toBe(data.length);
      expect(found.findIndex((value, k) => !(Math.abs(value - data[k]!) <= 1e-5))).toBe(-1);
    });
  });

  test('changes only the row whose input changes', () => {
    const [w, x] = [drawn([width, width], 1), drawn([steps, 16, width], 2)];
    const run = compile(recurrence, { backend: backends[1] });
    const before = run(w, x)[0]!.data;
    const changed = x.data as Float32Array;
    changed.fill(NaN, 5 * width, 6 * width);
    const after = run(w, new Tensor(x.shape, 'float32', changed))[0]!.data;
    const isRight = (value: number, i: number): boolean =>
      Math.floor(i / width) === 5 ? Number.isNaN(value) : value === before[i];
    expect(after.findIndex((value, i) => !isRight(value, i))).toBe(-1);
  });
});

describe('rowPartitionsOf', () => {
  const partitionsOf = (rows: number, length = steps): number => {
    const node = captureNode('scan', (w, x) => recurrence(w, x), [
      drawn([width, width], 1),
      drawn([length, rows, width], 2),
    ]);
    return rowPartitionsOf(node, rows);
  };

  test('divides the rows into equal partitions of at least 16', () => {
    for (let rows = 1; rows <= 140; rows += 3) {
      const partitions = partitionsOf(rows);
      expect([rows, rows % partitions]).toEqual([rows, 0]);
      expect(partitions === 1 || rows / partitions >= 16).toBe(true);
    }
    expect([16, 31, 32, 34, 37, 64, 96, 99, 128].map((rows) => partitionsOf(rows))).toEqual([
      1, 1, 2, 2, 1, 2, 3, 3, 4,
    ]);
  });

  test('does not divide a scan with little work', () => {
    expect(partitionsOf(32, 1)).toBe(1);
    expect(partitionsOf(0)).toBe(1);
  });
});
