import { defineLayer, glorotUniform, l2, type Layer } from '@chainrule/layers-core';
import { matmul, reshape, type Variable } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { simpleRnn } from './simpleRnn.ts';
import { bools, built, inference, numbers, outputs, random, steps } from '../testing/recurrent.ts';
import { timeDistributed } from './timeDistributed.ts';

function linear(units: number): Layer {
  let kernel: Variable;
  return defineLayer({
    type: 'linear',
    args: [units],
    outputShape: ([batch]) => [batch!, units],
    build: (input, at) => void (kernel = at.weight('kernel', [input[1]!, units], glorotUniform, { regularizer: l2() })),
    call: (x) => matmul(x, kernel.value),
  });
}

describe('timeDistributed', () => {
  test('applies the same layer to each step', () => {
    const x = random([2, 5, 3]);
    const [inner, layer] = [linear(4), timeDistributed(linear(4))];
    built(inner, [2, 3]);
    built(layer, x.shape);
    const [y] = outputs(layer, x);
    expect(layer.outputShape([x.shape])).toEqual([[2, 5, 4]]);
    for (let t = 0; t < 5; t++) {
      const [expected] = outputs(inner, reshape(steps(x, t, t + 1), [2, 3]));
      expect(numbers(steps(y!, t, t + 1))).toEqual(numbers(expected!));
    }
  });

  test('accepts a layer of sequences, for sequences of sequences', () => {
    const layer = built(timeDistributed(simpleRnn(4, { returnSequences: true })), [2, 3, 6, 5]);
    expect(outputs(layer, random([2, 3, 6, 5]))[0]!.shape).toEqual([2, 3, 6, 4]);
  });

  test('has the weights and penalties of its layer, and keeps the mask', () => {
    const layer = built(timeDistributed(linear(4)), [2, 5, 3]);
    expect([layer.variables().map(({ name }) => name), layer.penalties!().length]).toEqual([['layer/kernel'], 1]);
    const mask = bools([[true, false]]);
    expect(layer.call([{ data: random([1, 2, 3]), mask }], inference())[0]!.mask).toBe(mask);
  });

  test('rejects invalid arguments', () => {
    expect(() => timeDistributed(linear(4)).outputShape([[2]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: timeDistributed: expects rank 2 or more [batch,time,…], got [2]]`,
    );
  });
});
