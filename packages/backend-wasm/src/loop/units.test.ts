import { compile } from '@chainrule/compiler';
import { add, cast, max, mul, sum, Tensor, transpose } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { wasm } from '../backend/wasm.ts';

const backends = {
  'one thread': await wasm({ threads: 1 }),
  'two threads': await wasm({ threads: 2 }),
  'one lane': await wasm({ threads: 1, simd: false }),
};

/** Integers that differ between neighbors and between rows. */
const numbers = (shape: readonly number[]): Tensor =>
  new Tensor(
    shape,
    'float32',
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => (i % 1021) - 510),
  );

const mostly = (x: Tensor): Tensor => add(mul(x, 2), 1);

/** Lengths on both sides of the size of a unit (32,768), and more units than there may be. */
const lengths = [32_767, 32_768, 32_769, 65_535, 65_537, 98_305, 64 * 32_768 + 1];
/** Rows on both sides of a unit, with widths that leave a tail. */
const tables = [
  [32_769, 1],
  [1, 32_769],
  [10_923, 3],
  [3, 10_923],
  [4_097, 9],
  [513, 130],
  [67, 1_031],
] as const;

describe.each(Object.entries(backends))('units of loops (%s)', (_, backend) => {
  test.each(lengths)('cover a vector of %d elements, each once', (length) => {
    const x = numbers([length]);
    const [y, total] = compile((t: Tensor) => [mostly(t), sum(cast(t, 'int32'))], { backend })(x) as [Tensor, Tensor];
    const data = x.data;
    const wrong = y.data.findIndex((value, i) => value !== 2 * data[i]! + 1);
    expect(wrong).toBe(-1);
    expect(total.item()).toBe((data as Float32Array).reduce((a, b) => a + b, 0));
  });

  test.each(tables)('cover a table of %d × %d: elements, transposes, rows and columns', (rows, columns) => {
    const x = numbers([rows, columns]);
    const fn = (t: Tensor): Tensor[] => [
      mostly(t),
      mostly(transpose(t)),
      sum(t, { axis: 1 }),
      sum(t, { axis: 0 }),
      max(mostly(t), { axis: 1 }),
      max(t, { axis: 0 }),
    ];
    const actual = compile(fn, { backend })(x);
    fn(x).forEach((right, i) => {
      const [found, data] = [actual[i]!.data, right.data];
      const wrong = data.findIndex((value, k) => value !== found[k]);
      if (wrong >= 0) expect.fail(`result ${i}: element ${wrong} is ${found[wrong]}, not ${data[wrong]}`);
    });
  });
});
