import { describe, expect, test } from 'vitest';
import { measure, type Subject } from './measure.ts';

function counter(): Subject {
  let n = 0;
  return { step: () => Promise.resolve(n++) };
}

describe('measure', () => {
  test('keeps the losses of all steps and the times of those after the warm-up', async () => {
    const done: number[] = [];
    const { losses, times } = await measure(
      counter(),
      { warmUp: 2, warmMs: 0, steps: 3, timedMs: 0, budgetMs: 60_000 },
      (n) => done.push(n),
    );
    expect(losses).toEqual([0, 1, 2, 3, 4]);
    expect([times.length, done]).toEqual([3, [3]]);
  });

  test('does one step of each kind if the time is 0', async () => {
    const { losses, times } = await measure(counter(), {
      warmUp: 5,
      warmMs: 100,
      steps: 20,
      timedMs: 100,
      budgetMs: 0,
    });
    expect([losses, times.length]).toEqual([[0, 1], 1]);
  });

  test('goes on until the time of each part is over', async () => {
    const { losses, times } = await measure(
      { step: () => new Promise((resolve) => setTimeout(() => resolve(1), 2)) },
      { warmUp: 1, warmMs: 20, steps: 1, timedMs: 20, budgetMs: 60_000 },
    );
    expect(losses.length - times.length).toBeGreaterThan(1);
    expect(times.length).toBeGreaterThan(1);
  });
});
