import { tensor, Variable, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { runSteps } from '../testing/plainLoop.ts';
import { lamb, scaleByTrustRatio } from './lamb.ts';

// Values over several steps are compared with optax in packages/testing/golden/optax.json.
describe('scaleByTrustRatio', () => {
  const ratio = (w: number[], g: number[]): unknown =>
    scaleByTrustRatio()
      .update([tensor(g)], [], [new Variable(tensor(w))])[0]!
      .toArray();

  test('gives an update the norm of its variable', () => {
    expect(ratio([3, 4], [0, 2])).toEqual([0, 5]);
  });

  test('leaves updates alone if the variable or the update is 0', () => {
    expect(ratio([0, 0], [1, -2])).toEqual([1, -2]);
    expect(ratio([1, 2], [0, 0])).toEqual([0, 0]);
    expect(scaleByTrustRatio().update([zeros([0])], [], [new Variable(zeros([0]))])[0]!.shape).toEqual([0]);
  });

  test('does not overflow where the squares do', () => {
    expect(ratio([3e30, 4e30], [1e-30, 0])).toEqual([5.0000000250632735e30, 0].map(Math.fround));
  });
});

test('the steps of lamb are as long as the learning rate times the norm of the weights', () => {
  const { values } = runSteps(lamb({ learningRate: 0.1 }), 'float64', 1);
  const start = [1, -2, 3, 0.5];
  const length = (v: readonly number[]): number => Math.hypot(...v);
  expect(length(values.map((v, i) => v - start[i]!))).toBeCloseTo(0.1 * length(start), 7);
});
