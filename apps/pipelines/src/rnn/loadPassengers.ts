import { airlinePassengers } from '@chainrule/data-loaders/node';
import { Generator, randomNormal } from '@chainrule/tensor';
import type { Run } from '../task.ts';

/** Twelve years, as the real series has. */
const months = 144;

/** How many passengers there were in each month, in thousands. */
export async function loadPassengers({
  dataset,
  options: { dataDir, seed },
}: Pick<Run, 'dataset' | 'options'>): Promise<number[]> {
  if (dataset === 'growth') return growth(seed);
  const { values } = await airlinePassengers(dataDir === undefined ? {} : { dataDir });
  return [...values.data];
}

/** Growth of a percent a month, seasons of a pattern that the seed draws, and noise: all are factors, so that the swings grow too. */
export function growth(seed: number): number[] {
  const rng = new Generator(seed).stream('growth');
  const season = randomNormal(rng, [12], { std: 0.12 }).data;
  const noise = randomNormal(rng, [months], { std: 0.03 }).data;
  return Array.from(
    { length: months },
    (_, month) => 110 * Math.exp(0.01 * month + season[month % 12]! + noise[month]!),
  );
}
