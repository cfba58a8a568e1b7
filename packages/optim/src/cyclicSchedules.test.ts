import { describe, expect, test } from 'vitest';
import { cosineDecayRestarts, oneCycle } from './cyclicSchedules.ts';

describe('cosineDecayRestarts', () => {
  const rate = cosineDecayRestarts({ initialLearningRate: 2, firstDecaySteps: 4, peakFactor: 0.5, alpha: 0.25 });

  test('starts periods of 4, 8, 16, … steps, each halfway nearer to alpha', () => {
    expect([0, 4, 12, 28].map(rate)).toEqual([2, 1.25, 0.875, 0.6875]);
  });

  test('falls along half a cosine to alpha times the first rate', () => {
    expect([2, 8, 20].map((step) => rate(step).toFixed(6))).toEqual(['1.250000', '0.875000', '0.687500']);
    expect(rate(4 - 1e-9)).toBeCloseTo(0.5, 6);
  });

  test('repeats one period with a factor of 1, and finds the period at every boundary', () => {
    const same = cosineDecayRestarts({ initialLearningRate: 1, firstDecaySteps: 3, periodFactor: 1 });
    expect(Array.from({ length: 9 }, (_, step) => same(step * 3))).toEqual(new Array(9).fill(1));
    const grown = cosineDecayRestarts({ initialLearningRate: 1, firstDecaySteps: 10, periodFactor: 1.5 });
    let start = 0;
    for (let n = 0; n < 30; start += 10 * 1.5 ** n++) expect(grown(Math.ceil(start))).toBeGreaterThan(0.9);
  });
});

// Values of torch.optim.lr_scheduler.OneCycleLR(max_lr=1, total_steps=10), by its formula.
test('oneCycle rises to the maximum and falls almost to 0', () => {
  const rate = oneCycle({ maxLearningRate: 1, totalSteps: 10 });
  expect([0, 1, 2, 9, 50].map((step) => rate(step).toFixed(7))).toEqual([
    '0.0400000',
    '0.5200000',
    '1.0000000',
    '0.0000040',
    '0.0000040',
  ]);
  expect(oneCycle({ maxLearningRate: 1, totalSteps: 1 })(0)).toBeCloseTo(4e-6, 12);
});
