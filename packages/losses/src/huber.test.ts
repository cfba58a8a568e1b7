import { tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { huber } from './huber.ts';

const double = (values: number[] | number[][]): Tensor => tensor(values as number[], undefined, 'float64');

describe('huber', () => {
  test('agrees with the documentation of Keras', () => {
    const [p, t] = [
      double([
        [0.6, 0.4],
        [0.4, 0.6],
      ]),
      double([
        [0, 1],
        [0, 0],
      ]),
    ];
    expect(huber(p, t).item()).toBeCloseTo(0.155, 14);
    expect(huber(p, t, { reduction: 'sum' }).item()).toBeCloseTo(0.31, 14);
    huber(p, t, { reduction: 'none' }).data.forEach((v, i) => expect(v).toBeCloseTo([0.18, 0.13][i]!, 14));
  });

  test.each([0.5, 1, 3])('changes from quadratic to linear at ±%d, continuously', (delta) => {
    const at = (d: number): number => huber(double([d]), double([0]), { delta }).item();
    expect([at(delta), at(-delta)]).toEqual([delta ** 2 / 2, delta ** 2 / 2]);
    expect(at(delta + 1) - at(delta)).toBeCloseTo(delta, 14);
    expect(at(delta / 2)).toBe(delta ** 2 / 8);
  });

  test('throws for a delta of 0 or less', () => {
    expect(() => huber(double([1]), double([0]), { delta: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: huber: \`delta\` must be above 0, got -1]`,
    );
    expect(() => huber(double([1]), double([0]), { delta: NaN })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: huber: \`delta\` must be above 0, got NaN]`,
    );
  });
});
