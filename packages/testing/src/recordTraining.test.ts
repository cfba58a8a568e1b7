import { zerosInitializer } from '@chainrule/layers-core';
import { dense } from '@chainrule/layers-dense';
import { meanSquaredError } from '@chainrule/losses';
import { input, sequential } from '@chainrule/model';
import { sgd } from '@chainrule/optim';
import { tensor } from '@chainrule/tensor';
import { plotGradientSizes, plotHistogramsOverTime, recordTraining } from '@chainrule/visualize';
import { describe, expect, test } from 'vitest';

const [x, y] = [tensor([[1], [2], [3], [4]]), tensor([[2], [4], [6], [8]])];
const trainer = () =>
  sequential(input([1]), dense(1, { useBias: false, kernelInitializer: zerosInitializer })).compile({
    optimizer: sgd({ learningRate: 0.01 }),
    loss: meanSquaredError,
  });

describe('recordTraining', () => {
  test('records the weights, the gradients and the outputs of layers before training and after each epoch', async () => {
    const recorder = recordTraining({ x, y, loss: meanSquaredError });
    await trainer().fit({ x, y }, { epochs: 2, batchSize: 4, callbacks: [recorder] });
    // The loss is mean (wx − 2x)², so its gradient is 2 (w − 2) mean x² = 15 (w − 2), and w ← w − 0.15 (w − 2).
    const w = [0, 0.3, 0.555];
    expect(recorder.records.map(({ step }) => step)).toEqual([0, 1, 2]);
    recorder.records.forEach(({ weights, gradients, activations }, i) => {
      expect(weights['dense/kernel']!.quantiles[2]).toBeCloseTo(w[i]!, 5);
      expect(gradients['dense/kernel']!.norm).toBeCloseTo(15 * Math.abs(w[i]! - 2), 4);
      // NumPy: quantiles of w · [1, 2, 3, 4] are w · [1.15, 1.75, 2.5, 3.25, 3.85].
      [1.15, 1.75, 2.5, 3.25, 3.85].forEach((q, k) =>
        expect(activations['dense']!.quantiles[k]).toBeCloseTo(q * w[i]!, 5),
      );
    });
  });

  test('records after some steps, and continues in a second fit', async () => {
    const recorder = recordTraining({ x, y, loss: meanSquaredError }, { every: 3 });
    const trained = trainer();
    for (let run = 0; run < 2; run++) await trained.fit({ x, y }, { epochs: 2, batchSize: 2, callbacks: [recorder] });
    expect(recorder.records.map(({ step }) => step)).toEqual([0, 3, 6]);
  });

  test('refuses values that are not samples', () => {
    expect(() => recordTraining({ x, y: [1], loss: meanSquaredError } as never)).toThrow(
      'recordTraining: `probe` must be samples { x, y, loss }',
    );
  });
});

describe('figures of records', () => {
  const sized = (norm: number) => ({ quantiles: [-2, -1, 0, 1, 2] as const, norm });
  const records = [0, 5].map((step) => ({
    step,
    weights: { 'a/kernel': sized(1), 'b/kernel': sized(2) },
    gradients: { 'a/kernel': sized(3), 'a/bias': sized(4), 'b/kernel': sized(0.1) },
    activations: step === 0 ? {} : { a: sized(7) },
  }));

  test('plotHistogramsOverTime has bands for each variable or layer', () => {
    const { panels } = plotHistogramsOverTime(records);
    expect(panels.map(({ title, y: of }) => [title, of])).toEqual([['a/kernel', 'weight'], ['b/kernel', 'weight']]); // prettier-ignore
    expect(panels[0]!.series.map(({ band }) => band![1])).toEqual([[5, -2, 2], [5, -1, 1]]); // prettier-ignore
    expect(plotHistogramsOverTime(records, { of: 'activations' }).panels[0]!.series[1]!.points).toEqual([[5, 0]]);
    expect(plotHistogramsOverTime([]).panels).toEqual([]);
  });

  test('plotGradientSizes joins the variables of a layer', () => {
    const { series, scale } = plotGradientSizes(records);
    expect(scale).toBe('log');
    expect(series).toEqual([
      { name: 'a', points: [[0, 5], [5, 5]] }, // prettier-ignore
      { name: 'b', points: [[0, expect.closeTo(0.1)], [5, expect.closeTo(0.1)]] }, // prettier-ignore
    ]);
  });

  test('refuse other lists', () => {
    expect(() => plotGradientSizes([{ step: 1 }] as never)).toThrow(
      'plotGradientSizes: `records` must be the `records`',
    );
  });
});
