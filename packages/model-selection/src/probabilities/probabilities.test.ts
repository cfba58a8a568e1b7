import { readFileSync } from 'node:fs';
import { fScore, measure } from '@chainrule/metrics';
import { tensor, type Tensor } from '@chainrule/tensor';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adjustPriors, chooseThreshold, type Counts, temperatureScaling } from '../index.ts';

interface Case {
  readonly labels: number[];
  readonly logits: number[] | number[][];
  readonly temperature: number;
}
const { cases } = JSON.parse(readFileSync(new URL('../../testdata/temperatures.json', import.meta.url), 'utf8')) as {
  readonly cases: Readonly<Record<string, Case>>;
};
const double = (values: number[] | number[][]): Tensor => tensor(values, undefined, 'float64');

describe('temperatureScaling', () => {
  test.each(Object.entries(cases))(
    'minimizes the log loss of scikit-learn: %s',
    (_, { labels, logits, temperature }) => {
      expect(temperatureScaling(double(logits), tensor(labels, 'int32')) / temperature).toBeCloseTo(1, 6);
    },
  );

  test('ends at its limits where no temperature is the best', () => {
    expect(temperatureScaling(double([1, -1]), tensor([1, 0]))).toBeCloseTo(1e-3, 12);
    expect(temperatureScaling(double([1, -1]), tensor([0, 1]))).toBeCloseTo(1e3, 6);
    expect(temperatureScaling(double([[0, 0]]), tensor([1], 'int32'))).toBeCloseTo(1e3, 6);
  });

  test('names mistakes', () => {
    const labels = tensor([0, 1], 'int32');
    expect(() => temperatureScaling(double([]), tensor([], 'int32'))).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: temperatureScaling: \`logits\` must have samples, got none]`,
    );
    expect(() => temperatureScaling(double([1]), labels)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: temperatureScaling: \`labels\` must have shape [1], got [2]]`,
    );
    expect(() => temperatureScaling(double([1, Infinity]), labels)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: temperatureScaling: \`logits\` must be finite, got Infinity]`,
    );
    expect(() => temperatureScaling(double([1, 2]), tensor([0, 2], 'int32'))).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: temperatureScaling: \`labels\` must be in [0, 2), got 2 at 1]`,
    );
    expect(() => temperatureScaling(tensor([1, 2], 'int32'), labels)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: temperatureScaling: \`logits\` must be a tensor of floats, got "int32"]`,
    );
  });
});

describe('adjustPriors', () => {
  const prior = fc.double({ min: 0.01, max: 0.99, noNaN: true });
  test('follows Bayes’ theorem, and comes back', () => {
    fc.assert(
      fc.property(fc.array(prior, { minLength: 1, maxLength: 5 }), prior, prior, (values, from, to) => {
        const p = double(values);
        const adjusted = adjustPriors(p, { from, to });
        values.forEach((value, i) => {
          const odds = (value / (1 - value)) * (to / (1 - to) / (from / (1 - from)));
          expect(adjusted.data[i]!).toBeCloseTo(odds / (1 + odds), 10);
        });
        [...adjustPriors(adjusted, { from: to, to: from }).data].forEach((back, i) =>
          expect(back).toBeCloseTo(values[i]!, 10),
        );
        const pairs = adjustPriors(double(values.map((value) => [1 - value, value])), {
          from: [1 - from, from],
          to: [1 - to, to],
        });
        expect([...pairs.data].filter((_, i) => i % 2)).toEqual([...adjusted.data]);
      }),
    );
  });

  test('keeps certainty, shape and dtype', () => {
    const p = adjustPriors(tensor([[[1, 0]], [[0, 1]]]), { from: [0.5, 0.5], to: [0.1, 0.9] }); // prettier-ignore
    expect([p.shape, p.dtype, [...p.data]]).toEqual([[2, 1, 2], 'float32', [1, 0, 0, 1]]);
    expect(adjustPriors(tensor([NaN]), { from: 0.5, to: 0.1 }).item()).toBeNaN();
    expect(adjustPriors(tensor([], [0, 2]), { from: [0.5, 0.5], to: [0.1, 0.9] }).shape).toEqual([0, 2]);
  });

  test('names mistakes', () => {
    const p = tensor([[0.5, 0.5]]);
    expect(() => adjustPriors(p, { from: [0.5, 0.4], to: [0.5, 0.5] })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: adjustPriors: \`from\` must be a probability in (0, 1), or one for each class that add up to 1, got [0.5,0.4]]`,
    );
    expect(() => adjustPriors(p, { from: 0.5, to: [0.5, 0.5] })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: adjustPriors: \`to\` must be a number as \`from\` is, got [0.5,0.5]]`,
    );
    expect(() => adjustPriors(p, { from: [0.2, 0.3, 0.5], to: [0.2, 0.3, 0.5] })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: adjustPriors: \`probabilities\` must have 3 classes on the last axis, got [1,2]]`,
    );
    expect(() => adjustPriors(p, { from: 1, to: 0.5 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: adjustPriors: \`from\` must be a probability in (0, 1), or one for each class that add up to 1, got 1]`,
    );
  });
});

describe('chooseThreshold', () => {
  const sample = fc.record({
    label: fc.nat(1),
    score: fc.integer({ min: 0, max: 8 }).map((n) => n / 8),
    weight: fc.integer({ min: 1, max: 4 }),
  });

  test('finds the best threshold, for any samples and scores', () => {
    const accuracy = ({ truePositives, trueNegatives }: Counts): number => truePositives + trueNegatives;
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 12 }), (samples) => {
        const [labels, values, weights] = [
          samples.map((s) => s.label),
          samples.map((s) => s.score),
          samples.map((s) => s.weight),
        ];
        const { threshold, score } = chooseThreshold(labels, values, { weights, maximize: accuracy });
        const at = (limit: number): number =>
          samples.reduce((sum, s) => sum + (Number(s.score > limit) === s.label ? s.weight : 0), 0);
        expect(score).toBeCloseTo(at(threshold), 9);
        for (const limit of [-Infinity, ...values]) expect(at(limit)).toBeLessThanOrEqual(score + 1e-9);
      }),
    );
  });

  test('agrees with the metric at the threshold that it chose', () => {
    const [labels, values] = [
      [0, 0, 1, 0, 1, 1, 0, 1],
      [0.1, 0.4, 0.35, 0.2, 0.8, 0.6, 0.65, 0.9],
    ];
    const { threshold, score } = chooseThreshold(labels, values, { beta: 2 });
    const metric = fScore({ beta: 2, threshold, fromLogits: false });
    expect(measure(metric, tensor(values), tensor(labels))).toBeCloseTo(score, 12);
  });

  test('says never or always where that is the best', () => {
    expect(chooseThreshold([0, 0], [0.2, 0.4], { maximize: 'accuracy' })).toEqual({ threshold: Infinity, score: 1 });
    expect(chooseThreshold([1, 1], [0.2, 0.4], { maximize: 'balancedAccuracy' })).toEqual({
      threshold: -Infinity,
      score: 1,
    });
    // Neighbors have no number between them.
    const { threshold } = chooseThreshold([0, 1], [1, 1 + Number.EPSILON]);
    expect([threshold >= 1, threshold < 1 + Number.EPSILON]).toEqual([true, true]);
  });

  test('names mistakes', () => {
    expect(() => chooseThreshold([], [])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: chooseThreshold: \`labels\` must hold a label, got none]`,
    );
    expect(() => chooseThreshold([0, 1], [0, 1], { maximize: 'recall' as never })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: chooseThreshold: \`maximize\` must be "accuracy", "balancedAccuracy", "fScore" or a function, got "recall"]`,
    );
  });
});
