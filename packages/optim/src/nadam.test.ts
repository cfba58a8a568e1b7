import { describe, expect, test } from 'vitest';
import { nadam, type NadamOptions } from './nadam.ts';
import { expectSteps, runSteps } from '../testing/plainLoop.ts';

const momentumAt = (beta1: number, decay: number, t: number): number => beta1 * (1 - 0.5 * 0.96 ** (t * decay));

describe('nadam', () => {
  test.each([
    {},
    { learningRate: 0.1, beta1: 0.5, beta2: 0.9, epsilon: 1e-3, momentumDecay: 0.1 },
    { learningRate: 0.01, momentumDecay: 0 },
    { learningRate: 0.01, beta1: 0 },
  ] as NadamOptions[])('equals Dozat’s algorithm over 30 steps, with %j', (options) => {
    const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, momentumDecay = 0.004 } = options;
    expectSteps(nadam(options), () => {
      let [m, v, product] = [0, 0, 1];
      return (g, step) => {
        const [mu, next] = [momentumAt(beta1, momentumDecay, step + 1), momentumAt(beta1, momentumDecay, step + 2)];
        product *= mu;
        m = beta1 * m + (1 - beta1) * g;
        v = beta2 * v + (1 - beta2) * g * g;
        const direction = (next * m) / (1 - product * next) + ((1 - mu) * g) / (1 - product);
        return (-(learningRate as number) * direction) / (Math.sqrt(v / (1 - beta2 ** (step + 1))) + epsilon);
      };
    });
  });

  test('keeps the product of its momenta', () => {
    const expected = Array.from({ length: 5 }, (_, i) => momentumAt(0.9, 0.004, i + 1)).reduce((a, b) => a * b);
    expect(runSteps(nadam(), 'float32', 5).state[0].product.value.item()).toBeCloseTo(expected, 6);
  });

  test('throws for decays outside [0, 1)', () => {
    expect(() => nadam({ beta1: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: nadam: \`beta1\` must be in [0, 1), got 1]`,
    );
    expect(() => nadam({ epsilon: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: nadam: \`epsilon\` must be at least 0, got -1]`,
    );
  });
});
