import { tensor, Variable } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { gradientsAt, runSteps } from '../testing/plainLoop.ts';
import { accumulateGradients } from './accumulateGradients.ts';
import { adam } from './adam.ts';
import { applyUpdates } from './applyUpdates.ts';
import { exponentialDecay } from './exponentialDecay.ts';
import { sgd } from './sgd.ts';

describe('accumulateGradients', () => {
  test.each([1, 2, 3, 7])('of %i batches steps with the mean of their gradients', (steps) => {
    const learningRate = exponentialDecay({ initialLearningRate: 0.1, decaySteps: 3, decayRate: 0.5 });
    const inner = adam({ learningRate });
    const w = new Variable(tensor([1, -2, 3, 0.5], undefined, 'float64'));
    const state = inner.init([w]);
    for (let step = 0; step + steps <= 30; step += steps) {
      const means = [0, 1, 2, 3].map(
        (i) => Array.from({ length: steps }, (_, k) => gradientsAt(step + k)[i]!).reduce((a, b) => a + b) / steps,
      );
      inner.tick(state, step / steps);
      applyUpdates([w], inner.update([tensor(means, undefined, 'float64')], state, [w]));
    }
    const { values } = runSteps(accumulateGradients(adam({ learningRate }), steps));
    values.forEach((value, i) => expect(value).toBeCloseTo(w.value.data[i]!, 12));
  });

  test('recovers from a batch of infinite gradients after the next step', () => {
    const w = new Variable(tensor([0]));
    const optimizer = accumulateGradients(sgd({ learningRate: 1 }), 2);
    const state = optimizer.init([w]);
    const found = [Infinity, 1, 2, 4].map((g) => optimizer.update([tensor([g])], state, [w])[0]!.item());
    expect(found).toEqual([0, -Infinity, 0, -3]);
  });

  test('throws for a number of steps below 1', () => {
    expect(() => accumulateGradients(sgd(), 0)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: accumulateGradients: \`steps\` must be a positive integer, got 0]`,
    );
  });
});
