import type { Layer } from '@chainrule/layers-core';
import { Generator, mul, type Tensor, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { bahdanauAttention } from './bahdanauAttention.ts';
import { luongAttention, type LuongAttentionOptions } from './luongAttention.ts';
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

const [query, value, key] = [random([2, 4, 3], 1), random([2, 6, 2], 2), random([2, 6, 3], 3)];
const shapes = [query, value, key].map(({ shape }) => shape);
const matrix = (t: Tensor): Matrix => t.toArray() as number[][];

/** The score of query i and key j of sample b, by the papers' formulas. */
const scores: Readonly<Record<string, (layer: Layer, b: number) => (i: number, j: number) => number>> = {
  dot: (_, b) => (i, j) => dot(rows(query)[b]![i]!, rows(key)[b]![j]!),
  general: (layer, b) => (i, j) => dot(times(rows(query)[b]![i]!, matrix(weight(layer, 'kernel'))), rows(key)[b]![j]!),
  concat: (layer, b) => (i, j) => {
    const z = times([...rows(query)[b]![i]!, ...rows(key)[b]![j]!], matrix(weight(layer, 'kernel')));
    return dot(z.map(Math.tanh), [...weight(layer, 'scale').data]);
  },
  bahdanau: (layer, b) => (i, j) => {
    const [z, y] = [
      times(rows(query)[b]![i]!, matrix(weight(layer, 'queryKernel'))),
      times(rows(key)[b]![j]!, matrix(weight(layer, 'keyKernel'))),
    ];
    return dot(
      z.map((v, f) => Math.tanh(v + y[f]!)),
      [...weight(layer, 'scale').data],
    );
  },
};
const make = (name: string, options: LuongAttentionOptions = {}): Layer =>
  built(
    name === 'bahdanau' ? bahdanauAttention(5, options) : luongAttention({ ...options, score: name as 'dot' }),
    ...shapes,
  );

function expectPlain(
  name: string,
  options: LuongAttentionOptions,
  masks: readonly (Tensor | undefined)[],
  sees?: (b: number) => (i: number, j: number) => boolean,
): void {
  const layer = make(name, options);
  const [output] = outputs(layer, [query, value, key], masks);
  for (const b of [0, 1]) {
    const expected = plain(4, rows(value)[b]!, scores[name]!(layer, b), sees?.(b));
    rows(output!)[b]!.forEach((row, i) => row.forEach((v, f) => expect(v).toBeCloseTo(expected[i]![f]!, 12)));
  }
}

describe.each(Object.keys(scores))('attention with score %s', (name) => {
  const keyMask = bools([
    [true, true, false, true, true, false],
    [true, true, true, true, true, true],
  ]);
  const counts = (b: number, j: number): boolean => (keyMask.toArray() as boolean[][])[b]![j]!;

  test('equals the formula', () => expectPlain(name, {}, []));

  test('ignores masked keys and, with causal, later keys', () => {
    expectPlain(name, {}, [undefined, keyMask], (b) => (_, j) => counts(b, j));
    expectPlain(name, { causal: true }, [undefined, keyMask], (b) => (i, j) => counts(b, j) && j <= i);
  });

  test('attends to keys near the step of the query with a monotonic window', () => {
    expectPlain(name, { window: { size: 1 } }, [], () => (i, j) => Math.abs(i - j) <= 1);
    // The last key of the first sample that counts is in place 3 of those that count.
    expectPlain(
      name,
      { window: { size: 1 } },
      [undefined, keyMask],
      (b) => (i, j) => counts(b, j) && Math.abs(Math.min(i, b === 0 ? 3 : 5) - j) <= 1,
    );
  });

  test('weights keys by their distance from the predicted position with a predictive window', () => {
    const layer = make(name, { window: { size: 2, align: 'predictive' } });
    const [output] = outputs(layer, [query, value, key]);
    for (const b of [0, 1]) {
      const place = (i: number): number => {
        const z = dot(times(rows(query)[b]![i]!, matrix(weight(layer, 'windowKernel'))).map(Math.tanh), [
          ...weight(layer, 'windowScale').data,
        ]);
        return 5 / (1 + Math.exp(-z));
      };
      // σ = size / 2
      const expected = plain(
        4,
        rows(value)[b]!,
        scores[name]!(layer, b),
        (i, j) => Math.abs(j - place(i)) <= 2,
        (i, j) => Math.exp(-((j - place(i)) ** 2) / 2),
      );
      rows(output!)[b]!.forEach((row, i) => row.forEach((v, f) => expect(v).toBeCloseTo(expected[i]![f]!, 12)));
    }
  });

  test('returns weights that sum to 1 over visible keys, and keeps the mask of the query', () => {
    const layer = make(name, { returnScores: true });
    const queryMask = bools([
      [true, true, true, false],
      [true, true, true, true],
    ]);
    const [output, weights] = layer.call(
      [{ data: query, mask: queryMask }, { data: value, mask: keyMask }, { data: key }],
      inference(),
    );
    expect([output!.mask, weights!.mask]).toEqual([queryMask, undefined]);
    rows(weights!.data).forEach((sample, b) =>
      sample.forEach((row) => {
        expect(row.reduce((a, c) => a + c)).toBeCloseTo(1, 12);
        row.forEach((w, j) => expect(w > 0).toBe(counts(b, j)));
      }),
    );
    expect(layer.outputShape(shapes)).toEqual([output!.data.shape, weights!.data.shape]);
  });

  test('uses the query as the value, and the value as the key, if they are missing', () => {
    const layer = built(
      name === 'bahdanau' ? bahdanauAttention(5) : luongAttention({ score: name as 'dot' }),
      query.shape,
    );
    const both = [[query], [query, query], [query, query, query]].map((inputs) => outputs(layer, inputs)[0]!.toArray());
    expect(both[1]).toEqual(both[0]);
    expect(both[2]).toEqual(both[0]);
  });
});

describe('attention layers', () => {
  test('apply dropout to the weights during training', () => {
    const layer = built(luongAttention({ dropout: 0.5, returnScores: true }), ...shapes);
    const [, plainWeights] = outputs(layer, [query, value, key]);
    const [, dropped] = outputs(layer, [query, value, key], [], { training: true, rng: new Generator(3) });
    const factors = [...dropped!.data].map((w, i) => Math.round((w / plainWeights!.data[i]!) * 1e9) / 1e9);
    expect([...new Set(factors)].sort()).toEqual([0, 2]);
  });

  test('divide by √features if `scale` is true', () => {
    const [scaled, by] = [built(luongAttention({ scale: true }), ...shapes), built(luongAttention(), ...shapes)];
    const divided = outputs(
      by,
      [query, value, key].map((t, i) => (i === 0 ? mul(t, 1 / Math.sqrt(3)) : t)),
    )[0]!;
    outputs(scaled, [query, value, key])[0]!.data.forEach((v, i) => expect(v).toBeCloseTo(divided.data[i]!, 12));
  });

  test('reject invalid arguments', () => {
    expect(() => luongAttention({ score: 'cosine' as 'dot' })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: luongAttention: \`score\` must be "dot", "general" or "concat", got "cosine"]`,
    );
    expect(() => luongAttention({ dropout: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: luongAttention: \`dropout\` must be in [0, 1), got 1]`,
    );
    expect(() => luongAttention({ window: { size: 0 } })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: luongAttention: \`window.size\` must be a positive integer, got 0]`,
    );
    expect(() =>
      luongAttention({ window: { size: 1, align: 'soft' as 'monotonic' } }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: luongAttention: \`window.align\` must be "monotonic" or "predictive", got "soft"]`,
    );
    expect(() => bahdanauAttention(0)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: bahdanauAttention: \`units\` must be a positive integer, got 0]`,
    );
    expect(() => luongAttention().outputShape([])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: luongAttention: \`inputs\` must hold a query, optionally a value, and optionally a key, got 0 inputs]`,
    );
    expect(() => luongAttention().outputShape([[2, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: luongAttention: expects rank 3 [batch,time,features], got [2,3]; set \`returnSequences: true\` on a recurrent layer before it, or put \`embedding\` before it for token indices]`,
    );
    expect(() =>
      luongAttention().outputShape([
        [2, 3, 4],
        [1, 3, 4],
      ]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: luongAttention: query and value must have the same batch size, got [2,3,4] and [1,3,4]]`,
    );
    expect(() =>
      luongAttention().outputShape([
        [2, 3, 4],
        [2, 3, 4],
        [2, 5, 4],
      ]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: luongAttention: key and value must have the same number of steps, got [2,5,4] and [2,3,4]]`,
    );
    expect(() =>
      built(bahdanauAttention(2), [1, 2, 3]).call([{ data: zeros([1, 2, 4], 'float64') }], inference()),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: bahdanauAttention: columns of [1,2,4] must match rows of [3,2]]`,
    );
  });
});
