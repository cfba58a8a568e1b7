import type { Backend } from '@chainrule/compiler';
import { OptionError } from '@chainrule/errors';
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
  /** The text that the names of the chosen figures contain, if not all are chosen. */
  readonly only?: string | undefined;
}

/** The experiments of some names, by default all, with the rows whose names contain a text. */
export function choose(experiments: readonly Experiment[], names: readonly string[], only = ''): readonly Experiment[] {
  const known = experiments.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new OptionError(`reproduce: NAME must be ${known.join(', ')}, got ${JSON.stringify(unknown)}`);
  const chosen = experiments
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .map((one) => ({ ...one, rows: one.rows.filter(({ name }) => name.includes(only)) }))
    .filter(({ rows }) => rows.length > 0);
  if (chosen.length === 0)
    throw new OptionError(`reproduce: \`--only\` must be part of a figure's name, got ${JSON.stringify(only)}`);
  return chosen;
}

/** The command that makes a section again. */
function commandOf(name: string, { options: { limit, epochs }, only, seeds }: Setting): string {
  const given = { limit, epochs, only: only && JSON.stringify(only), seeds: seeds === 3 ? undefined : seeds };
  const texts = Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [`--${key} ${value}`]));
  return ['npm run reproduce --', name, '--data-dir DIR', ...texts].join(' ');
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
    const command = commandOf(experiment.name, setting);
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
