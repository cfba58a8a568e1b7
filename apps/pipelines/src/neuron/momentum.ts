import { sgd, type SgdOptions } from '@chainrule/optim';
import type { Report } from '../report.ts';
import type { TaskRun } from '../task.ts';
import { textTable } from '../textTable.ts';
import { descend, linearSamples } from './linearProblem.ts';

const momenta: Readonly<Record<string, SgdOptions>> = {
  none: {},
  '0.5': { momentum: 0.5 },
  '0.9': { momentum: 0.9 },
  '0.9, Nesterov': { momentum: 0.9, nesterov: true },
  '0.99': { momentum: 0.99 },
};

/** Batch gradient descent with several momenta, in a valley ten times as steep in one direction as in the other. */
export async function compareMomenta(run: TaskRun): Promise<Report['metrics']> {
  const {
    show,
    options: { seed, limit = 256, epochs = 20 },
  } = run;
  const steps = 5 * epochs;
  const samples = linearSamples(limit, [1, 0.3], seed);
  const found: [name: string, costs: readonly number[]][] = [];
  for (const [name, options] of Object.entries(momenta)) {
    const optimizer = sgd({ learningRate: 0.05, ...options });
    const { costs } = await descend(run, samples, { optimizer, epochs: steps, batchSize: limit });
    found.push([name, costs]);
  }
  const goal = 1.01 * Math.min(...found.flatMap(([, costs]) => costs));
  const arrival = (costs: readonly number[]): number => costs.findIndex((_, i) => costs.slice(i).every((c) => c <= goal)); // prettier-ignore
  const table = textTable([
    ['momentum', 'updates', 'cost in the end'],
    ...found.map(([name, costs]) => [
      name,
      arrival(costs) < 0 ? `> ${steps}` : String(arrival(costs)),
      costs.at(-1)!.toFixed(4),
    ]),
  ]);
  console.log(`updates until the cost stays within 1% of the least cost, of at most ${steps}\n${table}\n`);
  if (steps > 0)
    show({
      kind: 'lines',
      title: 'effect of momentum',
      x: 'update',
      y: 'mean squared error',
      scale: 'log',
      series: found.map(([name, costs]) => ({ name, points: costs.map((cost, step) => [step, cost] as const) })),
    });
  const updatesOf = (name: string): number => {
    const updates = arrival(found.find(([other]) => other === name)![1]);
    return updates < 0 ? steps : updates;
  };
  return { updatesWithoutMomentum: updatesOf('none'), updatesWithMomentum: updatesOf('0.9') };
}
