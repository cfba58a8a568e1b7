import { describe, expect, test } from 'vitest';
import { toSvg } from '../toSvg.node.ts';
import { toText } from '../toText.ts';
import { plotLearningRate, plotRangeTest } from './plotLearningRate.ts';
import { plotParallelCoordinates } from './plotParallelCoordinates.ts';

describe('plotLearningRate', () => {
  test('computes the rate of each step', () => {
    const { series } = plotLearningRate({ a: (step) => 1 / (step + 1), b: () => 0.5 }, { steps: 3 });
    expect(series.map(({ name, points }) => [name, points])).toEqual([
      ['a', [[0, 1], [1, 0.5], [2, 1 / 3]]], // prettier-ignore
      ['b', [[0, 0.5], [1, 0.5], [2, 0.5]]], // prettier-ignore
    ]);
  });

  test('shows the first and the last of many steps', () => {
    const { points } = plotLearningRate((step) => step, { steps: 100_000 }).series[0]!;
    expect(points.length).toBeLessThanOrEqual(1001);
    expect([points[0], points.at(-1)]).toEqual([[0, 0], [99_999, 99_999]]); // prettier-ignore
  });

  test('refuses values that are not schedules', () => {
    expect(() => plotLearningRate({}, { steps: 1 })).toThrow('plotLearningRate: `schedule` must be a schedule');
    expect(() => plotLearningRate({ a: () => 'fast' } as never, { steps: 1 })).toThrow(
      '`schedule.a` must be a function that returns numbers, got "fast"',
    );
  });
});

describe('plotRangeTest', () => {
  test('smooths as a moving mean without bias to 0', () => {
    const { series, xScale } = plotRangeTest([1, 2, 4].map((loss, i) => ({ learningRate: 10 ** i, loss })));
    expect(xScale).toBe('log');
    // (0.9 · 1 + 2) / 1.9 and (0.81 · 1 + 0.9 · 2 + 4) / 2.71
    const means = series[1]!.points.map(([, mean]) => mean);
    [1, 2.9 / 1.9, 6.61 / 2.71].forEach((mean, i) => expect(means[i]).toBeCloseTo(mean, 12));
  });

  test('draws rates of 0 nowhere', () => {
    const figure = plotRangeTest([{ learningRate: 0, loss: 1 }, { learningRate: 0.1, loss: 2 }]); // prettier-ignore
    expect(toSvg(figure)).not.toMatch(/NaN|Infinity/);
    expect(toText(figure)).toContain('0.1');
    expect(() => plotRangeTest([{ loss: 1 }] as never)).toThrow(
      '`points` must be the result of `learningRateRangeTest`',
    );
  });
});

describe('plotParallelCoordinates', () => {
  const axes = [
    { name: 'rate', values: [1e-4, 1e-2] },
    { name: 'bias', values: [true, null] },
    { name: 'mixed', values: ['auto', 3] },
    { name: 'score', values: [0.001, 0.9] },
  ];

  test('takes the result of a search, and writes truth values as texts', () => {
    const figure = plotParallelCoordinates({ parallelCoordinates: () => axes });
    expect(figure.axes.map(({ values }) => values)).toEqual([[1e-4, 1e-2], ['true', 'null'], ['auto', 3], [0.001, 0.9]]); // prettier-ignore
    expect(figure.axes.map(({ scale }) => scale)).toEqual(['log', undefined, undefined, 'linear']);
  });

  test('draws a line for each trial, from the worst to the best', () => {
    const opacities = (best: 'greatest' | 'least'): string[] =>
      [...toSvg(plotParallelCoordinates(axes, { best })).matchAll(/<path[^>]*stroke-opacity="([\d.]+)"/g)].map(
        ([, share]) => share!,
      );
    expect(opacities('greatest')).toEqual(['0.12', '1']);
    const [first] = toSvg(plotParallelCoordinates(axes)).match(/d="[^"]*"/)!;
    expect(toSvg(plotParallelCoordinates(axes, { best: 'least' })).match(/d="[^"]*"/)![0]).not.toBe(first);
    expect(toText(plotParallelCoordinates(axes, { best: 'least' })).split('\n')[2]).toMatch(
      /^0.0001 +true +auto +0.001$/,
    );
  });

  test('takes no trials', () => {
    expect(toSvg(plotParallelCoordinates([{ name: 'score', values: [] }]))).not.toContain('NaN');
  });

  test.each([
    [[], '`search` must be the result of a search'],
    [
      [
        { name: 'a', values: [1] },
        { name: 'score', values: [] },
      ],
      '`search.a` must be as many as there are scores, 0, got 1',
    ],
    [[{ name: 'score', values: ['high'] }], '`search.score` must be numbers'],
  ])('refuses %j', (wrong, message) => {
    expect(() => plotParallelCoordinates(wrong)).toThrow(`plotParallelCoordinates: ${message}`);
  });
});
