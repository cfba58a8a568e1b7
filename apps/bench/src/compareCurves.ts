import { ChainruleError } from '@chainrule/errors';

/** The largest relative difference of the first losses, which only the rounding of one forward pass causes. */
export const firstTolerance = 1e-4;
/**
 * The largest difference of later losses, relative to the largest loss so far. Adam turns rounding into whole steps if
 * gradients are nearly 0. After 10 steps of W3, PyTorch in float32 differs from PyTorch in float64 by 1.6e-3. In W4,
 * with its six batch norms, it differs from this library by 1e-2.
 */
export const tolerance = 2e-2;

/** The result of comparing two curves. */
export interface Agreement {
  /** The number of steps that were compared. */
  readonly steps: number;
  /** The largest difference, relative to the largest loss so far. */
  readonly difference: number;
}

/** The losses of one library, step by step. */
export interface Curve {
  readonly library: string;
  readonly losses: readonly number[];
}

/**
 * Compares two curves up to the end of the shorter one.
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
    // Written without `>`, so that NaN counts as different.
    if (!(apart <= within)) {
      throw new ChainruleError(
        `bench: ${task} on ${curve.library} must have the losses of ${expected.library} within ${within} of their size, got ${loss} for ${other} at step ${i + 1}`,
      );
    }
    difference = Math.max(difference, apart);
  }
  return { steps, difference };
}
