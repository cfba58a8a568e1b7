import { describe, expect, test } from 'vitest';
import { expectSteps, runSteps } from '../testing/plainLoop.ts';
import { adam } from './adam.ts';
import { lookahead } from './lookahead.ts';
import { sgd } from './sgd.ts';

describe('lookahead', () => {
  test.each([
    [1, 0.5],
    [3, 0.8],
    [40, 0.5],
  ])('equals the algorithm with a period of %i and a step size of %d', (syncPeriod, slowStepSize) => {
    const optimizer = lookahead(sgd({ learningRate: 0.05, momentum: 0.9 }), { syncPeriod, slowStepSize });
    expectSteps(optimizer, () => {
      let v = 0;
      let slow: number | undefined;
      return (g, step, w) => {
        slow ??= w;
        v = 0.9 * v + g;
        const fast = w - 0.05 * v;
        if ((step + 1) % syncPeriod !== 0) return fast - w;
        slow += slowStepSize * (fast - slow);
        return slow - w;
      };
    });
  });

  test('with a step size of 1 equals the optimizer', () => {
    const { values } = runSteps(lookahead(adam(), { slowStepSize: 1 }));
    runSteps(adam()).values.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 12));
  });

  test('throws for anything except an optimizer', () => {
    expect(() => lookahead(adam as never)).toThrow('lookahead: `optimizer` must be an optimizer');
    expect(() => lookahead(adam(), { syncPeriod: 0 })).toThrow('lookahead: `syncPeriod` must be');
  });
});
