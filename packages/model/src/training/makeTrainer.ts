import { StateError, TrainingError } from '@chainrule/errors';
import { checkOptions } from '@chainrule/errors/check';
import {
  checkBatch,
  checkEnd,
  checkWeights,
  inOrder,
  isBatches,
  paddedSize,
  type Samples,
  type TrainingBatch,
  type TrainingData,
} from './batches.ts';
import { breathe } from './breathe.ts';
import { CallbackMemory } from '../callbacks/callbackMemory.ts';
import { checkPredictions } from './checkPredictions.ts';
import { compileSteps } from './compileSteps.ts';
import { evaluateBatches } from './evaluate.ts';
import { fitEpochs, problemOf, type StepResult, type Training } from './fit.ts';
import { conversionFor, isSamples } from './given.ts';
import { type MetricSet, metricSet } from './metricSet.ts';
import type { Model } from '../graph/model.ts';
import { compileChecks, evaluateChecks, fitChecks, predictChecks } from './optionChecks.ts';
import { predictRows } from './predict.ts';
import type { FitOptions, Trainer } from './trainer.ts';
import type { EvaluateOptions } from './trainerBase.ts';
import type { Logs } from './trainingMetric.ts';
import type { TrainingOptions } from './trainingOptions.ts';
import { warnOfReference } from './warnOfReference.ts';

/** A model with an optimizer and a loss; see `compile` of `Sequential`. */
export function trainerOf(model: Model, options: TrainingOptions): Trainer {
  checkOptions('compile', options, compileChecks, 'optimizer', 'loss');
  const { optimizer, loss, backend, metrics: given = [], ...building } = options;
  const metrics = metricSet(given);
  checkPredictions(model.layers, loss, metrics.metrics);
  model.build(building);
  const conversion = conversionFor(model, loss);
  const state = optimizer.init(model.trainableVariables());
  const { train, score, forward, dispose } = compileSteps({ model, optimizer, state, loss, metrics, backend });
  const checkTrainable = trainableCheck(model);
  const sample = model.input.shape;
  let steps = 0;
  const step = async (batch: TrainingBatch): Promise<StepResult> => {
    checkTrainable();
    checkBatch('fit', sample, batch);
    await checkWeights('fit', batch.sampleWeight);
    optimizer.tick(state, steps);
    const found = await (batch.sampleWeight ? train(batch.x, batch.y, batch.sampleWeight) : train(batch.x, batch.y));
    const [value, weight, check] = await Promise.all(
      [found.loss, found.weight, found.check].map(async (t) => (await t.read())[0]!),
    );
    if (weight !== 0 && !problemOf(value!, check!)) steps++;
    return { loss: value!, weight: weight!, check: check! };
  };
  const { alone, measure, during } = measuring(metrics);
  const training: Training = { metrics, step, alone, memory: new CallbackMemory(), conversion };
  const trainer: Trainer = {
    model,
    optimizerState: state,
    '~memory': training.memory,
    get steps() {
      return steps;
    },
    continueAt(taken) {
      steps = taken;
    },
    trainStep: (batch) =>
      measure(async () => {
        await breathe();
        return lossOf(await step(conversion.batch('trainStep', batch)));
      }),
    fit: async (first: TrainingData | Samples, second?: Samples | FitOptions, third?: FitOptions) => {
      const [data, fitOptions = {}] = dataAndOptions(first, second, third);
      const all = conversion.data('fit', data);
      checkOptions('fit', fitOptions, fitChecks);
      if (!isBatches(all)) await checkWeights('fit', all.sampleWeight);
      if (!backend) warnOfReference();
      return during(() => fitEpochs(trainer, training, all, fitOptions));
    },
    evaluate: async (first: TrainingData | Samples, second?: Samples | EvaluateOptions, third?: EvaluateOptions) => {
      const [data, given = {}] = dataAndOptions(first, second, third);
      checkOptions('evaluate', given, evaluateChecks);
      const { batchSize = 32, steps: taken } = given;
      const all = conversion.data('evaluate', data);
      const batches = inOrder(all, sample, batchSize);
      checkEnd('evaluate', 'steps', batches, taken);
      return measure(() =>
        evaluateBatches(
          score,
          sample,
          batches,
          { ...given, convert: (batch) => conversion.batch('evaluate', batch) },
          isBatches(all) ? undefined : paddedSize(all.x.shape[0]!, batchSize),
        ),
      );
    },
    dispose,
    predict: async (x, given = {}) => {
      checkOptions('predict', given, predictChecks);
      return predictRows(forward, sample, conversion.samples('predict', x), given);
    },
  };
  return trainer;
}

/** The data and options of `(data, options)`, or of `(x, y, options)` as in Keras. */
function dataAndOptions<O>(
  first: TrainingData | Samples,
  second: Samples | O | undefined,
  third: O | undefined,
): readonly [TrainingData, O | undefined] {
  return isSamples(second) ? [{ x: first as Samples, y: second }, third] : [first as TrainingData, second];
}

/** The loss of a step; NaN if its weight is 0. */
function lossOf({ loss, weight, check }: StepResult): number {
  const problem = weight === 0 ? undefined : problemOf(loss, check);
  if (problem) throw new TrainingError(`trainStep: ${problem}`, { history: [] });
  return weight === 0 ? NaN : loss;
}

/** Returns a check that throws if variables were frozen or thawed since the steps were compiled. */
function trainableCheck(model: Model): () => void {
  const compiled = model.variables().map(({ name, value }) => ({ name, value, trainable: value.trainable }));
  return () => {
    const changed = compiled.find(({ value, trainable }) => value.trainable !== trainable);
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
  /** Runs a function that returns a loss. The metrics measure that run only. */
  readonly measure: (run: () => Promise<number>) => Promise<Logs>;
  /** Runs `fit`. Evaluations during it, by callbacks or validation, restore the metrics afterwards. */
  readonly during: <T>(fit: () => Promise<T>) => Promise<T>;
}

function measuring(metrics: MetricSet): Measuring {
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
          return { loss: await run(), ...(await metrics.results()) };
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
