import { OptionError } from '@chainrule/errors';
import type { Shape } from '@chainrule/tensor';
import { type Batches, checkBatch, padRows, padWeights } from './batches.ts';
import type { Logs } from './callbacks.ts';
import type { Steps } from './steps.ts';

/**
 * The averages over all samples of the loss, by their weights, and of the metrics. Smaller batches are padded to the size
 * of the first.
 */
export async function evaluateBatches(score: Steps['score'], sample: Shape, names: readonly string[], batches: Batches): Promise<Logs> {
  const sums = names.map(() => 0);
  let [samples, weight, size] = [0, 0, 0];
  for await (const batch of batches) {
    checkBatch('evaluate', sample, batch);
    const rows = batch.x.shape[0]!;
    size ||= rows;
    const ones = new Float64Array(rows).fill(1);
    const weights = batch.sampleWeight ? Float64Array.from(await batch.sampleWeight.read()) : ones;
    const share = weights.reduce((total, w) => total + w, 0);
    const [x, y] = [padRows(batch.x, size), padRows(batch.y, size)];
    const [value, ...totals] = score(x, y, padWeights(weights, x.shape[0]!), padWeights(ones, x.shape[0]!));
    if (share > 0) sums[0]! += (await value!.read())[0]! * share;
    for (const [i, total] of totals.entries()) sums[i + 1]! += (await total.read())[0]!;
    samples += rows;
    weight += share;
  }
  if (samples === 0) throw new OptionError('evaluate: expects at least one sample, got none');
  return Object.fromEntries(names.map((name, i) => [name, sums[i]! / (i === 0 ? weight : samples)]));
}
