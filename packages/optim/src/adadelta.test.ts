import { describe, expect, test } from 'vitest';
import { adadelta, type AdadeltaOptions } from './adadelta.ts';
import { expectSteps, runSteps } from '../testing/plainLoop.ts';

describe('adadelta', () => {
  test.each([
    {},
    { learningRate: 1, rho: 0.9, epsilon: 1e-6 },
    { learningRate: 0.5, rho: 0, epsilon: 1e-2 },
  ] as AdadeltaOptions[])('equals the plain loop over 30 steps, with %j', (options) => {
    const { learningRate = 0.001, rho = 0.95, epsilon = 1e-7 } = options;
    expectSteps(adadelta(options), () => {
      let [s, d] = [0, 0];
      return (g) => {
        s = rho * s + (1 - rho) * g * g;
        const change = (Math.sqrt(d + epsilon) / Math.sqrt(s + epsilon)) * g;
        d = rho * d + (1 - rho) * change * change;
        return -(learningRate as number) * change;
      };
    });
  });

  test('has states for squares and updates, in the dtype of the variable', () => {
    const {
      state: [scaling],
    } = runSteps(adadelta(), 'float32', 1);
    expect([scaling.squares[0]!.name, scaling.changes[0]!.name, scaling.changes[0]!.dtype]).toEqual([
      'scaleByAdadelta/squares/w',
      'scaleByAdadelta/changes/w',
      'float32',
    ]);
  });

  test('throws for a rho outside [0, 1)', () => {
    expect(() => adadelta({ rho: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: adadelta: \`rho\` must be in [0, 1), got 1]`,
    );
    expect(() => adadelta({ epsilon: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: adadelta: \`epsilon\` must be at least 0, got -1]`,
    );
  });
});
