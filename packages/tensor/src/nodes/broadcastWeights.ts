import { ShapeError, showShape } from '@chainrule/errors';
import { sameShape } from '../array/shape.ts';
import type { Tensor } from '../array/tensor.ts';
import { broadcastNode, reshapeNode } from './view.ts';

/**
 * A weight for each position: those of samples, or of the steps of samples, repeated along the axes that they lack,
 * which are the last.
 *
 * @param op - who speaks in the error
 * @param weights - the first axes of `shape`, such as `[batch]` for positions `[batch, time]`
 * @throws ShapeError for weights of other axes
 * @example
 * broadcastWeights('loss', tensor([1, 0]), [2, 3]).toArray(); // => [[1,1,1],[0,0,0]]
 */
export function broadcastWeights(op: string, weights: Tensor, shape: readonly number[]): Tensor {
  if (!sameShape(weights.shape, shape.slice(0, weights.rank))) {
    throw new ShapeError(
      `${op}: \`sampleWeight\` must be one a sample or a position of ${showShape(shape)}, got ${showShape(weights.shape)}`,
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
