import { starbucks } from '@chainrule/data-loaders/node';
import { Generator, randomNormal, slice } from '@chainrule/tensor';
import { filesOf } from '../filesOf.ts';
import type { TaskRun } from '../task.ts';

/** Five years of trading days, as in the real series. */
const days = 1259;

/** The closing price of a share for each day. */
export async function loadCloses({ dataset, options }: Pick<TaskRun, 'dataset' | 'options'>): Promise<number[]> {
  if (dataset === 'walk') return randomWalk(options.seed);
  const { values, features } = await starbucks(filesOf(options));
  return [...slice(values, [0, features.indexOf('close')], [-1, 1]).data];
}

/** A geometric random walk: unpredictable returns with a share's mean and spread. */
export function randomWalk(seed: number): number[] {
  const returns = randomNormal(new Generator(seed).stream('walk'), [days], { mean: 0.0004, std: 0.013 }).data;
  let price = 30;
  return [...returns].map((change) => (price *= Math.exp(change)));
}
