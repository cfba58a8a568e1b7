import { describe, expect, it } from 'vitest';
import { oracle } from '../../oracle/oracle.ts';
import { Generator } from './generator.ts';
import { div } from '../elementwise/div.ts';
import { erf } from '../elementwise/erf.ts';
import { randomTruncatedNormal } from './randomTruncatedNormal.ts';

describe('randomTruncatedNormal', () => {
  const size = 20000;

  it.each(['float32', 'float64'] as const)('stays within two standard deviations in %s', (dtype) => {
    const { data } = randomTruncatedNormal(new Generator(3), [size], { dtype, mean: 5, std: 2 });
    const [low, high] = [Math.min(...data), Math.max(...data)];
    expect(low).toBeGreaterThanOrEqual(1);
    expect(high).toBeLessThanOrEqual(9);
    expect(low).toBeLessThan(1.02);
    expect(high).toBeGreaterThan(8.98);
  });

  it('has the mean and the deviation of the cut distribution', () => {
    const { data } = randomTruncatedNormal(new Generator(7), [size], { dtype: 'float64' });
    const mean = [...data].reduce((a, b) => a + b, 0) / size;
    const variance = [...data].reduce((a, b) => a + (b - mean) ** 2, 0) / size;
    // 1 − 4φ(2) / erf(√2) = 0.7737; errors of four standard deviations of the estimates.
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(0.7737 / size));
    expect(Math.abs(variance - 0.7737413)).toBeLessThan(0.02);
  });

  it('inverts the distribution: Φ(x) of a draw is its uniform number', () => {
    const draws = randomTruncatedNormal(new Generator(1), [100], { dtype: 'float64' });
    const uniforms = new Generator(1).draw([100], 'float64').data;
    erf(div(draws, Math.SQRT2)).data.forEach((p, i) =>
      expect(p / 0.954499736103642).toBeCloseTo(2 * uniforms[i]! + 2 ** -24 - 1, 6),
    );
  });

  it('repeats itself for a seed, takes size 0, and runs under capture', () => {
    const draw = (): unknown => randomTruncatedNormal(new Generator(2), [3]).toArray();
    expect(draw()).toEqual(draw());
    expect(randomTruncatedNormal(new Generator(2), [0, 2]).shape).toEqual([0, 2]);
    const rng = new Generator(2);
    const captured = oracle(() => randomTruncatedNormal(rng, [3]))().data;
    randomTruncatedNormal(new Generator(2), [3]).data.forEach((v, i) => expect(v).toBeCloseTo(captured[i]!, 5));
  });

  it('refuses a negative deviation', () => {
    expect(() => randomTruncatedNormal(new Generator(1), [1], { std: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: randomTruncatedNormal: \`std\` must be at least 0, got -1]`,
    );
  });
});
