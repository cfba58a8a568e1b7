import type { TrainingError } from '@chainrule/errors';
import type { Setting } from './space.ts';

/** The scores of one setting. */
export interface TrialResult<Settings> {
  /** The number of the setting, from 0. */
  readonly number: number;
  readonly settings: Settings;
  /** The score of each fold; NaN where training failed with a `TrainingError`. */
  readonly scores: readonly number[];
  readonly mean: number;
  /** The standard deviation of the scores, as of a population. */
  readonly spread: number;
  /** From 1 for the best; equal scores share a rank. */
  readonly rank: number;
  /** The epochs of the last training, in a halving search. */
  readonly epochs?: number;
}

/** One axis of a parallel-coordinates plot: a value for each trial. */
export interface Axis {
  readonly name: string;
  readonly values: readonly Setting[];
}

/** The result of a search. */
export interface SearchResult<Settings, T> {
  /** All settings, in the order of their numbers. */
  readonly trials: readonly TrialResult<Settings>[];
  /** The first of those with the best mean. */
  readonly best: TrialResult<Settings>;
  /**
   * The trainer with the best settings, trained on all rows. Undefined with `refit: false`, if the best mean is NaN, and if
   * the training on all rows failed.
   */
  readonly trainer: T;
  /** Why the training on all rows failed. */
  readonly refitError?: TrainingError;
  /** The settings from the best to the worst, as text for a terminal. */
  table(): string;
  /** An axis for each hyper-parameter, and `score` at last: the data of a parallel-coordinates plot. */
  parallelCoordinates(): readonly Axis[];
}

/** A trial before it is ranked. */
export type Scored<Settings> = Omit<TrialResult<Settings>, 'rank'>;

/** Whether a trial is better than another: first more epochs, then the mean; NaN is the worst. */
function compare(a: Scored<unknown>, b: Scored<unknown>, isLeastBest: boolean): number {
  const byEpochs = (b.epochs ?? 0) - (a.epochs ?? 0);
  if (byEpochs !== 0) return byEpochs;
  const [x, y] = [a.mean, b.mean].map((mean) => (Number.isNaN(mean) ? Infinity : isLeastBest ? mean : -mean)) as [
    number,
    number,
  ];
  return x === y ? Number(Number.isNaN(a.mean)) - Number(Number.isNaN(b.mean)) : x - y;
}

/** The trials from the best to the worst. */
export function sortTrials<Settings, S extends Scored<Settings>>(trials: readonly S[], isLeastBest: boolean): S[] {
  return [...trials].sort((a, b) => compare(a, b, isLeastBest) || a.number - b.number);
}

/** The result of a search without its trainer. */
export function resultOf<Settings extends Readonly<Record<string, Setting>>>(
  scored: readonly Scored<Settings>[],
  isLeastBest: boolean,
): Omit<SearchResult<Settings, never>, 'trainer'> {
  const sorted = sortTrials<Settings, Scored<Settings>>(scored, isLeastBest);
  const trials = scored.map((trial): TrialResult<Settings> => {
    const better = sorted.filter((other) => compare(other, trial, isLeastBest) < 0);
    return { ...trial, rank: better.length + 1 };
  });
  const ordered = sortTrials<Settings, TrialResult<Settings>>(trials, isLeastBest);
  const names = Object.keys(trials[0]!.settings);
  return {
    trials,
    best: ordered[0]!,
    table: () => tableOf(ordered, names),
    parallelCoordinates: () => [
      ...names.map((name) => ({ name, values: trials.map(({ settings }) => settings[name]!) })),
      { name: 'score', values: trials.map(({ mean }) => mean) },
    ],
  };
}

function tableOf<Settings extends Readonly<Record<string, Setting>>>(
  trials: readonly TrialResult<Settings>[],
  names: readonly string[],
): string {
  const hasEpochs = trials.some(({ epochs }) => epochs !== undefined);
  const number = (value: number): string => String(Number(value.toPrecision(4)));
  const cell = (value: Setting): string => (typeof value === 'number' ? number(value) : String(value));
  const rows = [
    ['rank', ...names, ...(hasEpochs ? ['epochs'] : []), 'mean', 'spread'],
    ...trials.map(({ rank, settings, epochs, mean, spread }) => [
      String(rank),
      ...names.map((name) => cell(settings[name]!)),
      ...(hasEpochs ? [String(epochs)] : []),
      number(mean),
      number(spread),
    ]),
  ];
  const widths = rows[0]!.map((_, column) => rows.reduce((width, row) => Math.max(width, row[column]!.length), 0));
  return rows.map((row) => row.map((text, column) => text.padStart(widths[column]!)).join('  ')).join('\n');
}
