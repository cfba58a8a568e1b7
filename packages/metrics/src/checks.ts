import { DTypeError, ShapeError, showShape } from '@chainrule/errors';
import { isFloat, type Tensor } from '@chainrule/tensor';
import { sameShape } from '@chainrule/tensor/graph';

/** Refuses predictions and targets that differ in shape or dtype. */
export function checkPair(name: string, predictions: Tensor, targets: Tensor): void {
  if (!isFloat(predictions.dtype))
    throw new DTypeError(`${name}: \`predictions\` must be float32 or float64, got ${predictions.dtype}`);
  if (targets.dtype !== predictions.dtype) {
    throw new DTypeError(
      `${name}: \`targets\` must be ${predictions.dtype} as the predictions are, got ${targets.dtype}; convert them with \`cast\``,
    );
  }
  if (!sameShape(targets.shape, predictions.shape)) {
    throw new ShapeError(
      `${name}: \`targets\` must have the predictions' shape ${showShape(predictions.shape)}, got ${showShape(targets.shape)}`,
    );
  }
}

/** Refuses labels that are not one a position of `[…, classes]`. */
export function checkLabels(name: string, predictions: Tensor, labels: Tensor, classes?: number): void {
  if (labels.dtype !== 'int32')
    throw new DTypeError(`${name}: \`labels\` must be int32, got ${labels.dtype}; convert them with \`cast\``);
  if (classes !== undefined && predictions.shape.at(-1) !== classes) {
    throw new ShapeError(
      `${name}: \`predictions\` must have ${classes} classes on the last axis, got ${showShape(predictions.shape)}`,
    );
  }
  const positions = predictions.shape.slice(0, -1);
  if (predictions.rank === 0 || !sameShape(labels.shape, positions)) {
    throw new ShapeError(
      `${name}: \`labels\` must have shape ${showShape(positions)} to match \`predictions\` ${showShape(predictions.shape)}, got ${showShape(labels.shape)}`,
    );
  }
}

/** The predictions that a metric says it takes. */
export function kindOf(fromLogits: boolean): 'logits' | 'probabilities' {
  return fromLogits ? 'logits' : 'probabilities';
}

/** The threshold for the predictions as they are: for logits, the logit of the one given. */
export function thresholdOf(name: string, threshold: number, fromLogits: boolean): number {
  return fromLogits ? Math.log(threshold) - Math.log1p(-threshold) : threshold;
}
