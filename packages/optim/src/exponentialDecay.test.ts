import { describe, expect, test } from 'vitest';
import { exponentialDecay } from './exponentialDecay.ts';

describe('exponentialDecay', () => {
  const options = { initialLearningRate: 0.8, decaySteps: 10, decayRate: 0.25 };

  test('falls by decayRate in decaySteps, smoothly', () => {
    expect([0, 5, 10, 20].map(exponentialDecay(options))).toEqual([0.8, 0.4, 0.2, 0.05]);
  });

  test('falls in steps with staircase', () => {
    expect([0, 9, 10, 19, 20].map(exponentialDecay({ ...options, staircase: true }))).toEqual([
      0.8, 0.8, 0.2, 0.2, 0.05,
    ]);
  });

  test('throws for decaySteps of 0 or less', () => {
    expect(() => exponentialDecay({ ...options, decaySteps: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: exponentialDecay: \`decaySteps\` must be above 0, got 0]`,
    );
    expect(() => exponentialDecay({ ...options, decaySteps: NaN })).toThrow('decaySteps');
  });
});
