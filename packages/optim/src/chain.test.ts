import { tensor, Variable } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { adagrad } from './adagrad.ts';
import { adam } from './adam.ts';
import { chain } from './chain.ts';
import { clipByValue } from './clip.ts';
import type { Optimizer } from './optimizer.ts';
import { scaleByLearningRate } from './scaleByLearningRate.ts';
import { sgd } from './sgd.ts';
import { runSteps } from '../testing/steps.ts';

describe('chain', () => {
  test('applies transformations from left to right', () => {
    const w = new Variable(tensor([0]));
    const first = (...parts: readonly Optimizer[]): number => {
      const optimizer = chain(...parts);
      return optimizer.update([tensor([5])], optimizer.init([w]), [w])[0]!.item();
    };
    expect(first(clipByValue(1), sgd({ learningRate: 0.5 }))).toBe(-0.5);
    expect(first(sgd({ learningRate: 0.5 }), clipByValue(1))).toBe(-1);
  });

  test('of one transformation is that one', () => {
    expect(runSteps(chain(adam())).values).toEqual(runSteps(adam()).values);
  });

  test('of none leaves gradients as they are', () => {
    const g = tensor([1, 2]);
    expect(chain().update([g], chain().init([]), [])[0]).toBe(g);
  });

  test('joins names and states', () => {
    const optimizer = chain(clipByValue(1), adam());
    expect(optimizer.name).toBe('clipByValue, adam');
    expect(Object.keys(optimizer.init([new Variable(tensor([1]))]))).toEqual(['step', 'm', 'v', 'learningRate']);
  });

  test('hands the step to each schedule', () => {
    const optimizer = chain(clipByValue(1), chain(scaleByLearningRate((step) => step / 10)));
    const state = optimizer.init([]);
    optimizer.tick(state, 5);
    expect((state['learningRate'] as Variable).value.item()).toBe(0.5);
  });

  test('leaves the list of gradients as it was', () => {
    const gradients = [tensor([3])];
    chain(clipByValue(1)).update(gradients, {}, []);
    expect(gradients[0]!.item()).toBe(3);
  });

  test('refuses two that keep a variable under the same name', () => {
    const w = new Variable(tensor([1]));
    expect(() => chain(adam(), adam()).init([w])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: chain: two transformations keep a state \`step\`; the second is adam]`,
    );
    expect(() => chain(sgd(), adagrad()).init([w])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: chain: two transformations keep a state \`learningRate\`; the second is adagrad]`,
    );
  });
});
