import { Dataset } from '@chainrule/data-loaders';
import { dense } from '@chainrule/layers-dense';
import { meanSquaredError } from '@chainrule/losses';
import { input, sequential, type Trainer } from '@chainrule/model';
import type { Optimizer } from '@chainrule/optim';
import { add, Generator, matmul, mul, randomNormal, tensor } from '@chainrule/tensor';
import type { TaskRun } from '../task.ts';
import type { Samples } from '../trainModel.ts';

/** The noise in the targets of {@link linearSamples}: the mean squared error that no weights remove. */
export const noiseVariance = 0.25;

/**
 * Samples of y = x · w + 1 + noise, where all of w are 1. Feature i has the deviation `scales[i]`, so the second derivatives of
 * the mean squared error along the weights are about 2 `scales[i]`².
 */
export function linearSamples(count: number, scales: readonly number[], seed: number): Samples {
  const rng = new Generator(seed).stream('linear');
  const x = mul(randomNormal(rng, [count, scales.length]), tensor([...scales]));
  const weights = tensor(
    scales.map(() => 1),
    [scales.length, 1],
  );
  const noise = randomNormal(rng, [count, 1], { std: Math.sqrt(noiseVariance) });
  return { x, y: add(add(matmul(x, weights), 1), noise) };
}

/** A linear neuron with the squared error. */
export function linearNeuron(
  { backend, options: { seed } }: TaskRun,
  { x }: Samples,
  optimizer: Optimizer,
): Trainer<readonly number[], readonly number[]> {
  const model = sequential(input([x.shape[1]]), dense(1)).build({ seed });
  return model.compile({ seed, optimizer, loss: meanSquaredError, backend });
}

/** The costs of a descent. */
export interface Descent {
  /** That of all samples, before and after each epoch. */
  readonly costs: readonly number[];
  /** That of the samples of each update, before it. */
  readonly updates: readonly number[];
}

/** Trains a linear neuron, and measures the cost of all samples after each epoch. */
export async function descend(
  run: TaskRun,
  samples: Samples,
  {
    optimizer,
    epochs,
    batchSize,
  }: { readonly optimizer: Optimizer; readonly epochs: number; readonly batchSize: number },
): Promise<Descent> {
  const trainer = linearNeuron(run, samples, optimizer);
  const batches = Dataset.fromTensors(samples).shuffle(run.options.seed).batch(batchSize);
  const cost = async (): Promise<number> => (await trainer.evaluate(samples)).loss!;
  const costs = [await cost()];
  const updates: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const batch of batches) updates.push((await trainer.trainStep(batch)).loss!);
    costs.push(await cost());
  }
  return { costs, updates };
}
