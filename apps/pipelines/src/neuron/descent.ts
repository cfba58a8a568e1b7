import { type Report, resultLine } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { compareBatchSizes } from './batchSizes.ts';
import { compareMomenta } from './momentum.ts';
import { race } from './race.ts';
import { compareImplicit } from './stiff.ts';

/** Gradient descent on small problems: how many samples an update uses, momentum, and implicit steps. */
export const descent: Task = {
  pipeline: 'neuron',
  name: 'descent',
  main: true,
  about: 'gradient descent: batch, mini-batch and stochastic, momentum, a race of optimizers, implicit steps',
  dataSets: ['lines'],
  run,
};

async function run(run: TaskRun): Promise<Report> {
  const start = performance.now();
  const { metrics, epochs } = await compareBatchSizes(run);
  const momentum = await compareMomenta(run);
  const raced = race(run);
  const implicit = await compareImplicit(run);
  const report: Report = {
    task: 'neuron descent',
    dataset: run.dataset,
    metrics: { ...metrics, ...momentum, ...raced, ...implicit },
    epochs,
    seconds: (performance.now() - start) / 1000,
    parameters: 3,
    seed: run.options.seed,
  };
  console.log(resultLine(report));
  return report;
}
