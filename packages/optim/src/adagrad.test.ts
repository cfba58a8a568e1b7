import { tensor, Variable } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { adagrad, type AdagradOptions } from './adagrad.ts';
import { applyUpdates } from './applyUpdates.ts';
import { expectSteps } from '../testing/plainLoop.ts';

describe('adagrad', () => {
  test.each([
    {},
    { learningRate: 0.1, initialAccumulator: 0, epsilon: 1e-10 },
    { learningRate: 0.5, initialAccumulator: 1, epsilon: 0.01 },
  ] as AdagradOptions[])('equals the plain loop over 30 steps, with %j', (options) => {
    const { learningRate = 0.001, initialAccumulator = 0.1, epsilon = 1e-7 } = options;
    expectSteps(adagrad(options), () => {
      let s = initialAccumulator;
      return (g) => {
        s += g * g;
        return (-(learningRate as number) * g) / (Math.sqrt(s) + epsilon);
      };
    });
  });

  test('does not move if gradients are 0, even with an accumulator of 0', () => {
    const w = new Variable(tensor([1]));
    const optimizer = adagrad({ initialAccumulator: 0 });
    applyUpdates([w], optimizer.update([tensor([0])], optimizer.init([w]), [w]));
    expect(w.value.item()).toBe(1);
  });

  test('throws for an accumulator and an epsilon below 0', () => {
    expect(() => adagrad({ initialAccumulator: -0.1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: adagrad: \`initialAccumulator\` must be at least 0, got -0.1]`,
    );
    expect(() => adagrad({ epsilon: NaN })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: adagrad: \`epsilon\` must be at least 0, got NaN]`,
    );
  });
});
