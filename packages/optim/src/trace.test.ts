import { tensor, Variable } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { scaleByLearningRate } from './scaleByLearningRate.ts';
import { chain } from './chain.ts';
import { trace } from './trace.ts';
import { expectSteps } from '../testing/plainLoop.ts';

describe('trace', () => {
  test.each([
    [0, false],
    [0.9, false],
    [0.9, true],
  ])('is a decaying sum of updates, with decay %d and nesterov %s', (decay, nesterov) => {
    expectSteps(chain(trace({ decay, nesterov }), scaleByLearningRate(0.05)), () => {
      let t = 0;
      return (g) => {
        t = decay * t + g;
        return -0.05 * (nesterov ? g + decay * t : t);
      };
    });
  });

  test('throws for a decay outside [0, 1), and another number of updates', () => {
    expect(() => trace({ decay: 1 })).toThrow('trace: `decay` must be in [0, 1), got 1');
    expect(() => trace({} as never)).toThrow('trace: `decay` must be in [0, 1), got undefined');
    const momentum = trace({ decay: 0.5 });
    expect(() => momentum.update([], momentum.init([new Variable(tensor([1]))]), [])).toThrow(
      'trace: expects 1 updates, got 0',
    );
  });
});
