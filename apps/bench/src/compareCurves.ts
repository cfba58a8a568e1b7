import { ChainruleError } from '@chainrule/errors';

/** How far losses may differ, as a part of the largest so far: rounding, amplified by some steps of Adam. */
export const tolerance = 1e-3;
/**
 * For images with channels last in PyTorch, whose batch normalisation rounds coarser there: W4's first loss is off by
 * 3e-5, where channels first agree with float64 to 3e-8.
 */
export const coarseTolerance = 1e-2;

/** What two curves have in common. */
export interface Agreement {
  /** How many steps were compared. */
  readonly steps: number;
  /** The largest difference, as a part of the largest loss so far. */
  readonly difference: number;
}

/** The losses of one library, step by step. */
export interface Curve {
  readonly library: string;
  readonly losses: readonly number[];
}

/**
 * Compares two curves as far as both go.
 *
 * @throws ChainruleError that names the libraries and the first step that differs
 */
export function compareCurves(task: string, curve: Curve, expected: Curve, within: number = tolerance): Agreement {
  const steps = Math.min(curve.losses.length, expected.losses.length);
  let [difference, largest] = [0, 0];
  for (let i = 0; i < steps; i++) {
    const [loss, other] = [curve.losses[i]!, expected.losses[i]!];
    largest = Math.max(largest, Math.abs(other));
    const apart = loss === other ? 0 : Math.abs(loss - other) / largest;
    // Not `>`: NaN differs as well.
    if (!(apart <= within)) {
      throw new ChainruleError(`bench: ${task} on ${curve.library} must have the losses of ${expected.library} within ${within} of their size, got ${loss} for ${other} at step ${i + 1}`);
    }
    difference = Math.max(difference, apart);
  }
  return { steps, difference };
}
