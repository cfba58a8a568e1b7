import { sgd } from '@chainrule/optim';
import { counted } from '@chainrule/visualize';
import type { EpochLogs } from '@chainrule/model';
import type { Report } from '../report.ts';
import type { TaskRun } from '../task.ts';
import { textTable } from '../textTable.ts';
import { type Descent, descend, linearSamples, noiseVariance } from './linearProblem.ts';

/** The updates in the figure of single updates. */
const shown = 60;

/**
 * Gradient descent with the gradient of all samples, of 32, and of one, at the same learning rate.
 *
 * @returns the costs of all samples in the end, and those of mini-batches after each epoch
 */
export async function compareBatchSizes(run: TaskRun): Promise<Pick<Report, 'metrics' | 'epochs'>> {
  const {
    show,
    options: { seed, limit = 256, epochs = 20 },
  } = run;
  const samples = linearSamples(limit, [1, 0.5], seed);
  const sizes = { batch: limit, 'mini-batch': 32, stochastic: 1 };
  const descents: (Descent & { readonly name: string; readonly batchSize: number })[] = [];
  for (const [name, batchSize] of Object.entries(sizes)) {
    const optimizer = sgd({ learningRate: 0.02 });
    descents.push({ name, batchSize, ...(await descend(run, samples, { optimizer, epochs, batchSize })) });
  }
  const table = textTable([
    ['descent', 'samples per update', 'updates per epoch', 'at the start', 'after 1 epoch', `after ${epochs}`],
    ...descents.map(({ name, batchSize, costs }) => [
      name,
      String(batchSize),
      String(Math.ceil(limit / batchSize)),
      ...[costs[0]!, costs[1] ?? NaN, costs.at(-1)!].map((cost) => cost.toFixed(4)),
    ]),
  ]);
  console.log(`mean squared error of all ${limit} samples; the noise costs ${noiseVariance}\n${table}\n`);
  if (epochs > 0) {
    const figure = { kind: 'lines', y: 'mean squared error', scale: 'log' } as const;
    show({
      ...figure,
      title: 'cost of all samples',
      x: 'epoch',
      series: descents.map(({ name, costs }) => ({ name, points: costs.map((cost, epoch) => [epoch, cost] as const) })),
    });
    show({
      ...figure,
      title: 'cost of the samples of each update',
      x: 'update',
      series: descents.map(({ name, updates }) => counted(name, updates.slice(0, shown))),
    });
  }
  const [batch, mini, stochastic] = descents.map(({ costs }) => costs);
  return {
    metrics: {
      miniBatchCost: mini!.at(-1)!,
      batchCost: batch!.at(-1)!,
      stochasticCost: stochastic!.at(-1)!,
    },
    epochs: mini!.slice(1).map((loss, epoch): EpochLogs => ({ epoch, loss })),
  };
}
