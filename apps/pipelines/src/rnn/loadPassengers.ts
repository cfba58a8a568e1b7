import { airlinePassengers } from '@chainrule/data-loaders/node';
import { Generator, randomNormal } from '@chainrule/tensor';
import { filesOf } from '../filesOf.ts';
import type { TaskRun } from '../task.ts';

/** Twelve years, as in the real series. */
const months = 144;

/** The number of passengers in each month, in thousands. */
export async function loadPassengers({ dataset, options }: Pick<TaskRun, 'dataset' | 'options'>): Promise<number[]> {
  if (dataset === 'growth') return growth(options.seed);
  const { values } = await airlinePassengers(filesOf(options));
  return [...values.data];
}

/** One percent of growth per month, a random seasonal pattern, and noise. All are factors, so the amplitude grows, too. */
export function growth(seed: number): number[] {
  const rng = new Generator(seed).stream('growth');
  const season = randomNormal(rng, [12], { std: 0.12 }).data;
  const noise = randomNormal(rng, [months], { std: 0.03 }).data;
  return Array.from(
    { length: months },
    (_, month) => 110 * Math.exp(0.01 * month + season[month % 12]! + noise[month]!),
  );
}
