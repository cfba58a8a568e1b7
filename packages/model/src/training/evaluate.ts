import { OptionError } from '@chainrule/errors';
import type { Shape } from '@chainrule/tensor';
import {
  type Batches,
  checkBatch,
  checkWeights,
  type GivenBatch,
  padRows,
  padWeights,
  type TrainingBatch,
} from './batches.ts';
import { breathe } from './breathe.ts';
import type { EvaluateOptions } from './trainerBase.ts';
import { Feed } from './feed.ts';
import type { CompiledSteps } from './compileSteps.ts';

const never = new AbortController().signal;

/**
 * Returns Σ w·loss / Σ w over all batches, or the first `steps`, and updates the metrics. Smaller batches are padded to
 * `size`, by default the size of the first.
 */
export async function evaluateBatches(
  score: CompiledSteps['score'],
  sample: Shape,
  batches: Batches,
  { convert, ...options }: EvaluateOptions & { readonly convert: (batch: GivenBatch) => TrainingBatch },
  size = 0,
): Promise<number> {
  const { steps = Infinity, signal = never } = options;
  const feed = new Feed(batches, convert, undefined, signal);
  let [sum, weight, samples, taken] = [0, 0, 0, 0];
  try {
    for await (const batch of feed.epoch()) {
      checkBatch('evaluate', sample, batch);
      await checkWeights('evaluate', batch.sampleWeight);
      samples += batch.x.shape[0]!;
      size ||= samples;
      const found = await scoreBatch(score, batch, size);
      if (found.weight !== 0) sum += found.loss * found.weight;
      weight += found.weight;
      await breathe();
      if (++taken === steps) break;
    }
  } finally {
    feed.close();
  }
  signal.throwIfAborted();
  if (samples === 0) throw new OptionError('evaluate: `data` must hold at least one sample, got none');
  return sum / weight;
}

async function scoreBatch(
  score: CompiledSteps['score'],
  { x, y, sampleWeight }: TrainingBatch,
  size: number,
): Promise<{ loss: number; weight: number }> {
  const rows = x.shape[0]!;
  const weights = sampleWeight ? Float64Array.from(await sampleWeight.read()) : new Float64Array(rows).fill(1);
  const padded = padRows(x, size);
  const { loss, weight } = await score(
    padded,
    padRows(y, size),
    padWeights(weights, sampleWeight?.shape ?? [rows], padded.shape[0]!),
  );
  return { loss: (await loss.read())[0]!, weight: (await weight.read())[0]! };
}
