import { concat, Generator, slice, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { multiHeadAttention } from './multiHeadAttention.ts';
import {
  bools,
  built,
  dot,
  inference,
  type Matrix,
  outputs,
  plain,
  random,
  rows,
  times,
  weight,
} from '../testing/attention.ts';

const [query, value, key] = [random([2, 3, 4], 1), random([2, 5, 6], 2), random([2, 5, 3], 3)];
const options = { numHeads: 2, keyDim: 3, valueDim: 2 };

describe('multiHeadAttention', () => {
  test.each([[true], [false]])('equals separate heads, projected together, with causal %s', (causal) => {
    const layer = built(multiHeadAttention({ ...options, causal }), query.shape, value.shape, key.shape);
    const mask = bools([
      [true, true, false, true, true],
      [true, true, true, true, true],
    ]);
    const [output] = outputs(layer, [query, value, key], [undefined, mask]);
    const projected = (x: Tensor, b: number, part: string): number[][] =>
      rows(x)[b]!.map((row) =>
        times(row, weight(layer, `${part}Kernel`).toArray() as number[][]).map(
          (v, f) => v + weight(layer, `${part}Bias`).data[f]!,
        ),
      );
    for (const b of [0, 1]) {
      const head = (m: Matrix, h: number, size: number): number[][] =>
        m.map((row) => row.slice(h * size, (h + 1) * size));
      const heads = [0, 1].map((h) => {
        const [q, k, v] = [
          head(projected(query, b, 'query'), h, 3),
          head(projected(key, b, 'key'), h, 3),
          head(projected(value, b, 'value'), h, 2),
        ];
        return plain(
          3,
          v,
          (i, j) => dot(q[i]!, k[j]!) / Math.sqrt(3),
          (i, j) => (mask.toArray() as boolean[][])[b]![j]! && (!causal || j <= i),
        );
      });
      const expected = heads[0]!.map((row, i) =>
        times([...row, ...heads[1]![i]!], weight(layer, 'outputKernel').toArray() as number[][]).map(
          (v, f) => v + weight(layer, 'outputBias').data[f]!,
        ),
      );
      rows(output!)[b]!.forEach((row, i) => row.forEach((v, f) => expect(v).toBeCloseTo(expected[i]![f]!, 12)));
    }
  });

  test('does not depend on later steps if it is causal', () => {
    const layer = built(multiHeadAttention({ ...options, causal: true }), [1, 6, 4]);
    const x = random([1, 6, 4]);
    const [whole] = outputs(layer, [x]);
    const changed = concat([slice(x, [0, 0, 0], [1, 3, 4]), random([1, 3, 4], 9)], 1);
    rows(outputs(layer, [changed])[0]!)[0]!
      .slice(0, 3)
      .forEach((row, i) => expect(row).toEqual(rows(whole!)[0]![i]));
  });

  // 4·(d·d + d) where heads · keyDim = d, as in Keras.
  test('has 4·(64·64 + 64) parameters for 8 heads of 8 on 64 features, and no biases when told so', () => {
    const count = (useBias: boolean): number => {
      const layer = multiHeadAttention({ numHeads: 8, keyDim: 8, useBias });
      layer.build([[1, 5, 64]], { rng: new Generator(1), dtype: 'float32' });
      return layer.variables().reduce((n, { value: v }) => n + v.value.size, 0);
    };
    expect([count(true), count(false)]).toEqual([16_640, 16_384]);
  });

  test('returns the weights of each head', () => {
    const layer = built(multiHeadAttention({ ...options, returnScores: true }), query.shape, value.shape, key.shape);
    const [output, weights] = layer.call(
      [query, value, key].map((data) => ({ data })),
      inference(),
    );
    expect([output!.data.shape, weights!.data.shape]).toEqual([
      [2, 3, 4],
      [2, 2, 3, 5],
    ]);
    expect(layer.outputShape([query.shape, value.shape, key.shape])).toEqual([
      [2, 3, 4],
      [2, 2, 3, 5],
    ]);
  });

  test('rejects invalid arguments', () => {
    expect(() => multiHeadAttention({ numHeads: 0, keyDim: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: multiHeadAttention: \`numHeads\` must be a positive integer, got 0]`,
    );
    expect(() =>
      multiHeadAttention({ numHeads: 2, keyDim: 2, name: 'mixer' }).outputShape([[2, 3]]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: mixer: expects rank 3 [batch,time,features], got [2,3]; set \`returnSequences: true\` on a recurrent layer before it, or put \`embedding\` before it for token indices]`,
    );
  });
});
