import { Generator, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { gru } from './gru.ts';
import type { RecurrentLayer } from './recurrentLayer.ts';
import { built, inference, numbers, outputs, product, random, sigmoid } from '../testing/recurrent.ts';

/** The equations of Cho et al., gates z, r, h, number by number. */
function loop(layer: RecurrentLayer, units: number, x: Tensor, first: readonly number[]): number[][] {
  const [kernel, recurrent, bias, inner] = layer.variables().map(({ value }) => value.value.toArray()) as [
    number[][],
    number[][],
    number[],
    number[] | undefined,
  ];
  let h = first;
  return (x.toArray() as number[][][])[0]!.map((row) => {
    const input = (j: number): number => product(row, kernel, j) + bias[j]!;
    const state = (j: number, seen: readonly number[] = h): number => product(seen, recurrent, j) + (inner?.[j] ?? 0);
    const gate = (k: number): number[] => h.map((_, u) => sigmoid(input(k * units + u) + state(k * units + u)));
    const [z, r] = [gate(0), gate(1)];
    const reset = h.map((v, u) => r[u]! * v);
    const candidate = h.map((_, u) => {
      const j = 2 * units + u;
      return Math.tanh(input(j) + (inner ? r[u]! * state(j) : state(j, reset)));
    });
    h = h.map((v, u) => z[u]! * v + (1 - z[u]!) * candidate[u]!);
    return h as number[];
  });
}

describe('gru', () => {
  test.each([true, false])('equals a plain loop, also from initial states, with resetAfter %s', (resetAfter) => {
    const x = random([1, 6, 3]);
    const layer = built(gru(4, { returnSequences: true, returnState: true, resetAfter }), x.shape);
    for (const h0 of [undefined, random([1, 4], 7)]) {
      const expected = loop(layer, 4, x, h0 ? numbers(h0) : [0, 0, 0, 0]);
      const [sequence, state] = outputs(layer, x, { states: h0 ? [h0] : [] });
      numbers(sequence!).forEach((v, i) => expect(v).toBeCloseTo(expected.flat()[i]!, 12));
      expect(numbers(state!)).toEqual(numbers(sequence!).slice(-4));
    }
  });

  // 3·(units·(features + units) + units), and as much again for the second bias; as Keras counts.
  test.each([
    [false, 39_552],
    [true, 39_744],
  ])('of 64 units on 141 features has, with resetAfter %s, %i parameters', (resetAfter, count) => {
    const layer = gru(64, { resetAfter });
    layer.build([[1, 5, 141]], { rng: new Generator(1), dtype: 'float32' });
    expect(layer.variables().reduce((n, { value }) => n + value.value.size, 0)).toBe(count);
  });

  test.each([true, false])('supports layers without biases, with resetAfter %s', (resetAfter) => {
    const layer = built(gru(2, { useBias: false, resetAfter }), [1, 4, 3]);
    expect(layer.variables().map(({ name }) => name)).toEqual(['kernel', 'recurrentKernel']);
    expect(layer.call([{ data: random([1, 4, 3]) }], inference())[0]!.data.shape).toEqual([1, 2]);
  });

  test('rejects invalid arguments', () => {
    expect(() => gru(1.5)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: gru: \`units\` must be a positive integer, got 1.5]`,
    );
    expect(() => gru(2, { truncateEvery: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: gru: \`truncateEvery\` must be a positive integer, got 0]`,
    );
    expect(() => gru(2, { stateful: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: gru: \`stateful\` must be a positive integer, got 0]`,
    );
    expect(() => gru(2, { checkpointEvery: 0, name: 'reader' })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: gru: \`checkpointEvery\` must be a positive integer, got 0]`,
    );
  });
});
