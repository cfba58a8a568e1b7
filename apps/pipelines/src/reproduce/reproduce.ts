import type { Backend } from '@chainrule/compiler';
import type { Options } from '../task.ts';
import type { Experiment, Result, Row } from './experiment.ts';
import { median, sectionOf } from './page.ts';

/** How experiments run. */
export interface Setting {
  readonly options: Options;
  /** The number of trainings of each model, with seeds from that of the options. */
  readonly seeds: number;
  readonly backend: Backend;
  /** A description of the backend. */
  readonly on: string;
}

/** Trains the models of experiments in turn, and calls `done` with the section of each experiment. @returns all figures */
export async function reproduce(
  experiments: readonly Experiment[],
  setting: Setting,
  done: (name: string, section: string) => void,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const experiment of experiments) {
    for (const row of experiment.rows) results.push(await measured(experiment.name, row, setting));
    const command = `npm run reproduce -- ${experiment.name} --data-dir DIR`;
    done(experiment.name, sectionOf(experiment, results, { threads: setting.on, seeds: setting.seeds, command }));
  }
  return results;
}

async function measured(experiment: string, row: Row, { options, seeds, backend, on }: Setting): Promise<Result> {
  const figures: number[] = [];
  const seconds: number[] = [];
  for (let i = 0; i < seeds; i++) {
    console.log(`\n━━ ${experiment}: ${row.name}, training ${i + 1} of ${seeds}`);
    const start = performance.now();
    const seeded = { ...options, seed: options.seed + i };
    figures.push(await row.run({ options: seeded, dataset: 'mnist', backend, on, show() {} }));
    seconds.push((performance.now() - start) / 1000);
    console.log(`${row.measure.name} ${figures.at(-1)!.toFixed(4)}`);
  }
  return {
    experiment,
    row: row.name,
    measure: row.measure.name,
    ...(row.stated !== undefined && { stated: row.stated }),
    figures,
    seconds: median(seconds),
  };
}
