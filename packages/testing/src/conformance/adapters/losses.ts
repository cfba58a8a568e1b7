import * as losses from '@chainrule/losses';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import type { Tensor } from '@chainrule/tensor';
import { type Adapter, type Adapters, exported, given, op } from '../adapter.ts';
import type { Attrs, Inputs } from '../given.ts';

type LossFunction = (predictions: Tensor, targets: Tensor, options?: object) => Tensor;
type Options = Readonly<Record<string, unknown>>;

/** Logits, or the probabilities that the case has instead. */
function predictionsOf(inputs: Inputs, attrs: Attrs): { predictions: Tensor; fromLogits: boolean } {
  const fromLogits = attrs.boolean('fromLogits', true);
  return {
    predictions: fromLogits ? inputs.get('logits') : (inputs.find('probabilities') ?? inputs.get('predictions')),
    fromLogits,
  };
}

const reductionOf = (attrs: Attrs): 'mean' | 'sum' | 'none' => attrs.only('reduction', 'mean', 'sum', 'none');

const labelOptions = (inputs: Inputs, attrs: Attrs): Options =>
  given({
    ignoreIndex: attrs.number('ignoreIndex'),
    classWeights: inputs.find('classWeights'),
    sampleWeight: inputs.find('sampleWeight'),
    reduction: reductionOf(attrs),
  });

/** With `logProbabilities` as a second output, for suites that ask for it. */
const sparseCrossEntropy: Adapter = (inputs, attrs) => {
  const { predictions, fromLogits } = predictionsOf(inputs, attrs);
  const output = sparseCategoricalCrossEntropy(predictions, inputs.get('labels'), {
    fromLogits,
    ...labelOptions(inputs, attrs),
  });
  return { output, logProbabilities: fromLogits ? op('logSoftmax')(predictions) : op('log')(predictions) };
};

/**
 * −logProbabilities[label]. The inputs need not be logarithms of a distribution, so a loss of logits cannot be used.
 */
const negativeLogLikelihood: Adapter = (inputs, attrs) => {
  const [values, labels, ignoreIndex] = [
    inputs.get('logProbabilities'),
    inputs.get('labels'),
    attrs.number('ignoreIndex'),
  ];
  const [classWeights, reduction] = [inputs.find('classWeights'), reductionOf(attrs)];
  const counts = op('cast')(
    ignoreIndex === undefined ? op('equal')(labels, labels) : op('notEqual')(labels, ignoreIndex),
    'bool',
  );
  const classes = op('where')(counts, labels, 0);
  const weights = op('where')(
    counts,
    classWeights ? op('gather')(classWeights, classes) : op('cast')(counts, values.dtype),
    0,
  );
  const picked = op('squeeze')(op('takeAlongAxis')(values, op('expandDims')(classes, -1)), -1);
  const each = op('where')(counts, op('neg')(op('mul')(picked, weights)), 0);
  if (reduction === 'none') return each;
  return reduction === 'sum' ? op('sum')(each) : op('div')(op('sum')(each), op('sum')(weights));
};

/**
 * Calls an elementwise loss. If elements are summed or kept, they are not samples of Chainrule, which averages over
 * the last axis first; the elements of a vector are.
 */
function callElementwise(
  loss: LossFunction,
  predictions: Tensor,
  targets: Tensor,
  options: Options,
  reduction: 'mean' | 'sum' | 'none',
): Tensor {
  if (reduction === 'mean') return loss(predictions, targets, options);
  const flat = loss(op('reshape')(predictions, [-1]), op('reshape')(targets, [-1]), { ...options, reduction });
  return reduction === 'sum' ? flat : op('reshape')(flat, predictions.shape);
}

/** A loss of logits, or probabilities, and labels of the same shape. */
const crossEntropy =
  (name: string, ...options: readonly string[]): Adapter =>
  (inputs, attrs) => {
    const loss = exported<LossFunction>(losses, name);
    const { predictions, fromLogits } = predictionsOf(inputs, attrs);
    const own = { fromLogits, ...given(Object.fromEntries(options.map((key) => [key, attrs.number(key)]))) };
    const reduction = reductionOf(attrs);
    if (name.startsWith('binary')) return callElementwise(loss, predictions, inputs.get('labels'), own, reduction);
    return loss(predictions, inputs.get('labels'), { ...own, reduction });
  };

/** A loss of predictions and targets. Its options have the names of the golden files. */
const difference =
  (name: string, ...options: readonly string[]): Adapter =>
  (inputs, attrs) => {
    const own = given(Object.fromEntries(options.map((key) => [key, attrs.number(key)])));
    return callElementwise(
      exported<LossFunction>(losses, name),
      inputs.get('predictions'),
      inputs.get('targets'),
      own,
      reductionOf(attrs),
    );
  };

/** A loss of whole rows. */
const ofRows =
  (name: string): Adapter =>
  (inputs, attrs) =>
    exported<LossFunction>(losses, name)(inputs.get('predictions'), inputs.get('targets'), {
      reduction: reductionOf(attrs),
    });

const triplet: Adapter = (inputs, attrs) =>
  losses.triplet(inputs.get('anchor'), inputs.get('positive'), inputs.get('negative'), {
    ...given({ margin: attrs.number('margin') }),
    reduction: reductionOf(attrs),
  });

export const lossFunctions: Adapters = {
  sparseCategoricalCrossEntropy: sparseCrossEntropy,
  negativeLogLikelihood,
  categoricalCrossEntropy: crossEntropy('categoricalCrossEntropy', 'labelSmoothing'),
  binaryCrossEntropy: crossEntropy('binaryCrossEntropy', 'labelSmoothing'),
  categoricalFocalCrossEntropy: crossEntropy('categoricalFocalCrossEntropy', 'alpha', 'gamma'),
  binaryFocalCrossEntropy: crossEntropy('binaryFocalCrossEntropy', 'alpha', 'gamma'),
  meanSquaredError: difference('meanSquaredError'),
  meanAbsoluteError: difference('meanAbsoluteError'),
  meanSquaredLogarithmicError: difference('meanSquaredLogarithmicError'),
  huber: difference('huber', 'delta'),
  logCosh: difference('logCosh'),
  poisson: difference('poisson'),
  hinge: difference('hinge'),
  squaredHinge: difference('squaredHinge'),
  klDivergence: ofRows('klDivergence'),
  cosineSimilarity: ofRows('cosineSimilarity'),
  triplet,
};
