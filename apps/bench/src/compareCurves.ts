import { ChainruleError } from '@chainrule/errors';

/** How far losses may differ, as a part of the loss: rounding, amplified by some steps of Adam. */
export const tolerance = 1e-3;

/** What two curves have in common. */
export interface Agreement {
  /** How many steps were compared. */
  readonly steps: number;
  /** The largest difference, as a part of the loss. */
  readonly difference: number;
}

/**
 * Compares the losses of a library with this library's, step by step as far as both go.
 *
 * @throws ChainruleError that names the library and the first step that differs
 */
export function compareCurves(task: string, library: string, losses: readonly number[], expected: readonly number[]): Agreement {
  const steps = Math.min(losses.length, expected.length);
  let difference = 0;
  for (let i = 0; i < steps; i++) {
    const [loss, own] = [losses[i]!, expected[i]!];
    const apart = Math.abs(loss - own) / Math.max(Math.abs(loss), Math.abs(own), 1e-12);
    // Not `>`: NaN differs as well.
    if (loss !== own && !(apart <= tolerance)) {
      throw new ChainruleError(`bench: ${task} on ${library} must have the losses of this library to ${tolerance} of their size, got ${loss} for ${own} at step ${i + 1}`);
    }
    difference = Math.max(difference, loss === own ? 0 : apart);
  }
  return { steps, difference };
}
