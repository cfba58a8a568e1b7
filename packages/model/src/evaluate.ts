import { OptionError } from '@chainrule/errors';
import type { Shape } from '@chainrule/tensor';
import { type Batches, checkBatch, padRows, rowWeights } from './batches.ts';
import type { Logs } from './callbacks.ts';
import type { Steps } from './steps.ts';

/** The averages over all samples of the loss and the metrics. Smaller batches are padded to the size of the first. */
export async function evaluateBatches(score: Steps['score'], sample: Shape, names: readonly string[], batches: Batches): Promise<Logs> {
  const sums = names.map(() => 0);
  let samples = 0;
  let size = 0;
  for (const batch of batches) {
    checkBatch('evaluate', sample, batch);
    const rows = batch.x.shape[0]!;
    size ||= rows;
    const [value, ...totals] = score(padRows(batch.x, size), padRows(batch.y, size), rowWeights(rows, Math.max(rows, size)));
    sums[0]! += (await value!.read())[0]! * rows;
    for (const [i, total] of totals.entries()) sums[i + 1]! += (await total.read())[0]!;
    samples += rows;
  }
  if (samples === 0) throw new OptionError('evaluate: expects at least one sample, got none');
  return Object.fromEntries(names.map((name, i) => [name, sums[i]! / samples]));
}
