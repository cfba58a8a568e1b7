import { ShapeError, showShape } from '@chainrule/errors';
import { aBoolean, anInteger } from '@chainrule/errors/check';
import { cast, expandDims, logSoftmax, map, reshape, scalar as e, squeeze, type Tensor } from '@chainrule/tensor';
import { aTensor, checkLabels, sameShape, takeAlongAxisNode, withOpName } from '@chainrule/tensor/graph';
import { averageLoss, checkLoss, counted, lossChecks, type LossOptions, lossWeights, product } from './averageLoss.ts';
import { defineLoss, type LabelsLoss } from './loss.ts';

/** Options of the cross-entropies. */
export interface CrossEntropyOptions extends LossOptions {
  /** Whether the predictions are logits (default), or probabilities that sum to 1. */
  readonly fromLogits?: boolean;
  /** A label to ignore, such as that of padding. Default none. */
  readonly ignoreIndex?: number;
  /** The weight of each class, `[classes]`. Default 1. */
  readonly classWeights?: Tensor;
}

const name = 'sparseCategoricalCrossEntropy';

/**
 * The cross-entropy of predicted classes and integer labels.
 *
 * −log softmax(logits)[label], averaged as Σ w·loss / Σ w over positions; w is the product of the weights of the sample and of
 * the class. Keras has the arguments in the other order, and takes probabilities by default.
 *
 * @param predictions - `[…, classes]`
 * @param labels - int32, of the shape of `predictions` without the last axis
 * @param options - `fromLogits` (true), `ignoreIndex`, `classWeights`, `sampleWeight`, `reduction` ('mean')
 * @returns a scalar, or the losses in the shape of `labels` with reduction 'none'
 * @throws ShapeError, DTypeError if predictions and labels do not match; ValueError for a label outside the classes
 * @example
 * sparseCategoricalCrossEntropy(tensor([[0, 0]]), tensor([1], undefined, 'int32')).item(); // => 0.6931471824645996
 */
export const sparseCategoricalCrossEntropy: LabelsLoss<CrossEntropyOptions> = /* @__PURE__ */ defineLoss(
  'sparseCategoricalCrossEntropy',
  { predictions: 'logits', targets: 'labels' },
  function (predictions: Tensor, labels: Tensor, options: CrossEntropyOptions = {}): Tensor {
    checkLoss(name, { predictions, labels }, options, {
      ...lossChecks,
      fromLogits: aBoolean,
      ignoreIndex: anInteger,
      classWeights: aTensor,
    });
    const { fromLogits = true, ignoreIndex } = options;
    checkLabels(name, predictions, labels);
    checkClassWeights(predictions, options);
    return withOpName(name, () => {
      const given = lossWeights(name, labels.shape, predictions.dtype, options);
      const classes = counted(asClasses(labels, ignoreIndex), given);
      const weights = product(given, labelWeights(labels, classes, predictions, options));
      const scores = counted(predictions, weights);
      const values: Tensor = fromLogits ? logSoftmax(scores) : scores;
      const picked = squeeze(takeAlongAxisNode(values, expandDims(classes, -1), labels.rank, true), -1);
      return averageLoss(
        name,
        map((x) => e.neg(fromLogits ? x : e.log(x)), [picked]),
        options,
        weights,
      );
    });
  },
);

function checkClassWeights(predictions: Tensor, { classWeights }: CrossEntropyOptions): void {
  if (classWeights && !sameShape(classWeights.shape, predictions.shape.slice(-1))) {
    throw new ShapeError(
      `${name}: \`classWeights\` must have shape ${showShape(predictions.shape.slice(-1))}, got ${showShape(classWeights.shape)}`,
    );
  }
}

/** The labels, with 0 in place of ignored ones. */
function asClasses(labels: Tensor, ignoreIndex: number | undefined): Tensor {
  return ignoreIndex === undefined ? labels : map((l) => e.select(e.eq(l, ignoreIndex), 0, l), [labels]);
}

/** The weight of each label, or undefined without class weights and ignored labels. */
function labelWeights(
  labels: Tensor,
  classes: Tensor,
  predictions: Tensor,
  { ignoreIndex, classWeights }: CrossEntropyOptions,
): Tensor | undefined {
  const counted =
    ignoreIndex === undefined
      ? undefined
      : map((l) => e.cast(e.not(e.eq(l, ignoreIndex)), predictions.dtype), [labels]);
  return product(counted, classWeights && ofClasses(cast(classWeights, predictions.dtype), classes));
}

/** The weight of the class of each label. */
function ofClasses(weights: Tensor, classes: Tensor): Tensor {
  return reshape(takeAlongAxisNode(weights, reshape(classes, [classes.size]), 0, true), classes.shape);
}
