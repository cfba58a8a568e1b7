import { ShapeError, showShape } from '@chainrule/errors';
import type { Tensor } from '@chainrule/tensor';
import { checkLabels } from '@chainrule/tensor/graph';

/** Checks the labels, and that the last axis of the predictions has one entry per class. */
export function checkClasses(name: string, predictions: Tensor, labels: Tensor, classes: number): void {
  checkLabels(name, predictions, labels);
  if (predictions.shape.at(-1) !== classes) {
    throw new ShapeError(
      `${name}: \`predictions\` must have ${classes} classes on the last axis, got ${showShape(predictions.shape)}`,
    );
  }
}

/** The value of a metric's `predictions`. */
export function kindOf(fromLogits: boolean): 'logits' | 'probabilities' {
  return fromLogits ? 'logits' : 'probabilities';
}

/** The threshold on the scale of the predictions: its logit if they are logits. */
export function thresholdOf(name: string, threshold: number, fromLogits: boolean): number {
  return fromLogits ? Math.log(threshold) - Math.log1p(-threshold) : threshold;
}
