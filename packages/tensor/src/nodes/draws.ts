import type { Tensor } from '../array/tensor.ts';
import { activeCaptures, assignVariable, currentCapture, readVariable } from '../graph/trace.ts';
import type { VariableLike } from '../graph/variableLike.ts';
import { add } from '../expr/build.ts';
import { map } from './map.ts';

/**
 * Returns the position of a counter's next draw. Bodies of `scan` and `checkpoint` cannot assign the counter. They read
 * the value at entry and add the draws made so far; the caller advances the counter once, after the body.
 */
export function nextDraw(counter: VariableLike): Tensor {
  const made = activeCaptures().reduce((sum, c) => sum + (c.draws.get(counter) ?? 0), 0);
  const start = readVariable(counter);
  return made === 0 ? start : map((c) => add(c, made), [start]);
}

/** Advances a counter by `draws` draws. */
export function advanceCounter(counter: VariableLike, draws: number): void {
  const capture = currentCapture();
  if (capture && !capture.isProgram) capture.draws.set(counter, (capture.draws.get(counter) ?? 0) + draws);
  else
    assignVariable(
      counter,
      map((c) => add(c, draws), [readVariable(counter)]),
    );
}

/** Returns the step numbers of the enclosing scans, outermost first. A draw folds them into its key. */
export function enclosingSteps(): Tensor[] {
  return activeCaptures()
    .map((c) => c.step)
    .filter((step) => step !== undefined)
    .reverse();
}
