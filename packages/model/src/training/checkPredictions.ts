import { OptionError } from '@chainrule/errors';
import type { TrainingLoss, Predictions } from '@chainrule/losses';
import type { Metric } from '@chainrule/metrics';
import { innerGraph } from '../graph/graph.ts';
import type { SymbolicTensor } from '../graph/symbolicTensor.ts';

/** Activations whose values are probabilities. */
const toProbabilities: readonly unknown[] = ['sigmoid', 'softmax', 'hardSigmoid'];

/** Layers that only move values. */
const moving: readonly string[] = ['flatten', 'reshape', 'permute', 'repeatVector'];

/**
 * Compares what the model predicts with what the loss and the metrics take. A sigmoid or softmax at the end of a model and a
 * loss of logits would train on the wrong numbers without a word; a metric of probabilities would misjudge logits.
 *
 * @throws OptionError for the first disagreement, with the remedies
 */
export function checkPredictions(output: SymbolicTensor, loss: TrainingLoss, metrics: readonly Metric[]): void {
  const activation = lastActivation(output);
  const name = loss.name || 'the loss';
  if (activation && loss.predictions === 'logits') {
    throw new OptionError(
      `compile: \`loss\` takes logits, but the model ends with \`${activation}\`; remove that activation, or pass \`withOptions(${name}, { fromLogits: false })\``,
    );
  }
  const predicted: Predictions | undefined = activation ? 'probabilities' : loss.predictions;
  for (const metric of metrics) {
    if (!predicted || !metric.predictions || metric.predictions === predicted) continue;
    const source = activation ? `the model ends with \`${activation}\`` : `\`${name}\` takes ${predicted}`;
    throw new OptionError(
      `compile: \`metrics\` disagree with the predictions: ${metric.name} takes ${metric.predictions}, but ${source}; pass \`${metric.name}({ fromLogits: ${predicted === 'logits'} })\``,
    );
  }
}

/** The name of the activation that makes an output probabilities, if there is one. */
function lastActivation(output: SymbolicTensor): string | undefined {
  const { layer, inputs } = output['~node'];
  if (!layer) return undefined;
  const inner = innerGraph(layer);
  if (inner) return lastActivation(inner.outputs[output['~index']]!);
  if (moving.includes(layer.type)) return lastActivation(inputs[0]!);
  const names = layer
    .config()
    .flatMap((argument) => [
      opName(argument),
      opName((argument as { readonly activation?: unknown } | null | undefined)?.activation),
    ]);
  return names.find((name) => toProbabilities.includes(name));
}

/** The name of an operation such as `sigmoid`; nothing for other values. */
function opName(value: unknown): string | undefined {
  return typeof value === 'function' ? (value as { readonly op?: { readonly name: string } }).op?.name : undefined;
}
