import { valueAndGrad } from '@chainrule/autograd';
import { aCount, aFunction, checkOptions, optional, refuse } from '@chainrule/errors/check';
import { type Callbacks, functional, type Model, type TrainingControl } from '@chainrule/model';
import { isFloat, isTensor, type Tensor } from '@chainrule/tensor';
import { callOf } from '../figures/explain.ts';
import { aModel } from '../figures/plotActivations.ts';
import { type Distribution, distributionOf } from './distribution.ts';

/** Samples on which {@link recordTraining} computes gradients and activations. */
export interface Probe {
  readonly x: Tensor;
  readonly y: Tensor;
  /** The loss of predictions and targets, with a scalar result, such as `meanSquaredError`. */
  readonly loss: (predictions: Tensor, targets: Tensor) => Tensor;
}

/** Options of {@link recordTraining}. */
export interface RecordTrainingOptions {
  /** The number of steps between records. By default an epoch. */
  readonly every?: number;
}

/** Distributions at one moment of training, by the names of variables and of layers. */
export interface TrainingRecord {
  /** The number of steps taken. */
  readonly step: number;
  readonly weights: Readonly<Record<string, Distribution>>;
  readonly gradients: Readonly<Record<string, Distribution>>;
  /** The outputs of layers. */
  readonly activations: Readonly<Record<string, Distribution>>;
}

/** The callback of {@link recordTraining}. */
export interface TrainingRecorder extends Callbacks {
  /** What was recorded, from before the first step on. */
  readonly records: readonly TrainingRecord[];
}

/**
 * A callback of `fit` that records how weights, gradients and activations are distributed, for `plotHistogramsOverTime` and
 * `plotGradientSizes`. It computes gradients and activations on a batch of its own, without dropout, so that they do not
 * jump with the batches of training.
 *
 * @param probe - some samples `{ x, y, loss }` for a model with one input and one output
 * @throws OptionError for something else than samples
 * @example
 * const [x, y] = [tensor([[0], [1]]), tensor([[1], [3]])];
 * const recorder = recordTraining({ x, y, loss: meanSquaredError });
 * const trainer = sequential(input([1]), dense(1)).compile({ optimizer: sgd(), loss: meanSquaredError });
 * await trainer.fit({ x, y }, { epochs: 3, callbacks: [recorder] });
 * recorder.records.map(({ step }) => step); // => [0,1,2,3]
 */
export function recordTraining(probe: Probe, options: RecordTrainingOptions = {}): TrainingRecorder {
  const op = 'recordTraining';
  const { x, y, loss } = (probe ?? {}) as Partial<Probe>;
  if (!isTensor(x) || !isTensor(y)) refuse(op, 'probe', 'samples { x, y, loss }', probe);
  aFunction(op, 'probe.loss', loss);
  checkOptions(op, options, { every: optional(aCount) });
  const { every } = options;
  const records: TrainingRecord[] = [];
  const record = ({ trainer }: TrainingControl): void => {
    records.push({ step: trainer.steps, ...snapshot(op, trainer.model, { x, y, loss: loss! }) });
  };
  return {
    name: op,
    records,
    onTrainBegin: (control) => {
      if (records.length === 0) record(control);
    },
    ...(every === undefined
      ? { onEpochEnd: (_: unknown, control: TrainingControl) => record(control) }
      : {
          onBatchEnd: (_: unknown, control: TrainingControl) => {
            if (control.trainer.steps % every === 0) record(control);
          },
        }),
  };
}

function snapshot(op: string, model: Model, { x, y, loss }: Probe): Omit<TrainingRecord, 'step'> {
  const call = callOf(aModel(op, model));
  const variables = model.variables().filter(({ value }) => value.trainable);
  const [, gradients] = valueAndGrad(() => loss(call(x), y))(variables.map(({ value }) => value));
  const paths = model['~graph'].layers.map(({ path }) => path);
  const outputs = functional(model.inputs as never, paths.map((path) => model.output(path)) as never);
  const made = outputs.call(x as never) as unknown as readonly Tensor[];
  const named = (names: readonly string[], tensors: readonly Tensor[]): Record<string, Distribution> =>
    Object.fromEntries(names.flatMap((name, i) => (isFloat(tensors[i]!.dtype) ? [[name, distributionOf(tensors[i]!.data)]] : []))); // prettier-ignore
  const names = variables.map(({ name }) => name);
  return {
    weights: named(
      names,
      variables.map(({ value }) => value.value),
    ),
    gradients: named(names, gradients),
    activations: named(paths, made),
  };
}
