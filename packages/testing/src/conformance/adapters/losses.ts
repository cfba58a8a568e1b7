import * as losses from '@chainrule/losses';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import type { Tensor } from '@chainrule/tensor';
import { type Adapter, type Adapters, exported, given, op } from '../adapter.ts';
import type { Attrs, Inputs } from '../given.ts';

type LossFunction = (predictions: Tensor, targets: Tensor, options?: object) => Tensor;

/** Logits, or the probabilities that stand in their place. */
function predictionsOf(inputs: Inputs, attrs: Attrs): { predictions: Tensor; fromLogits: boolean } {
  const fromLogits = attrs.boolean('fromLogits', true);
  return { predictions: fromLogits ? inputs.get('logits') : (inputs.find('probabilities') ?? inputs.get('predictions')), fromLogits };
}

const reductionOf = (attrs: Attrs): 'mean' | 'sum' | 'none' => attrs.only('reduction', 'mean', 'sum', 'none');

/** Weights of classes and ignored labels are weights of samples. */
const sparseCrossEntropy: Adapter = (inputs, attrs) => {
  const { predictions, fromLogits } = predictionsOf(inputs, attrs);
  const [labels, classWeights, ignoreIndex] = [inputs.get('labels'), inputs.find('classWeights'), attrs.number('ignoreIndex')];
  const ignored = ignoreIndex === undefined ? undefined : op('equal')(labels, ignoreIndex);
  const safe = ignored ? op('where')(ignored, 0, labels) : labels;
  const byClass = classWeights ? op('gather')(classWeights, safe) : undefined;
  const counted = ignored ? op('where')(ignored, 0, byClass ?? op('cast')(op('equal')(labels, labels), 'float32')) : byClass;
  return sparseCategoricalCrossEntropy(predictions, safe, { fromLogits, reduction: reductionOf(attrs), ...(counted && { sampleWeight: counted }) });
};

/** A loss of logits, or probabilities, and labels of the same shape. */
const crossEntropy = (name: string): Adapter => (inputs, attrs) => {
  const loss = exported<LossFunction>(losses, name);
  const { predictions, fromLogits } = predictionsOf(inputs, attrs);
  return loss(predictions, inputs.get('labels'), { fromLogits, reduction: reductionOf(attrs) });
};

/** A loss of predictions and targets, with options of its own under the names of the golden files. */
const difference = (name: string, ...options: readonly string[]): Adapter => (inputs, attrs) => {
  const loss = exported<LossFunction>(losses, name);
  const own = Object.fromEntries(options.map((key) => [key, attrs.number(key)]));
  return loss(inputs.get('predictions'), inputs.get('targets'), { ...given(own), reduction: reductionOf(attrs) });
};

export const lossFunctions: Adapters = {
  sparseCategoricalCrossEntropy: sparseCrossEntropy,
  categoricalCrossEntropy: crossEntropy('categoricalCrossEntropy'),
  binaryCrossEntropy: crossEntropy('binaryCrossEntropy'),
  meanSquaredError: difference('meanSquaredError'),
  meanAbsoluteError: difference('meanAbsoluteError'),
  huber: difference('huber', 'delta'),
  klDivergence: difference('klDivergence'),
};
