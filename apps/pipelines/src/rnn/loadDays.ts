import { starbucks } from '@chainrule/data-loaders/node';
import { Generator, randomNormal, randomUniform, slice } from '@chainrule/tensor';
import { filesOf } from '../filesOf.ts';
import type { TaskRun } from '../task.ts';

/** A share on each day: its prices at the open and the close, its highest and lowest price, and the number of shares traded. */
export const columns = ['open', 'high', 'low', 'close', 'volume'] as const;

/** A series for each of {@link columns}. */
export type Days = Readonly<Record<(typeof columns)[number], readonly number[]>>;

/** Five years of trading days, as in the real series. */
const count = 1259;

export async function loadDays({ dataset, options }: Pick<TaskRun, 'dataset' | 'options'>): Promise<Days> {
  if (dataset === 'walk') return walkedDays(options.seed);
  const { values, features } = await starbucks(filesOf(options));
  const column = (name: string): number[] => [...slice(values, [0, features.indexOf(name)], [-1, 1]).data];
  return Object.fromEntries(columns.map((name) => [name, column(name)])) as unknown as Days;
}

/** A geometric random walk: unpredictable returns with a share's mean and spread. */
export function randomWalk(seed: number): number[] {
  const returns = randomNormal(new Generator(seed).stream('walk'), [count], { mean: 0.0004, std: 0.013 }).data;
  let price = 30;
  return [...returns].map((change) => (price *= Math.exp(change)));
}

/** A random walk with other columns that fit: a day opens near the close before, and more is traded when the price moves. */
export function walkedDays(seed: number): Days {
  const close = randomWalk(seed);
  const rng = new Generator(seed).stream('days');
  const [gaps, bulk] = [randomNormal(rng, [count], { std: 0.004 }).data, randomNormal(rng, [count], { std: 0.3 }).data];
  const reach = randomUniform(rng, [2, count], { high: 0.008 }).data;
  const open = close.map((_, day) => (close[day - 1] ?? 30) * Math.exp(gaps[day]!));
  const high = close.map((price, day) => Math.max(price, open[day]!) * (1 + reach[day]!));
  const low = close.map((price, day) => Math.min(price, open[day]!) * (1 - reach[count + day]!));
  const volume = close.map((price, day) => 8e6 * Math.exp(bulk[day]! + 20 * Math.abs(Math.log(price / open[day]!))));
  return { open, high, low, close, volume };
}
