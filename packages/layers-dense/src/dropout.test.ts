import { Generator, ones, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { dropout } from './dropout.ts';

function run(rate: number, x: Tensor, training: boolean, rng = new Generator(1)): Tensor {
  return dropout(rate).call([{ data: x }], { training, rng })[0]!.data;
}

describe('dropout', () => {
  test('passes everything during inference, and draws no numbers', () => {
    const rng = new Generator(1);
    const x = ones([3, 4]);
    expect(run(0.5, x, false, rng)).toBe(x);
    expect(run(0, x, true, rng)).toBe(x);
    expect(rng.counter.value.item()).toBe(0);
  });

  test('gives 0 or x / (1 − rate) during training, with the right frequency and mean', () => {
    const [n, rate] = [100_000, 0.2];
    const { data } = run(rate, ones([n]), true);
    expect(new Set(data)).toEqual(new Set([0, 1.25]));
    const kept = data.filter((v) => v !== 0).length / n;
    // Five deviations of a mean of n coin tosses.
    expect(Math.abs(kept - 0.8)).toBeLessThan(5 * Math.sqrt((0.2 * 0.8) / n));
    expect(Math.abs(kept * 1.25 - 1)).toBeLessThan(1.25 * 5 * Math.sqrt((0.2 * 0.8) / n));
  });

  test('drops different elements at each call, and the same ones for the same seed', () => {
    const rng = new Generator(4);
    const [first, second] = [run(0.5, ones([64]), true, rng), run(0.5, ones([64]), true, rng)];
    expect(first.toArray()).not.toEqual(second.toArray());
    expect(run(0.5, ones([64]), true, new Generator(4)).toArray()).toEqual(first.toArray());
  });

  test('drops the same elements in float64', () => {
    const kept = (dtype: 'float32' | 'float64'): boolean[] =>
      [...run(0.5, ones([64], dtype), true).data].map((v) => v > 0);
    expect(kept('float64')).toEqual(kept('float32'));
  });

  test('keeps the shape and rejects rates outside [0, 1)', () => {
    expect(dropout(0.2).outputShape([[2, 3, 4]])).toEqual([[2, 3, 4]]);
    expect(() => dropout(1)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: dropout: \`rate\` must be in [0, 1), got 1]`,
    );
    expect(() => dropout(-0.1)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: dropout: \`rate\` must be in [0, 1), got -0.1]`,
    );
    expect(() => dropout(NaN)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: dropout: \`rate\` must be in [0, 1), got NaN]`,
    );
  });
});
