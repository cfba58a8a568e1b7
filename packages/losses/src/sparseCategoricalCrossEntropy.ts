import { DTypeError, ShapeError, showShape } from '@chainrule/errors';
import { expandDims, log, logSoftmax, neg, sameShape, squeeze, takeAlongAxis, type Tensor, withOpName } from '@chainrule/tensor';
import { averageLoss, type LossOptions } from './averageLoss.ts';

export interface CrossEntropyOptions extends LossOptions {
  /** Whether the predictions are logits (default), or probabilities that sum to 1. */
  readonly fromLogits?: boolean;
}

/**
 * The cross-entropy of predicted classes and labels given as numbers.
 *
 * −log softmax(logits)[label], averaged. Keras' order of arguments is the other one, and it takes probabilities by
 * default.
 *
 * @param predictions - `[…, classes]`
 * @param labels - int32, `predictions`' shape without the classes
 * @param options - `fromLogits` (true), `sampleWeight`, `reduction` ('mean')
 * @returns one element; `labels`' shape with reduction 'none'
 * @throws ShapeError, DTypeError when the two do not fit together; ValueError for a label that is no class
 * @example
 * sparseCategoricalCrossEntropy(tensor([[0, 0]]), tensor([1], undefined, 'int32')).item(); // => 0.6931471824645996
 */
export function sparseCategoricalCrossEntropy(predictions: Tensor, labels: Tensor, options: CrossEntropyOptions = {}): Tensor {
  const { fromLogits = true } = options;
  const name = 'sparseCategoricalCrossEntropy';
  if (labels.dtype !== 'int32') throw new DTypeError(`${name}: \`labels\` must be int32, got ${labels.dtype}; convert them with \`cast\``);
  if (!sameShape(labels.shape, predictions.shape.slice(0, -1))) {
    throw new ShapeError(`${name}: \`labels\` must have shape ${showShape(predictions.shape.slice(0, -1))} to match \`predictions\` ${showShape(predictions.shape)}, got ${showShape(labels.shape)}`);
  }
  return withOpName(name, () => {
    const logs = fromLogits ? logSoftmax(predictions as never) : log(predictions as never);
    const picked = squeeze(takeAlongAxis(logs, expandDims(labels, -1) as never), -1);
    return averageLoss(name, neg(picked), options);
  });
}
