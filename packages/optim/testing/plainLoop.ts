import { type DType, tensor, Variable } from '@chainrule/tensor';
import { expect } from 'vitest';
import { applyUpdates } from '../src/applyUpdates.ts';
import type { Optimizer, OptimizerState } from '../src/transformation.ts';

/** Gradients that change sign and size, and vanish now and then. */
export function gradientsAt(step: number): number[] {
  return [Math.sin(step), 100 * Math.cos(0.3 * step), 1e-3 * (1 + step), step % 4 === 0 ? 0 : -1];
}

const start = [1, -2, 3, 0.5];

/** Runs an optimizer for 30 steps; returns its variable's values and its state. */
export function runSteps<S extends OptimizerState>(
  optimizer: Optimizer<S>,
  dtype: DType = 'float64',
  steps = 30,
): { values: number[]; state: S } {
  const w = new Variable(tensor(start, undefined, dtype), { name: 'w' });
  const state = optimizer.init([w]);
  for (let step = 0; step < steps; step++) {
    optimizer.tick(state, step);
    applyUpdates([w], optimizer.update([tensor(gradientsAt(step), undefined, dtype)], state, [w]));
  }
  return { values: [...w.value.data], state };
}

/**
 * Compares 30 steps with a plain loop in float64.
 *
 * @param make - makes the loop of one weight: from gradient, step and weight to what is added
 */
export function expectSteps(
  optimizer: Optimizer,
  make: () => (gradient: number, step: number, weight: number) => number,
  tolerance = 1e-12,
): void {
  const expected = start.map((first, i) => {
    const update = make();
    let w = first;
    for (let step = 0; step < 30; step++) w += update(gradientsAt(step)[i]!, step, w);
    return w;
  });
  const { values } = runSteps(optimizer);
  values.forEach((value, i) =>
    expect(Math.abs(value - expected[i]!), `weight ${i}: ${value}, expected ${expected[i]}`).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(expected[i]! - start[i]!)),
    ),
  );
  expect(values).not.toEqual(start);
  const single = runSteps(optimizer, 'float32').values;
  single.forEach((value, i) =>
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(2e-5 * (1 + Math.abs(expected[i]! - start[i]!))),
  );
}
