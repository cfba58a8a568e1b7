import { nonNegative } from '@chainrule/errors/check';
import { map, scalar as e, sub, sum, type Tensor, mul } from '@chainrule/tensor';
import { checkPair, withOpName } from '@chainrule/tensor/graph';
import { averageLoss, checkLoss, counted, lossChecks, type LossOptions, lossWeights } from './averageLoss.ts';

/** Options of {@link triplet}. */
export interface TripletOptions extends LossOptions {
  /** The minimum by which the negative should be farther away than the positive. Default 1. */
  readonly margin?: number;
}

/**
 * Pulls an anchor toward a sample of its class and pushes it away from a sample of another class.
 *
 * max(0, ‖a − p‖² − ‖a − n‖² + margin) over the last axis (Schroff, Kalenichenko, Philbin 2015)
 *
 * @param anchor - `[…, features]`
 * @param positive - of the same class; the same shape and dtype as `anchor`
 * @param negative - of another class; the same shape and dtype as `anchor`
 * @param options - `margin` (1), `sampleWeight`, `reduction` ('mean')
 * @throws ShapeError, DTypeError if the three do not match; OptionError for a negative margin
 * @example
 * triplet(tensor([[0]]), tensor([[0]]), tensor([[0.5]])).item(); // => 0.75
 */
export function triplet(anchor: Tensor, positive: Tensor, negative: Tensor, options: TripletOptions = {}): Tensor {
  checkLoss('triplet', { anchor, positive, negative }, options, { ...lossChecks, margin: nonNegative });
  const { margin = 1 } = options;
  checkPair('triplet', anchor, positive);
  checkPair('triplet', anchor, negative);
  const distance = (a: Tensor, b: Tensor): Tensor => sum(mul(sub(a, b), sub(a, b)), { axis: -1 });
  return withOpName('triplet', () => {
    const weights = lossWeights('triplet', anchor.shape.slice(0, -1), anchor.dtype, options);
    const [a, p, n] = [anchor, positive, negative].map((x) => counted(x, weights)) as [Tensor, Tensor, Tensor];
    const gap = map((near, far) => e.add(e.sub(near, far), margin), [distance(a, p), distance(a, n)]);
    return averageLoss(
      'triplet',
      map((x) => e.select(e.le(x, 0), 0, x), [gap]),
      options,
    );
  });
}
