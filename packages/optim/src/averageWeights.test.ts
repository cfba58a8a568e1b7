import { full, tensor, Variable } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { runSteps } from '../testing/plainLoop.ts';
import { applyUpdates } from './applyUpdates.ts';
import { averageWeights, swapAverages } from './averageWeights.ts';
import { chain } from './chain.ts';
import { sgd } from './sgd.ts';

describe('averageWeights', () => {
  test('leaves steps as they are', () => {
    expect(runSteps(chain(sgd(), averageWeights())).values).toEqual(runSteps(sgd()).values);
  });

  test('averages the weights after each step, from the first weights on', () => {
    const w = new Variable(tensor([1], undefined, 'float64'));
    const optimizer = chain(sgd({ learningRate: 1 }), averageWeights({ decay: 0.75 }));
    const state = optimizer.init([w]);
    let average = 1;
    for (let step = 0; step < 5; step++) {
      applyUpdates([w], optimizer.update([full([1], step, 'float64')], state, [w]));
      average = 0.75 * average + 0.25 * w.value.item();
    }
    const last = w.value.item();
    swapAverages(state, [w]);
    expect(w.value.item()).toBeCloseTo(average, 12);
    swapAverages(state, [w]);
    expect(w.value.item()).toBe(last);
  });

  test('throws before the learning rate', () => {
    expect(() => chain(averageWeights(), sgd())).toThrow('must come');
  });

  test('swapAverages needs averages', () => {
    const w = new Variable(tensor([1]));
    expect(() => swapAverages(sgd().init([w]), [w])).toThrowErrorMatchingInlineSnapshot(
      `[StateError: swapAverages: \`state\` must hold an average of each of the 1 variables, got 0; put \`averageWeights()\` at the end of the optimizer's chain]`,
    );
  });
});
