import { identityInitializer, normalizedPositiveDefinite } from '@chainrule/layers-core';
import { Generator, relu, tensor, type Tensor, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { simpleRnn } from './simpleRnn.ts';
import type { RecurrentLayer } from './recurrentLayer.ts';
import { built, numbers, outputs, product, random } from '../testing/recurrent.ts';

/** h′ = tanh(x·K + b + h·R), number by number. */
function loop(layer: RecurrentLayer, x: Tensor, first: readonly number[]): number[][] {
  const [kernel, recurrent, bias] = layer.variables().map(({ value }) => value.value.toArray()) as [
    number[][],
    number[][],
    number[],
  ];
  let h = first;
  return (x.toArray() as number[][][])[0]!.map(
    (row) => (h = bias.map((b, j) => Math.tanh(product(row, kernel, j) + b + product(h, recurrent, j)))),
  );
}

describe('simpleRnn', () => {
  test('equals a plain loop, also from initial states', () => {
    const x = random([1, 6, 3]);
    const layer = built(simpleRnn(4, { returnSequences: true, returnState: true }), x.shape);
    for (const h0 of [undefined, random([1, 4], 7)]) {
      const expected = loop(layer, x, h0 ? numbers(h0) : [0, 0, 0, 0]);
      const [sequence, state] = outputs(layer, x, { states: h0 ? [h0] : [] });
      numbers(sequence!).forEach((v, i) => expect(v).toBeCloseTo(expected.flat()[i]!, 12));
      expect(numbers(state!)).toEqual(numbers(sequence!).slice(-4));
    }
  });

  // units·(features + units + 1), as Keras counts.
  test.each([
    [64, 56, 7744],
    [256, 65, 82_432],
  ])('of %i units on %i features has %i parameters', (units, features, count) => {
    const layer = simpleRnn(units);
    layer.build([[1, 5, features]], { rng: new Generator(1), dtype: 'float32' });
    expect(layer.variables().reduce((n, { value }) => n + value.value.size, 0)).toBe(count);
  });

  test('with relu and an identity kernel adds up its inputs', () => {
    const layer = simpleRnn(2, {
      activation: relu,
      recurrentInitializer: identityInitializer,
      kernelInitializer: identityInitializer,
      returnSequences: true,
    });
    layer.build([[1, 3, 2]], { rng: new Generator(1), dtype: 'float64' });
    expect(
      outputs(
        layer,
        tensor(
          [
            [
              [1, 2],
              [3, 4],
              [5, 6],
            ],
          ],
          undefined,
          'float64',
        ),
      )[0]!.toArray(),
    ).toEqual([
      [
        [1, 2],
        [4, 6],
        [9, 12],
      ],
    ]);
  });

  test('with a normalized positive definite kernel keeps one direction of its state, and the others decay', () => {
    const layer = simpleRnn(8, {
      activation: (v) => v,
      recurrentInitializer: normalizedPositiveDefinite,
      returnSequences: true,
    });
    layer.build([[1, 1000, 1]], { rng: new Generator(4), dtype: 'float64' });
    const sequence = outputs(layer, zeros([1, 1000, 1], 'float64'), { states: [random([1, 8])] })[0]!;
    const norms = (sequence.toArray() as number[][][])[0]!.map((h) => Math.hypot(...h));
    norms.slice(1).forEach((norm, t) => expect(norm).toBeLessThanOrEqual(norms[t]! * (1 + 1e-12)));
    expect(norms[999]).toBeGreaterThan(0.01);
    expect(norms[999]).toBeCloseTo(norms[800]!, 6);
  });

  test('supports layers without a bias', () => {
    expect(
      built(simpleRnn(4, { useBias: false }), [1, 2, 3])
        .variables()
        .map(({ name }) => name),
    ).toEqual(['kernel', 'recurrentKernel']);
  });
});
