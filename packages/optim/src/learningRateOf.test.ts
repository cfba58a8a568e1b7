import { tensor, Variable } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { adamW } from './adam.ts';
import { chain } from './chain.ts';
import { clipByValue } from './clip.ts';
import { learningRateOf } from './learningRateOf.ts';
import { sgd } from './sgd.ts';
import { trace } from './trace.ts';

describe('learningRateOf', () => {
  test('finds the rate wherever it is in a chain, so that assigning it changes the next step', () => {
    for (const optimizer of [sgd({ learningRate: 0.5 }), chain(clipByValue(9), chain(sgd({ learningRate: 0.5 })))]) {
      const w = new Variable(tensor([1]));
      const state = optimizer.init([w]);
      expect(learningRateOf(state).value.item()).toBe(0.5);
      learningRateOf(state).assign(tensor(0.25));
      expect(optimizer.update([tensor([2])], state as never, [w])[0]!.item()).toBe(-0.5);
    }
    expect(learningRateOf(adamW().init([])).value.item()).toBeCloseTo(0.001, 9);
  });

  test('throws for a state with another number of rates', () => {
    expect(() => learningRateOf(trace({ decay: 0.9 }).init([]))).toThrow(
      'learningRateOf: `state` must hold one learning rate, got 0',
    );
    expect(() => learningRateOf([sgd().init([]), sgd().init([])])).toThrow('got 2');
  });
});
