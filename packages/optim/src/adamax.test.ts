import { describe, expect, test } from 'vitest';
import type { AdamOptions } from './adam.ts';
import { adamax } from './adamax.ts';
import { expectSteps, runSteps } from '../testing/plainLoop.ts';

describe('adamax', () => {
  // The bias correction is float32: 2⁻²⁴ of the way.
  test.each([
    {},
    { learningRate: 0.1, beta1: 0.5, beta2: 0.9, epsilon: 1e-3 },
    { learningRate: 0.01, beta1: 0 },
  ] as AdamOptions[])('equals algorithm 2 of Kingma and Ba over 30 steps, with %j', (options) => {
    const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = options;
    expectSteps(
      adamax(options),
      () => {
        let [m, u] = [0, 0];
        return (g, step) => {
          m = beta1 * m + (1 - beta1) * g;
          u = Math.max(beta2 * u, Math.abs(g));
          return ((-(learningRate as number) / (1 - beta1 ** (step + 1))) * m) / (u + epsilon);
        };
      },
      2e-7,
    );
  });

  test('counts its steps', () => {
    expect(runSteps(adamax(), 'float32', 7).state[0].step.value.item()).toBe(7);
  });

  test('throws for decays outside [0, 1)', () => {
    expect(() => adamax({ beta1: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: adamax: \`beta1\` must be in [0, 1), got 1]`,
    );
    expect(() => adamax({ beta2: NaN })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: adamax: \`beta2\` must be in [0, 1), got NaN]`,
    );
  });
});
