import type { Backend } from '@chainrule/compiler';
import { OptionError } from '@chainrule/errors';
import type { Tensor } from '@chainrule/tensor';
import { checkBatch, inOrder } from './batches.ts';
import type { Trainer } from './callbacks.ts';
import { evaluateBatches } from './evaluate.ts';
import { fitEpochs } from './fit.ts';
import { predictRows } from './predict.ts';
import type { BuildOptions, Sequential } from './sequential.ts';
import { compileSteps, type TrainingLoss, type TrainingMetric, type TrainingOptimizer } from './steps.ts';

/** Options of {@link trainable}. */
export interface TrainingOptions extends BuildOptions {
  readonly optimizer: TrainingOptimizer;
  readonly loss: TrainingLoss;
  /** By the name under which they are reported. */
  readonly metrics?: Readonly<Record<string, TrainingMetric>>;
  /** Where the steps run; by default what `setDefaultBackend` set, else the reference. */
  readonly backend?: Backend;
}

/**
 * Puts a model, an optimizer and a loss together. Training steps, evaluation and prediction are compiled by themselves.
 *
 * @param model - built with `options.seed` if it is not built yet
 * @throws OptionError for a metric called `loss` or `epoch`
 * @example
 * const trainer = trainable(sequential(input([2]), dense(2)), { optimizer: adam(), loss: sparseCategoricalCrossEntropy });
 * const { loss } = await trainer.trainStep({ x: zeros([4, 2]), y: zeros([4], 'int32') });
 * loss; // => 0.6931471824645996
 */
export function trainable(model: Sequential, options: TrainingOptions): Trainer {
  const { optimizer, loss, metrics = {}, backend } = options;
  const taken = Object.keys(metrics).find((name) => name === 'loss' || name === 'epoch');
  if (taken) throw new OptionError(`trainable: \`metrics\` must have names other than loss and epoch, got ${taken}`);
  model.build(options);
  const state = optimizer.init(model.trainableVariables());
  const names = ['loss', ...Object.keys(metrics)];
  const { train, score, forward } = compileSteps({ model, optimizer, state, loss, metrics: Object.values(metrics), backend });
  const sample = model.input.shape;
  let steps = 0;
  const trainer: Trainer = {
    model,
    optimizerState: state,
    get steps() {
      return steps;
    },
    continueAt(taken) {
      steps = taken;
    },
    async trainStep(batch) {
      checkBatch('fit', sample, batch);
      optimizer.tick(state as never, steps);
      const results = batch.sampleWeight ? train(batch.x, batch.y, batch.sampleWeight) : train(batch.x, batch.y);
      steps++;
      const values = await Promise.all(results.map(average));
      return Object.fromEntries(names.map((name, i) => [name, values[i]!]));
    },
    fit: (data, fitOptions = {}) => fitEpochs(trainer, data, fitOptions),
    evaluate: async (data, { batchSize = 32 } = {}) => evaluateBatches(score, sample, names, inOrder(data, sample, batchSize)),
    predict: (x, { batchSize = 32 } = {}) => predictRows(forward, sample, x, batchSize),
  };
  return trainer;
}

async function average(t: Tensor): Promise<number> {
  const values = await t.read();
  return (values as Float32Array).reduce((total, value) => total + value, 0) / values.length;
}
