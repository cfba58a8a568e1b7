import { tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { binaryCrossEntropy } from './binaryCrossEntropy.ts';

const double = (values: number[] | number[][]): Tensor => tensor(values as number[], undefined, 'float64');

describe('binaryCrossEntropy', () => {
  const t = double([
    [0, 1],
    [0, 0],
  ]);

  test('agrees with the documentation of Keras, for logits', () => {
    const p = double([
      [-18.6, 0.51],
      [2.94, -12.8],
    ]);
    expect(binaryCrossEntropy(p, t).item()).toBeCloseTo(0.865, 3);
    binaryCrossEntropy(p, t, { reduction: 'none' }).data.forEach((v, i) =>
      expect(v).toBeCloseTo([0.235, 1.496][i]!, 3),
    );
  });

  test('agrees with the documentation of Keras, for probabilities', () => {
    const p = double([
      [0.6, 0.4],
      [0.4, 0.6],
    ]);
    expect(binaryCrossEntropy(p, t, { fromLogits: false }).item()).toBeCloseTo(0.815, 3);
    binaryCrossEntropy(p, t, { fromLogits: false, reduction: 'none' }).data.forEach((v, i) =>
      expect(v).toBeCloseTo([0.916, 0.714][i]!, 3),
    );
  });

  test('takes targets between 0 and 1', () => {
    expect(binaryCrossEntropy(double([0]), double([0.3])).item()).toBeCloseTo(Math.LN2, 15);
    expect(binaryCrossEntropy(double([0.25]), double([0.5]), { fromLogits: false }).item()).toBeCloseTo(
      -(Math.log(0.25) + Math.log(0.75)) / 2,
      15,
    );
  });

  test('does not overflow or lose digits: the loss of the logit 40 for 1 is e⁻⁴⁰', () => {
    expect(
      binaryCrossEntropy(double([40, 1000, -1000, -1000]), double([1, 1, 0, 1]), { reduction: 'none' }).toArray(),
    ).toEqual([expect.closeTo(Math.exp(-40), 30), 0, 0, 1000]);
    expect(binaryCrossEntropy(tensor([-1e38]), tensor([1])).item()).toBe(Math.fround(1e38));
  });

  test('smooths labels to the middle: with 1, all targets are one half', () => {
    const p = double([[0.6, 0.4]]);
    expect(binaryCrossEntropy(p, double([[1, 0]]), { labelSmoothing: 1 }).item()).toBeCloseTo(
      binaryCrossEntropy(p, double([[0.5, 0.5]])).item(),
      15,
    );
    expect(() => binaryCrossEntropy(p, double([[1, 0]]), { labelSmoothing: -0.1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: binaryCrossEntropy: \`labelSmoothing\` must be in [0, 1], got -0.1]`,
    );
  });
});
