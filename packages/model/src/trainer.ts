import type { Backend } from '@chainrule/compiler';
import { checkBatch, inOrder } from './batches.ts';
import type { Trainer } from './callbacks.ts';
import { checkPredictions } from './checkPredictions.ts';
import { evaluateBatches } from './evaluate.ts';
import { fitEpochs, type Training } from './fit.ts';
import { type MetricSet, metricSet } from './metricSet.ts';
import type { BuildOptions, Model } from './model.ts';
import { predictRows } from './predict.ts';
import { compileSteps, type TrainingLoss, type TrainingOptimizer } from './steps.ts';
import type { Logs, TrainingMetrics } from './trainingMetric.ts';
import { warnOfReference } from './warnOfReference.ts';

/** Options of a model's `compile`. */
export interface TrainingOptions extends BuildOptions {
  readonly optimizer: TrainingOptimizer;
  readonly loss: TrainingLoss;
  /**
   * In a list, reported under their own names; in an object, under its keys. Streaming ones are those of
   * `@chainrule/metrics`; functions give one number a sample.
   */
  readonly metrics?: TrainingMetrics;
  /** Where the steps run; by default what `setDefaultBackend` set, else the reference, of which `fit` warns. */
  readonly backend?: Backend;
}

/** A model with an optimizer and a loss; see `compile` of `Sequential`. */
export function trainerOf(model: Model, options: TrainingOptions): Trainer {
  const { optimizer, loss, backend } = options;
  const metrics = metricSet(options.metrics ?? []);
  checkPredictions(model.layers, loss, metrics.metrics);
  model.build(options);
  const state = optimizer.init(model.trainableVariables());
  const { train, score, forward } = compileSteps({ model, optimizer, state, loss, metrics, backend });
  const sample = model.input.shape;
  let steps = 0;
  const training: Training = {
    metrics,
    async step(batch) {
      checkBatch('fit', sample, batch);
      optimizer.tick(state as never, steps);
      const value = batch.sampleWeight ? train(batch.x, batch.y, batch.sampleWeight) : train(batch.x, batch.y);
      steps++;
      return (await value.read())[0]!;
    },
  };
  const { measure, during } = measuring(metrics);
  const trainer: Trainer = {
    model,
    optimizerState: state,
    get steps() {
      return steps;
    },
    continueAt(taken) {
      steps = taken;
    },
    trainStep: (batch) => measure(() => training.step(batch)),
    fit: (data, fitOptions = {}) => {
      if (!backend) warnOfReference();
      return during(() => fitEpochs(trainer, training, data, fitOptions));
    },
    evaluate: (data, { batchSize = 32 } = {}) => measure(async () => evaluateBatches(score, sample, inOrder(data, sample, batchSize))),
    predict: (x, { batchSize = 32 } = {}) => predictRows(forward, sample, x, batchSize),
  };
  return trainer;
}

interface Measuring {
  /** Runs what gives a loss, and measures that alone. Calls wait for one another, because they share the metrics. */
  readonly measure: (run: () => Promise<number>) => Promise<Logs>;
  /** Runs `fit`: what is measured meanwhile, by callbacks and validation, leaves the metrics as they were. */
  readonly during: <T>(fit: () => Promise<T>) => Promise<T>;
}

function measuring(metrics: MetricSet): Measuring {
  let fits = 0;
  let last: Promise<unknown> = Promise.resolve();
  return {
    measure(run) {
      const turn = async (): Promise<Logs> => {
        const putBack = fits > 0 ? await metrics.keep() : undefined;
        metrics.reset();
        try {
          return { loss: await run(), ...(await metrics.results()) };
        } finally {
          putBack?.();
        }
      };
      const logs = last.then(turn, turn);
      last = logs;
      return logs;
    },
    async during(fit) {
      fits++;
      try {
        return await fit();
      } finally {
        fits--;
      }
    },
  };
}
