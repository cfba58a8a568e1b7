import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Figure } from '@chainrule/visualize';
import { runOnce } from '../../testing/runOnce.ts';
import { descent } from './descent.ts';
import { linearSamples } from './linearProblem.ts';

const printed: string[] = [];
beforeAll(() => void vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line)));
afterAll(() => void vi.restoreAllMocks());

describe('neuron descent', () => {
  test('compares batches, momenta, optimizers and implicit steps', async () => {
    const figures: Figure[] = [];
    const { metrics, epochs } = await runOnce(descent, { limit: 64, epochs: 6 }, figures);
    // In an epoch, smaller batches make more updates.
    expect(metrics['miniBatchCost']).toBeLessThan(metrics['batchCost']!);
    expect(metrics['stochasticCost']).toBeLessThan(metrics['miniBatchCost']!);
    expect(epochs.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4, 5]);
    // On a quadratic, explicit steps diverge above 2 / λ, and λ is about 2 · 30²; implicit ones never do.
    expect(metrics['largestStableRateExplicit']).toBeLessThan(0.002);
    expect(metrics['largestStableRateImplicit']).toBe(10);
    // (1 − 2 · 0.05 · 0.09)ⁿ and the like: plain SGD creeps along the ravine of slope x / 10.
    expect(metrics['ravineStepsOfFastest']).toBeLessThan(metrics['ravineStepsOfSgd']!);
    expect(metrics['saddleStepsOfFastest']).toBeLessThan(metrics['saddleStepsOfSgd']!);
    expect(figures.map(({ kind, title }) => `${kind}: ${title}`)).toEqual([
      'lines: cost of all samples',
      'lines: cost of the samples of each update',
      'lines: effect of momentum',
      'surface: descent into a ravine',
      'surface: descent from a saddle',
      'lines: implicit and explicit SGD on a stiff problem',
    ]);
    expect(printed.join('\n')).toMatch(/stochastic +1 +64 /);
  });

  test('draws samples of a line with the given scales', () => {
    const { x, y } = linearSamples(4000, [1, 30], 1);
    const column = (of: number): number[] => [...x.data].filter((_, i) => i % 2 === of);
    const deviation = (values: readonly number[]): number =>
      Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / 4000);
    expect(deviation(column(0))).toBeCloseTo(1, 1);
    expect(deviation(column(1)) / 30).toBeCloseTo(1, 1);
    const errors = [...y.data].map((value, i) => value - x.data[2 * i]! - x.data[2 * i + 1]! - 1);
    expect(deviation(errors)).toBeCloseTo(0.5, 1);
  });
});
