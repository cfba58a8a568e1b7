import { tensor, Variable } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { scaleByLearningRate } from './scaleByLearningRate.ts';
import { cosineDecay } from './schedules.ts';

describe('scaleByLearningRate', () => {
  test('negates and scales updates, in their own dtype', () => {
    const rate = scaleByLearningRate(0.5);
    const updates = rate.update([tensor([2, -4]), tensor([1], undefined, 'float64')], rate.init([]), []);
    expect(updates.map((u) => [u.dtype, u.toArray()])).toEqual([
      ['float32', [-1, 2]],
      ['float64', [-0.5]],
    ]);
  });

  test('follows its schedule by tick, to the end and beyond', () => {
    const rate = scaleByLearningRate(cosineDecay({ initialLearningRate: 1, decaySteps: 10 }));
    const state = rate.init([]);
    const at = (step: number): number => (rate.tick(state, step), rate.update([tensor([-1])], state, [])[0]!.item());
    expect([0, 5, 10, 999].map(at)).toEqual([1, 0.5, 0, 0]);
    expect(state.learningRate).toBeInstanceOf(Variable);
  });

  test('begins at the rate of step 0, before any tick', () => {
    expect(
      scaleByLearningRate((step) => 0.25 + step)
        .init([])
        .learningRate.value.item(),
    ).toBe(0.25);
  });

  test('has a float64 rate for float64 variables', () => {
    const rate = scaleByLearningRate((step) => 0.1 / (step + 1));
    const state = rate.init([new Variable(tensor([1], undefined, 'float64'))]);
    const at = (step: number): number => (
      rate.tick(state, step),
      rate.update([tensor([-1], undefined, 'float64')], state, [])[0]!.item()
    );
    expect([state.learningRate.value.item(), at(0), at(2)]).toEqual([0.1, 0.1, 0.1 / 3]);
  });

  test('throws for rates below 0', () => {
    expect(() => scaleByLearningRate(-1).init([])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: scaleByLearningRate: \`learningRate\` must be a finite number of at least 0 or a schedule, got -1]`,
    );
  });
});
