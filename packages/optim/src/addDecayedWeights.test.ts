import { tensor, Variable } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { adam, adamW } from './adam.ts';
import { addDecayedWeights } from './addDecayedWeights.ts';
import { chain } from './chain.ts';
import { sgd } from './sgd.ts';
import { expectSteps, runSteps } from '../testing/plainLoop.ts';

/** Adam of one weight; `before` adds decay to the gradient, `after` to the scaled update. */
const plain =
  (before: number, after: number, rate = 0.01) =>
  (): ((g: number, step: number, w: number) => number) => {
    let [m, v] = [0, 0];
    return (gradient, step, w) => {
      const g = gradient + before * w;
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      const scaled = m / (1 - 0.9 ** (step + 1)) / (Math.sqrt(v / (1 - 0.999 ** (step + 1))) + 1e-7);
      return -rate * (scaled + after * w);
    };
  };

describe('addDecayedWeights', () => {
  test('before adam is L2 regularization: the decay is scaled with the gradient', () => {
    expectSteps(chain(addDecayedWeights(0.3), adam({ learningRate: 0.01 })), plain(0.3, 0));
  });

  test('within adamW is decoupled: the decay is scaled by the rate alone', () => {
    expectSteps(adamW({ learningRate: 0.01, weightDecay: 0.3 }), plain(0, 0.3));
    expectSteps(adamW({ learningRate: 0.01 }), plain(0, 0.004));
  });

  test('makes adamW adam with a decay of 0', () => {
    expect(runSteps(adamW({ weightDecay: 0 })).values).toEqual(runSteps(adam()).values);
  });

  test('with sgd is w − η(g + λw)', () => {
    expectSteps(chain(addDecayedWeights(0.1), sgd({ learningRate: 0.05 })), () => (g, _, w) => -0.05 * (g + 0.1 * w));
  });

  test('after a learning rate throws, because it would make weights grow', () => {
    expect(() =>
      chain(adam(), addDecayedWeights(0.1)).init([new Variable(tensor([1]))]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: chain: \`parts[1]\` must come before the learning rate, got addDecayedWeights]`,
    );
  });

  test('throws for a negative share', () => {
    expect(() => addDecayedWeights(-0.1)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: addDecayedWeights: \`weightDecay\` must be at least 0, got -0.1]`,
    );
    expect(() => adamW({ weightDecay: NaN })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: adamW: \`weightDecay\` must be at least 0, got NaN]`,
    );
  });
});
