import { tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { categoricalCrossEntropy } from './categoricalCrossEntropy.ts';

const double = (values: number[] | number[][]): Tensor => tensor(values as number[], undefined, 'float64');

describe('categoricalCrossEntropy', () => {
  const t = double([
    [0, 1, 0],
    [0, 0, 1],
  ]);
  const p = double([
    [0.05, 0.95, 0],
    [0.1, 0.8, 0.1],
  ]);

  test('agrees with the documentation of Keras, for probabilities', () => {
    expect(categoricalCrossEntropy(p, t, { fromLogits: false }).item()).toBeCloseTo(1.177, 3);
    expect(categoricalCrossEntropy(p, t, { fromLogits: false, reduction: 'sum' }).item()).toBeCloseTo(2.354, 3);
    categoricalCrossEntropy(p, t, { fromLogits: false, reduction: 'none' }).data.forEach((v, i) =>
      expect(v).toBeCloseTo([-Math.log(0.95), Math.LN10][i]!, 14),
    );
  });

  test('weighs samples: Σ w·loss / Σ w', () => {
    const expected = 0.3 * -Math.log(0.95) + 0.7 * Math.LN10;
    expect(categoricalCrossEntropy(p, t, { fromLogits: false, sampleWeight: double([0.3, 0.7]) }).item()).toBeCloseTo(
      expected,
      14,
    );
  });

  test('is ln Σ eˣ − x of the class for logits', () => {
    const x = [1, -2, 0.5];
    const expected = Math.log(x.reduce((s, v) => s + Math.exp(v), 0)) + 2;
    expect(categoricalCrossEntropy(double([x]), double([[0, 1, 0]])).item()).toBeCloseTo(expected, 14);
  });

  test('spreads labelSmoothing over all classes', () => {
    const x = double([[1, -2, 0.5]]);
    const [a, b] = [0.7 + 0.1, 0.1];
    expect(categoricalCrossEntropy(x, double([[0, 1, 0]]), { labelSmoothing: 0.3 }).item()).toBeCloseTo(
      categoricalCrossEntropy(x, double([[b, a, b]])).item(),
      14,
    );
    expect(() => categoricalCrossEntropy(x, x, { labelSmoothing: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: categoricalCrossEntropy: \`labelSmoothing\` must be in [0, 1], got 1.5]`,
    );
  });

  test('is exact for logits of ±1000, even in float32', () => {
    const each = categoricalCrossEntropy(
      tensor([
        [1000, -1000],
        [1000, -1000],
      ]),
      tensor([
        [1, 0],
        [0, 1],
      ]),
      { reduction: 'none' },
    ).data;
    expect([Math.abs(each[0]!), each[1]]).toEqual([0, 2000]);
  });
});
