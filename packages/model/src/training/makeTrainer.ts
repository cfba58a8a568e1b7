import { StateError, TrainingError } from '@chainrule/errors';
import { checkOptions } from '@chainrule/errors/check';
import type { Optimizer, OptimizerState } from '@chainrule/optim';
import { isBranch, treeMap } from '@chainrule/tensor/graph';
import { CallbackMemory } from '../callbacks/callbackMemory.ts';
import type { Model } from '../graph/model.ts';
import {
  checkBatch,
  checkEnd,
  checkWeights,
  type FlatBatch,
  inOrder,
  isBatches,
  paddedSize,
  type SamplesTree,
  type TrainingData,
} from './batches.ts';
import { problemOf } from './badStep.ts';
import { breathe } from './breathe.ts';
import { checkPredictions } from './checkPredictions.ts';
import { type CompiledSteps, compileSteps } from './compileSteps.ts';
import { evaluateBatches, readScored } from './evaluate.ts';
import { fitEpochs, type StepResult, type Training } from './fit.ts';
import { conversionFor, isSamples } from './given.ts';
import { LossSums } from './lossSums.ts';
import { joinMetrics, type OutputMetrics } from './metricSet.ts';
import { compileChecks, evaluateChecks, fitChecks, predictChecks } from './optionChecks.ts';
import { predictRows } from './predict.ts';
import type { AnyTrainer, FitOptions } from './trainer.ts';
import { trainedOutputs } from './trainedOutputs.ts';
import type { EvaluateOptions } from './trainerBase.ts';
import type { Logs } from './trainingMetric.ts';
import type { TrainingOptions } from './trainingOptions.ts';
import { warnOfReference } from './warnOfReference.ts';

/** A model with an optimizer and a loss; see `compile` of a model. */
export function trainerOf(model: Model, options: TrainingOptions): AnyTrainer {
  checkOptions('compile', options, compileChecks, 'optimizer', 'loss');
  const { optimizer, loss: _, lossWeights: __, metrics: ___, backend, ...building } = options;
  const outputs = trainedOutputs(model, options);
  const metrics = joinMetrics(outputs);
  outputs.forEach(({ symbol, loss }, i) => checkPredictions(symbol, loss, metrics.sets[i]!.metrics));
  model.build(building);
  const conversion = conversionFor(model, outputs);
  const state = optimizer.init(model.trainableVariables());
  const compiled = compileSteps({ model, optimizer, state, outputs, metrics }, backend);
  const { score, replay, forward, dispose } = compiled;
  const stepper = stepperOf(model, optimizer, state, compiled.train);
  const { step } = stepper;
  const { alone, measure, during } = measuring(metrics);
  const training: Training = { metrics, outputs, step, replay, alone, memory: new CallbackMemory(), conversion };
  const trainer: AnyTrainer = {
    model,
    optimizerState: state,
    '~memory': training.memory,
    get steps() {
      return stepper.taken;
    },
    continueAt(taken) {
      stepper.taken = taken;
    },
    trainStep: (batch) =>
      measure(async () => {
        await breathe();
        const result = await step(conversion.batch('trainStep', batch));
        const sums = new LossSums(outputs);
        sums.add(result);
        return { ...sums.logs(), loss: lossOf(result) };
      }),
    fit: async (first: unknown, second?: unknown, third?: FitOptions) => {
      const [data, fitOptions = {}] = dataAndOptions<FitOptions>(model, first, second, third);
      const all = conversion.data('fit', data);
      checkOptions('fit', fitOptions, fitChecks);
      if (!isBatches(all)) await checkWeights('fit', all);
      if (!backend) warnOfReference();
      return during(() => fitEpochs(trainer, training, all, fitOptions));
    },
    evaluate: async (first: unknown, second?: unknown, third?: EvaluateOptions) => {
      const [data, given = {}] = dataAndOptions<EvaluateOptions>(model, first, second, third);
      return measure(evaluation({ model, conversion, outputs, score }, data, given));
    },
    dispose,
    predict: async (x, given = {}) => {
      checkOptions('predict', given, predictChecks);
      const found = await predictRows(forward, model, conversion.samples('predict', x), given);
      let next = 0;
      return treeMap(model.outputs, () => found[next++]) as never;
    },
  };
  return trainer;
}

/** Checks the arguments of `evaluate`, and returns a function that evaluates. */
function evaluation(
  { model, conversion, outputs, score }: Evaluated,
  data: TrainingData,
  given: EvaluateOptions,
): () => ReturnType<typeof evaluateBatches> {
  checkOptions('evaluate', given, evaluateChecks);
  const { batchSize = 32, steps } = given;
  const all = conversion.data('evaluate', data);
  const batches = inOrder(all, model, batchSize);
  checkEnd('evaluate', 'steps', batches, steps);
  return () =>
    evaluateBatches(
      { score, model, sums: new LossSums(outputs), convert: (batch) => conversion.batch('evaluate', batch) },
      batches,
      given,
      isBatches(all) ? undefined : paddedSize(all.rows, batchSize),
    );
}

/** The parts of a trainer that `evaluate` uses. */
type Evaluated = Pick<Training, 'conversion' | 'outputs'> & Pick<CompiledSteps, 'score'> & { readonly model: Model };

/** Takes training steps, and counts those that changed the weights. */
interface Stepper {
  taken: number;
  readonly step: Training['step'];
}

function stepperOf(model: Model, optimizer: Optimizer, state: OptimizerState, train: CompiledSteps['train']): Stepper {
  const checkTrainable = trainableCheck(model);
  const stepper: Stepper = {
    taken: 0,
    async step(batch: FlatBatch): Promise<StepResult> {
      checkTrainable();
      checkBatch('fit', model, batch);
      await checkWeights('fit', batch);
      optimizer.tick(state, stepper.taken);
      const { x, y, sampleWeight } = batch;
      const found = await (sampleWeight ? train(x, y, sampleWeight) : train(x, y));
      const [total, check, ...parts] = await Promise.all([
        readScored(found),
        found.check.read(),
        ...found.outputs.map(readScored),
      ]);
      if (total.weight !== 0 && !problemOf(total.loss, check[0]!)) stepper.taken++;
      return { ...total, check: check[0]!, outputs: parts };
    },
  };
  return stepper;
}

/** The data and options of `(data, options)`, or of `(x, y, options)` as in Keras. */
function dataAndOptions<O>(
  model: Model,
  first: unknown,
  second: unknown,
  third: O | undefined,
): readonly [TrainingData, O | undefined] {
  const isPair = isSamples(second) || (isBranch(second) && isBranch(model.outputs) && !isData(first));
  return isPair
    ? [{ x: first as SamplesTree, y: second as SamplesTree }, third]
    : [first as TrainingData, second as O | undefined];
}

/** Whether a value is `{ x, y }` or batches of that form, rather than samples. */
function isData(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || isSamples(value)) return Array.isArray(value) && isData(value[0]);
  return ('x' in value && 'y' in value) || isBatches(value);
}

/** The loss of a step; NaN if its weight is 0. */
function lossOf({ loss, weight, check }: StepResult): number {
  const problem = weight === 0 ? undefined : problemOf(loss, check);
  if (problem) throw new TrainingError(`trainStep: ${problem}`, { history: [] });
  return weight === 0 ? NaN : loss;
}

/** Returns a check that throws if layers were frozen or thawed since the steps were compiled, or if all are frozen. */
function trainableCheck(model: Model): () => void {
  const variables = model.variables().map(({ name, value }) => ({ name, of: value, trainable: value.trainable }));
  const layers = model['~graph']
    .leaves()
    .map(({ path, layer }) => ({ name: path, of: layer, trainable: layer.trainable }));
  const compiled = [...variables, ...layers];
  const isFrozen = layers.some(({ trainable }) => !trainable) && !variables.some(({ trainable }) => trainable);
  return () => {
    if (isFrozen)
      throw new StateError('fit: a model must have weights to train, got one whose layers are all frozen; thaw some');
    const changed = compiled.find(({ of, trainable }) => of.trainable !== trainable);
    if (!changed) return;
    const { name, trainable } = changed;
    throw new StateError(
      `fit: layers must be frozen and thawed before \`compile\`, got ${name} ${trainable ? 'frozen' : 'thawed'} after it; call \`compile\` again`,
    );
  };
}

interface Measuring {
  /** Runs a function that uses the metrics. Calls wait for each other. */
  readonly alone: <T>(run: () => Promise<T>) => Promise<T>;
  /** Runs a function that returns losses. The metrics measure that run only. */
  readonly measure: (run: () => Promise<Logs & { readonly loss: number }>) => Promise<Logs>;
  /** Runs `fit`. Evaluations during it, by callbacks or validation, restore the metrics afterwards. */
  readonly during: <T>(fit: () => Promise<T>) => Promise<T>;
}

function measuring(metrics: OutputMetrics): Measuring {
  let fitting = false;
  let last: Promise<unknown> = Promise.resolve();
  const alone = <T>(run: () => Promise<T>): Promise<T> => {
    const done = last.then(run, run);
    last = done;
    return done;
  };
  return {
    alone,
    measure: (run) =>
      alone(async () => {
        const putBack = fitting ? await metrics.keep() : undefined;
        metrics.reset();
        try {
          return { ...(await run()), ...(await metrics.results()) };
        } finally {
          putBack?.();
        }
      }),
    async during(fit) {
      if (fitting)
        throw new StateError(
          'fit: this trainer is training already; wait for that `fit`, or stop it, before the next one',
        );
      fitting = true;
      try {
        return await fit();
      } finally {
        fitting = false;
      }
    },
  };
}
