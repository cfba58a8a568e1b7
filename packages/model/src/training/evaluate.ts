import { OptionError } from '@chainrule/errors';
import type { Tensor } from '@chainrule/tensor';
import type { Model } from '../graph/model.ts';
import {
  checkBatch,
  checkWeights,
  type FlatBatch,
  type FlatBatches,
  type GivenBatch,
  padRows,
  padWeights,
} from './batches.ts';
import { breathe } from './breathe.ts';
import type { CompiledSteps } from './compileSteps.ts';
import { Feed } from './feed.ts';
import type { BatchLoss, LossSums } from './lossSums.ts';
import type { EvaluateOptions } from './trainerBase.ts';
import type { Logs } from './trainingMetric.ts';

const never = new AbortController().signal;

/** What an evaluation needs of a trainer. */
export interface Evaluation {
  readonly score: CompiledSteps['score'];
  readonly model: Model;
  readonly sums: LossSums;
  readonly convert: (batch: GivenBatch) => FlatBatch;
}

/**
 * Returns the mean losses over all batches, or the first `steps`, and updates the metrics. Smaller batches are padded to
 * `size`, by default the size of the first.
 */
export async function evaluateBatches(
  { score, model, sums, convert }: Evaluation,
  batches: FlatBatches,
  options: EvaluateOptions,
  size = 0,
): Promise<Logs & { readonly loss: number }> {
  const { steps = Infinity, signal = never } = options;
  const feed = new Feed(batches, convert, undefined, signal);
  let [samples, taken] = [0, 0];
  try {
    for await (const batch of feed.epoch()) {
      checkBatch('evaluate', model, batch);
      await checkWeights('evaluate', batch);
      samples += batch.rows;
      size ||= samples;
      sums.add(await scoreBatch(score, batch, size));
      await breathe();
      if (++taken === steps) break;
    }
  } finally {
    feed.close();
  }
  signal.throwIfAborted();
  if (samples === 0) throw new OptionError('evaluate: `data` must hold at least one sample, got none');
  return sums.logs();
}

async function scoreBatch(score: CompiledSteps['score'], batch: FlatBatch, size: number): Promise<BatchLoss> {
  const { x, y, sampleWeight, rows } = batch;
  const weights = await Promise.all(y.map((_, i) => paddedWeights(sampleWeight?.[i], rows, Math.max(size, rows))));
  const pad = (t: Tensor): Tensor => padRows(t, size);
  const { loss, weight, outputs } = await score(x.map(pad), y.map(pad), weights);
  return {
    ...(await readScored({ loss, weight })),
    outputs: await Promise.all(outputs.map(readScored)),
  };
}

async function paddedWeights(weights: Tensor | undefined, rows: number, size: number): Promise<Tensor> {
  const values = weights ? Float64Array.from(await weights.read()) : new Float64Array(rows).fill(1);
  return padWeights(values, weights?.shape ?? [rows], size);
}

/** A loss and its weight, from the device. */
export async function readScored(one: {
  readonly loss: Tensor;
  readonly weight: Tensor;
}): Promise<{ readonly loss: number; readonly weight: number }> {
  const [loss, weight] = await Promise.all([one.loss.read(), one.weight.read()]);
  return { loss: loss[0]!, weight: weight[0]! };
}
