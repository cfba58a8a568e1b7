import { OptionError } from '@chainrule/errors';
import type { Shape } from '@chainrule/tensor';
import { type Batches, checkBatch, padRows, padWeights } from './batches.ts';
import type { Steps } from './steps.ts';

/**
 * The average of the loss over all samples, by their weights; the metrics take note. Smaller batches are padded to the
 * size of the first.
 */
export async function evaluateBatches(score: Steps['score'], sample: Shape, batches: Batches): Promise<number> {
  let [sum, weight, samples, size] = [0, 0, 0, 0];
  for await (const batch of batches) {
    checkBatch('evaluate', sample, batch);
    const rows = batch.x.shape[0]!;
    size ||= rows;
    const weights = batch.sampleWeight ? Float64Array.from(await batch.sampleWeight.read()) : new Float64Array(rows).fill(1);
    const [x, y] = [padRows(batch.x, size), padRows(batch.y, size)];
    const [value, counted] = score(x, y, padWeights(weights, batch.sampleWeight?.shape ?? [rows], x.shape[0]!));
    const share = (await counted.read())[0]!;
    if (share > 0) sum += (await value.read())[0]! * share;
    samples += rows;
    weight += share;
  }
  if (samples === 0) throw new OptionError('evaluate: expects at least one sample, got none');
  return sum / weight;
}
