import { OptionError } from '@chainrule/errors';
import { aFiniteNumber, refuse } from '@chainrule/errors/check';
import type { TrainingLoss } from '@chainrule/losses';
import { isBranch, treeLeaves } from '@chainrule/tensor/graph';
import type { Model } from '../graph/model.ts';
import type { SymbolicTensor } from '../graph/symbolicTensor.ts';
import { aLoss, metricsCheck } from './optionChecks.ts';
import type { TrainingMetric, TrainingMetrics } from './trainingMetric.ts';
import type { TrainingOptions } from './trainingOptions.ts';

/** An output with a loss. */
export interface TrainedOutput {
  /** The name of the output: its key, or the name of its layer. */
  readonly name: string;
  /** The place among all outputs. */
  readonly index: number;
  readonly symbol: SymbolicTensor;
  readonly loss: TrainingLoss;
  /** The factor of the loss in the total. */
  readonly lossWeight: number;
  readonly metrics: TrainingMetrics;
}

/** The names of a model's outputs: keys of objects; in lists, the names of the layers. */
export function outputNames(model: Model): string[] {
  const { outputs, '~graph': graph } = model;
  const named = (value: SymbolicTensor): string => {
    const { layer } = value['~node'];
    return layer ? graph.pathOf(layer) : value.name;
  };
  const names = treeLeaves(outputs).map(({ path, leaf }) =>
    path === '' || path.includes('[') ? named(leaf as SymbolicTensor) : path,
  );
  return names.map((name, i) => (names.indexOf(name) === i ? name : `${name}_${i}`));
}

/**
 * The outputs that are trained. A model with one output takes a loss, a weight and metrics as they are; others take an object
 * of each by the output's name, or a list of losses and weights. An output without a loss is not trained.
 *
 * @throws OptionError for names that are not outputs
 */
export function trainedOutputs(model: Model, options: TrainingOptions): TrainedOutput[] {
  const { loss, lossWeights, metrics } = options;
  const symbols = treeLeaves(model.outputs).map(({ leaf }) => leaf as SymbolicTensor);
  const names = outputNames(model);
  const losses = perOutput('loss', names, loss, (value) => typeof value === 'function');
  const weights = perOutput('lossWeights', names, lossWeights, (value) => typeof value === 'number');
  const measured =
    names.length === 1 && !isNamed(names, metrics)
      ? [metrics]
      : perOutput<TrainingMetrics | TrainingMetric>('metrics', names, metrics, () => false);
  const found = names.flatMap((name, index) => {
    const given = losses[index];
    if (given === undefined) return [];
    const at = names.length === 1 ? '' : `.${name}`;
    aLoss('compile', `loss${at}`, given);
    const lossWeight = weights[index] ?? 1;
    aFiniteNumber('compile', `lossWeights${at}`, lossWeight);
    const each = measured[index] ?? [];
    const list = typeof each === 'function' || isMetric(each) ? [each] : (each as TrainingMetrics);
    metricsCheck('compile', `metrics${at}`, list);
    return [{ name, index, symbol: symbols[index]!, loss: given, lossWeight, metrics: list }];
  });
  if (found.length === 0) refuse('compile', 'loss', 'a loss for at least one output', loss);
  return found;
}

const isMetric = (value: object): value is TrainingMetric =>
  typeof (value as { readonly update?: unknown }).update === 'function';

/** Whether the keys are names of outputs, and the values collections: metrics of one output may be given by its name, too. */
function isNamed(names: readonly string[], given: unknown): boolean {
  return (
    isBranch(given) &&
    !Array.isArray(given) &&
    Object.entries(given).length > 0 &&
    Object.entries(given).every(([key, value]) => names.includes(key) && isBranch(value))
  );
}

/** The value of each output, from an object by name, a list, or one value for the only output. */
function perOutput<T>(
  option: string,
  names: readonly string[],
  given: T | readonly T[] | Readonly<Record<string, T>> | undefined,
  isOne: (value: unknown) => boolean,
): (T | undefined)[] {
  if (given === undefined) return [];
  if (isOne(given) || !isBranch(given)) {
    if (names.length === 1) return [given as T];
    throw new OptionError(
      `compile: \`${option}\` must be an object by output, because the model has several: ${names.join(', ')}`,
    );
  }
  if (Array.isArray(given)) {
    if (given.length === names.length) return given as T[];
    throw new OptionError(
      `compile: \`${option}\` must be one for each output, ${names.join(', ')}, got a list of ${given.length}`,
    );
  }
  const wrong = Object.keys(given).find((key) => !names.includes(key));
  if (wrong !== undefined)
    throw new OptionError(`compile: \`${option}\` must be by output, ${names.join(', ')}, got ${wrong}`);
  return names.map((name) => (Object.hasOwn(given, name) ? (given as Readonly<Record<string, T>>)[name] : undefined));
}
