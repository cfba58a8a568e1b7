import { OptionError } from '@chainrule/errors';
import type { Layer } from '@chainrule/layers-core';
import type { TrainingLoss, Predictions } from '@chainrule/losses';
import type { Metric } from '@chainrule/metrics';
import { innerGraph } from '../graph/graph.ts';
import type { SymbolicTensor } from '../graph/symbolicTensor.ts';

/** Activations whose values are probabilities. */
const toProbabilities: readonly unknown[] = ['sigmoid', 'softmax', 'hardSigmoid'];

/** Activations whose values may be negative or greater than 1. */
const toNumbers: readonly unknown[] = [
  ...['celu', 'elu', 'gelu', 'hardSwish', 'leakyRelu', 'logSigmoid', 'logSoftmax', 'mish', 'relu', 'relu6'],
  ...['selu', 'silu', 'softplus', 'softsign', 'tanh'],
];

/** Layers whose outputs are any numbers if they have no activation. */
const linear = /^(dense|(depthwise|separable)?conv[123]d(transpose)?)$/i;

/** Layers whose outputs are among their inputs, or averages of them, when training is over. */
const moving =
  /^(flatten|reshape|permute|repeatVector|masking|(spatialD|gaussianD|d)ropout.*|cropping\dd|upSampling\dd|(globalM|globalA|m|a)(axPool|veragePool)\dd)$/;

/** Layers that join several values to values of the same kind. */
const joining: readonly string[] = ['concatenate', 'average', 'maximum', 'minimum'];

/**
 * Compares what the model predicts with what the loss and the metrics take. A sigmoid or softmax at the end of a model and a
 * loss of logits would train on the wrong numbers without a word; a metric of probabilities would misjudge logits.
 *
 * @throws OptionError for the first disagreement, with the remedies
 */
export function checkPredictions(output: SymbolicTensor, loss: TrainingLoss, metrics: readonly Metric[]): void {
  const end = endOf(output);
  const name = loss.name || 'the loss';
  if (end && loss.predictions && loss.predictions !== end.predictions) {
    const remedy =
      loss.predictions === 'logits'
        ? `remove that activation, or pass \`withOptions(${name}, { fromLogits: false })\``
        : `add a \`sigmoid\` or a \`softmax\`, or let the loss take logits, as \`${name}\` does without \`fromLogits: false\``;
    throw new OptionError(
      `compile: \`loss\` takes ${loss.predictions}, but the model ends with ${end.with}; ${remedy}`,
    );
  }
  const isKnown = end?.predictions === 'probabilities';
  const predicted: Predictions | undefined = isKnown ? 'probabilities' : loss.predictions;
  for (const metric of metrics) {
    if (!predicted || !metric.predictions || metric.predictions === predicted) continue;
    const source = isKnown ? `the model ends with ${end.with}` : `\`${name}\` takes ${predicted}`;
    throw new OptionError(
      `compile: \`metrics\` disagree with the predictions: ${metric.name} takes ${metric.predictions}, but ${source}; pass \`${metric.name}({ fromLogits: ${predicted === 'logits'} })\``,
    );
  }
}

/** What the end of a model says about its predictions. */
interface End {
  readonly predictions: Predictions;
  /** What says so, for messages. */
  readonly with: string;
}

/** What an output is; undefined where its layer does not tell. */
function endOf(output: SymbolicTensor): End | undefined {
  const { layer, inputs } = output['~node'];
  if (!layer) return undefined;
  const inner = innerGraph(layer);
  if (inner) return endOf(inner.outputs[output['~index']]!);
  if (moving.test(layer.type)) return endOf(inputs[0]!);
  if (joining.includes(layer.type)) {
    const ends = inputs.map(endOf);
    return ends.find((end) => end?.predictions === 'logits') ?? (ends.includes(undefined) ? undefined : ends[0]);
  }
  return endOfLayer(layer);
}

function endOfLayer({ type, config }: Pick<Layer, 'type' | 'config'>): End | undefined {
  const given = config();
  // A wrapper, such as `timeDistributed`, holds the layer that it applies.
  const [wrapped] = given;
  if (type === 'timeDistributed') return endOfLayer(wrapped as Layer);
  const activations = given.flatMap((argument) => [
    argument,
    (argument as { readonly activation?: unknown } | null | undefined)?.activation,
  ]);
  const names = activations.map(opName);
  const probable = names.find((name) => toProbabilities.includes(name));
  if (probable) return { predictions: 'probabilities', with: `\`${probable}\`` };
  const unbounded = names.find((name) => toNumbers.includes(name));
  if (unbounded && (linear.test(type) || type === 'activation'))
    return { predictions: 'logits', with: `\`${unbounded}\`` };
  const plain = linear.test(type) && activations.every((value) => typeof value !== 'function');
  return plain ? { predictions: 'logits', with: `\`${type}\` without an activation` } : undefined;
}

/** The name of an operation such as `sigmoid`; nothing for other values. */
function opName(value: unknown): string | undefined {
  return typeof value === 'function' ? (value as { readonly op?: { readonly name: string } }).op?.name : undefined;
}
