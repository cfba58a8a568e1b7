import { ChainruleError } from '@chainrule/errors';

/** How far the first losses may differ, as a part of their size: the rounding of one forward pass. */
export const firstTolerance = 1e-4;
/**
 * How far later losses may differ, as a part of the largest so far. Adam turns rounding into whole steps where gradients
 * are nearly 0: PyTorch in float32 is 1.6e-3 away from PyTorch in float64 after 10 steps of W3, and of W4, with its six batch
 * norms, 1e-2 away from this library.
 */
export const tolerance = 2e-2;

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
export function compareCurves(task: string, curve: Curve, expected: Curve): Agreement {
  const steps = Math.min(curve.losses.length, expected.losses.length);
  let [difference, largest] = [0, 0];
  for (let i = 0; i < steps; i++) {
    const [loss, other] = [curve.losses[i]!, expected.losses[i]!];
    largest = Math.max(largest, Math.abs(other));
    const apart = loss === other ? 0 : Math.abs(loss - other) / largest;
    const within = i === 0 ? firstTolerance : tolerance;
    // Not `>`: NaN differs as well.
    if (!(apart <= within)) {
      throw new ChainruleError(
        `bench: ${task} on ${curve.library} must have the losses of ${expected.library} within ${within} of their size, got ${loss} for ${other} at step ${i + 1}`,
      );
    }
    difference = Math.max(difference, apart);
  }
  return { steps, difference };
}
