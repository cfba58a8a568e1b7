import { DTypeError, ShapeError, showShape } from '@chainrule/errors';
import { aTensor } from './checks.ts';
import { isFloat } from './dtype.ts';
import { sameShape } from './shape.ts';
import type { Tensor } from './tensor.ts';

/**
 * Checks that targets have the shape and dtype of float predictions.
 *
 * @param op - the loss or metric, for the error
 * @throws DTypeError for predictions that are not floats, or targets of another dtype; ShapeError for another shape
 * @example
 * try { checkPair('hinge', tensor([1, 2]), tensor([1])); } catch (e) { console.log(e.message); } // => hinge: `targets` must have the predictions' shape [2], got [1]
 */
export function checkPair(op: string, predictions: Tensor, targets: Tensor): void {
  aTensor(op, 'predictions', predictions);
  aTensor(op, 'targets', targets);
  if (!isFloat(predictions.dtype))
    throw new DTypeError(`${op}: \`predictions\` must be float32 or float64, got ${predictions.dtype}`);
  if (targets.dtype !== predictions.dtype) {
    throw new DTypeError(
      `${op}: \`targets\` must be ${predictions.dtype} as the predictions are, got ${targets.dtype}; convert them with \`cast\``,
    );
  }
  if (!sameShape(targets.shape, predictions.shape)) {
    const remedy =
      /^categorical/.test(op) && targets.rank === predictions.rank - 1
        ? `; make rows of class numbers with \`oneHot\`, or use \`sparse${op[0]!.toUpperCase()}${op.slice(1)}\``
        : '';
    throw new ShapeError(
      `${op}: \`targets\` must have the predictions' shape ${showShape(predictions.shape)}, got ${showShape(targets.shape)}${remedy}`,
    );
  }
}

/**
 * Checks that labels are int32, one for each position of predictions `[…, classes]`.
 *
 * @param op - the loss or metric, for the error
 * @throws DTypeError for labels of another dtype; ShapeError for another shape
 * @example
 * try { checkLabels('accuracy', tensor([[1, 2]]), tensor([0], 'int32')); } catch (e) { console.log(e.message); }
 */
export function checkLabels(op: string, predictions: Tensor, labels: Tensor): void {
  aTensor(op, 'predictions', predictions);
  aTensor(op, 'labels', labels);
  if (labels.rank === predictions.rank + 1 && isFloat(labels.dtype))
    throw new ShapeError(
      `${op}: \`predictions\` must have one axis more than \`labels\`, got ${showShape(predictions.shape)} and ${showShape(labels.shape)}; swap them: the predictions come first`,
    );
  if (sameShape(labels.shape, predictions.shape) && labels.shape.at(-1)! > 1)
    throw new ShapeError(
      `${op}: \`labels\` must be class numbers ${showShape(labels.shape.slice(0, -1))}, got ${showShape(labels.shape)} like \`predictions\`; for one-hot rows use \`${op.replace(/^sparse(.)/, (_, c: string) => c.toLowerCase())}\`, or \`argmax(labels, -1)\``,
    );
  if (labels.dtype !== 'int32')
    throw new DTypeError(`${op}: \`labels\` must be int32, got ${labels.dtype}; convert them with \`cast\``);
  const positions = predictions.shape.slice(0, -1);
  if (predictions.rank === 0 || !sameShape(labels.shape, positions)) {
    throw new ShapeError(
      `${op}: \`labels\` must have shape ${showShape(positions)} to match \`predictions\` ${showShape(predictions.shape)}, got ${showShape(labels.shape)}`,
    );
  }
}
