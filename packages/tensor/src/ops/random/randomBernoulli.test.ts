import { describe, expect, it } from 'vitest';
import { Generator } from './generator.ts';
import { randomBernoulli } from './randomBernoulli.ts';

describe('randomBernoulli', () => {
  it('is true as often as asked', () => {
    const { data, dtype } = randomBernoulli(new Generator(1), [10000], { p: 0.3 });
    const share = [...data].reduce((a, b) => a + b, 0) / 10000;
    expect(dtype).toBe('bool');
    expect(Math.abs(share - 0.3)).toBeLessThan(4 * Math.sqrt(0.21 / 10000));
  });

  it('is never or always true at the ends, and takes size 0', () => {
    expect(new Set(randomBernoulli(new Generator(1), [1000], { p: 0 }).data)).toEqual(new Set([0]));
    expect(new Set(randomBernoulli(new Generator(1), [1000], { p: 1 }).data)).toEqual(new Set([1]));
    expect(randomBernoulli(new Generator(1), [0]).shape).toEqual([0]);
  });

  it('refuses a number that is not a probability', () => {
    expect(() => randomBernoulli(new Generator(1), [1], { p: 1.1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: randomBernoulli: \`p\` must be in [0, 1], got 1.1]`,
    );
    expect(() => randomBernoulli(new Generator(1), [1], { p: NaN })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: randomBernoulli: \`p\` must be in [0, 1], got NaN]`,
    );
  });
});
