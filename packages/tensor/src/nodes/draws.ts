import type { Tensor } from '../array/tensor.ts';
import { activeCaptures, assignVariable, currentCapture, readVariable } from '../graph/trace.ts';
import type { VariableLike } from '../graph/variableLike.ts';
import { add } from '../expr/build.ts';
import { map } from './map.ts';

/**
 * The position of a counter's next draw. A body of scan or checkpoint cannot assign the counter: it reads the value at
 * entry and adds the draws made so far, and whoever runs the body advances the counter once, afterwards.
 */
export function nextDraw(counter: VariableLike): Tensor {
  const made = activeCaptures().reduce((sum, c) => sum + (c.draws.get(counter) ?? 0), 0);
  const start = readVariable(counter);
  return made === 0 ? start : map((c) => add(c, made), [start]);
}

/** Counts `draws` draws as made. */
export function advanceCounter(counter: VariableLike, draws: number): void {
  const capture = currentCapture();
  if (capture && !capture.isProgram) capture.draws.set(counter, (capture.draws.get(counter) ?? 0) + draws);
  else
    assignVariable(
      counter,
      map((c) => add(c, draws), [readVariable(counter)]),
    );
}

/** The step symbols of the scans around, outermost first: what a draw folds into its key. */
export function enclosingSteps(): Tensor[] {
  return activeCaptures()
    .map((c) => c.step)
    .filter((step) => step !== undefined)
    .reverse();
}
