import { tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { averageLoss, checkLoss, lossChecks } from './averageLoss.ts';

const double = (values: number[] | number[][]): Tensor => tensor(values as number[], undefined, 'float64');

describe('averageLoss', () => {
  const losses = double([1, 2, 6]);

  test('averages, sums or returns the losses of samples', () => {
    expect(averageLoss('loss', losses, {}).item()).toBe(3);
    expect(averageLoss('loss', losses, { reduction: 'sum' }).item()).toBe(9);
    expect(averageLoss('loss', losses, { reduction: 'none' })).toBe(losses);
  });

  test('divides by the sum of weights, so that padding of weight 0 changes nothing', () => {
    expect(averageLoss('loss', losses, { sampleWeight: double([1, 1, 0]) }).item()).toBe(1.5);
    expect(averageLoss('loss', losses, { sampleWeight: double([2, 2, 0]), reduction: 'sum' }).item()).toBe(6);
    expect(averageLoss('loss', losses, { sampleWeight: double([2, 2, 0]), reduction: 'none' }).toArray()).toEqual([
      2, 4, 0,
    ]);
  });

  test('weights positions by sample or separately', () => {
    const steps = double([
      [1, 2],
      [6, 3],
    ]);
    const weighted = (sampleWeight: Tensor, reduction: 'mean' | 'sum' | 'none'): unknown =>
      averageLoss('loss', steps, { sampleWeight, reduction }).toArray();
    // (3·1 + 3·2 + 1·6 + 1·3) / (3 + 3 + 1 + 1)
    expect(weighted(double([3, 1]), 'mean')).toBe(18 / 8);
    expect(weighted(double([3, 1]), 'none')).toEqual([
      [3, 6],
      [6, 3],
    ]);
    // (2·2 + 1·6) / (2 + 1)
    expect(
      weighted(
        double([
          [0, 2],
          [1, 0],
        ]),
        'mean',
      ),
    ).toBe(10 / 3);
    expect(
      weighted(
        double([
          [0, 2],
          [1, 0],
        ]),
        'sum',
      ),
    ).toBe(10);
  });

  test('takes a mask as weights of 1 and 0', () => {
    const steps = double([
      [1, 2],
      [6, 3],
    ]);
    expect(
      averageLoss('loss', steps, {
        sampleWeight: tensor(
          [
            [1, 1],
            [0, 1],
          ],
          undefined,
          'bool',
        ),
      }).item(),
    ).toBe(2);
    expect(averageLoss('loss', steps, { sampleWeight: tensor([0, 1], undefined, 'bool') }).item()).toBe(4.5);
  });

  test('is 0 when all weights are 0', () => {
    expect(averageLoss('loss', losses, { sampleWeight: double([0, 0, 0]) }).item()).toBe(0);
  });

  test.each(['mean', 'sum', 'none'] as const)(
    'leaves out what has weight 0, be it NaN or infinite, from the %s',
    (reduction) => {
      const of = (first: number): unknown =>
        averageLoss('loss', double([first, 2, 6]), { sampleWeight: double([0, 2, 2]), reduction }).toArray();
      expect([NaN, Infinity, -Infinity].map(of)).toEqual([of(0), of(0), of(0)]);
    },
  );

  test.each([
    [undefined, 3],
    [[2, 0, 1], 3],
    [[0, 0, 0], 0],
    [[0.5, 0, 0], 0.5],
  ])('reports the sum of weights %j as %d', (weights, sum) => {
    const reported: unknown[] = [];
    averageLoss('loss', losses, {
      ...(weights && { sampleWeight: double(weights) }),
      reportWeight: (w) => void reported.push(w.item()),
    });
    expect(reported).toEqual([sum]);
  });

  test('accepts weights of another dtype, and throws for unknown reductions and weights of another shape', () => {
    expect(() =>
      checkLoss('loss', {}, { reduction: 'median' as 'mean' }, lossChecks),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: loss: \`reduction\` must be "mean", "sum" or "none", got "median"]`,
    );
    expect(() => averageLoss('loss', losses, { sampleWeight: double([[1, 1, 1]]) })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: loss: \`sampleWeight\` must have one weight for each sample or position of [3], got [1,3]]`,
    );
    expect(averageLoss('loss', losses, { sampleWeight: tensor([1, 1, 0]) }).item()).toBe(1.5);
  });
});
