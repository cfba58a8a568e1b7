import { dropMissing, readCsv } from '@chainrule/data-loaders';
import { autoMpg } from '@chainrule/data-loaders/node';
import { Generator, randomNormal, randomUniform, tensor } from '@chainrule/tensor';
import { dataFile } from '../dataFile.ts';
import { filesOf } from '../filesOf.ts';
import type { TaskRun } from '../task.ts';
import type { Samples } from '../trainModel.ts';

type Source = Pick<TaskRun, 'dataset' | 'options'>;

/** Years `[n, 1]` and the base-2 logarithms of transistor counts `[n, 1]`, of `moore.csv` or, for other data sets, generated. */
export async function loadTransistors({ dataset, options }: Source): Promise<Samples> {
  if (dataset !== 'moore-auto-mpg') return transistors(options.seed);
  const text = await dataFile('mlp regression', options.dataDir!, 'tabular', 'moore.csv');
  const rows = readCsv(text, { header: false, name: 'moore.csv' }).tensor().toArray() as number[][];
  return columns(
    rows.map(([year]) => [year!]),
    rows.map(([, count]) => Math.log2(count!)),
  );
}

/** Processors of 48 years: doubled every two years, with noise of a factor of two. */
function transistors(seed: number): Samples {
  const noise = randomNormal(new Generator(seed).stream('transistors'), [160]).data;
  const years = [...noise.keys()].map((i) => 1971 + Math.floor((i * 48) / 160));
  return columns(
    years.map((year) => [year]),
    years.map((year, i) => Math.log2(2300) + (year - 1971) / 2 + noise[i]!),
  );
}

/** Cars: cylinders, displacement, horsepower, weight, acceleration, year, and origin in three columns. */
export async function loadCars({ dataset, options }: Source): Promise<Samples> {
  if (dataset === 'generated') return cars(options.seed);
  const { x, y } = await autoMpg(filesOf(options));
  // The horsepower of six cars is missing.
  const known = dropMissing({ x, y });
  const rows = known.x.toArray() as number[][];
  return columns(
    rows.map((row) => [...row.slice(0, 6), ...[1, 2, 3].map((origin) => Number(row[6] === origin))]),
    [...known.y.data],
  );
}

/** Cars whose fuel grows with weight, times the share of braking at high power: miles per gallon are not linear in the features. */
function cars(seed: number): Samples {
  const rng = new Generator(seed).stream('cars');
  const drawn = randomUniform(rng, [400, 5]).toArray() as number[][];
  const noise = randomNormal(rng, [400]).data;
  const rows = drawn.map(([size, power, when, from, swift]) => {
    const weight = 1600 + 3400 * size!;
    const horsepower = 45 + 120 * size! + 60 * power!;
    const year = 70 + Math.floor(13 * when!);
    const origin = Math.floor(3 * from!);
    return {
      features: [
        4 + 2 * Math.floor(3 * size!),
        60 + 380 * size!,
        horsepower,
        weight,
        24 - horsepower / 15 + 2 * swift!,
        year,
        ...[0, 1, 2].map((k) => Number(k === origin)),
      ],
      mpg: (38000 / weight) * (1 + (year - 76) / 30) + 1000 / (horsepower + 60),
    };
  });
  return columns(
    rows.map(({ features }) => features),
    rows.map(({ mpg }, i) => mpg + noise[i]!),
  );
}

function columns(x: readonly (readonly number[])[], y: readonly number[]): Samples {
  return { x: tensor(x.flat(), [x.length, x[0]?.length ?? 0]), y: tensor([...y], [y.length, 1]) };
}
