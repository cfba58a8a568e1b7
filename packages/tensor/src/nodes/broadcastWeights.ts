import { ShapeError, showShape } from '@chainrule/errors';
import { sameShape } from '../array/shape.ts';
import type { Tensor } from '../array/tensor.ts';
import { broadcastNode, reshapeNode } from './view.ts';

/**
 * Broadcasts weights of samples, or of the time steps of samples, to all positions. The axes that the weights lack are
 * the last ones.
 *
 * @param op - the name that errors start with
 * @param weights - the first axes of `shape`, such as `[batch]` for positions `[batch, time]`
 * @throws ShapeError if the weights do not have the first axes of `shape`
 * @example
 * broadcastWeights('loss', tensor([1, 0]), [2, 3]).toArray(); // => [[1,1,1],[0,0,0]]
 */
export function broadcastWeights(op: string, weights: Tensor, shape: readonly number[]): Tensor {
  if (!sameShape(weights.shape, shape.slice(0, weights.rank))) {
    throw new ShapeError(
      `${op}: \`sampleWeight\` must have one weight for each sample or position of ${showShape(shape)}, got ${showShape(weights.shape)}`,
    );
  }
  return broadcastNode(
    reshapeNode(
      weights,
      shape.map((_, i) => weights.shape[i] ?? 1),
    ),
    shape,
  );
}
