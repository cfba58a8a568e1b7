import { aString, checkOptions, optional, refuse } from '@chainrule/errors/check';
import { figureOf, type LineFigure, type PanelFigure, type Series } from '../figure.ts';
import { names } from './values.ts';

/** What `fit` returns: the loss and the metrics of each epoch. */
export type History = readonly Readonly<Record<string, number>>[];

/** Options of {@link plotHistory}. */
export interface HistoryOptions {
  /** What to show, such as `['loss']`; by default the loss and all metrics. */
  readonly metrics?: readonly string[];
  /** The title, by default `training`. */
  readonly title?: string;
}

/**
 * The loss and the metrics of each epoch, those of training as lines and those of validation dashed. Several runs are compared
 * in one figure.
 *
 * @param history - what `fit` returns, or several of it by name
 * @returns one panel for each metric
 * @throws OptionError for something else than histories
 * @example
 * const history = [{ epoch: 0, loss: 2, valLoss: 2.5 }, { epoch: 1, loss: 1, valLoss: 2 }];
 * plotHistory(history).panels[0].series.map(({ name, dashed }) => [name, dashed ?? false]); // => [['training',false],['validation',true]]
 */
export function plotHistory(
  history: History | Readonly<Record<string, History>>,
  options: HistoryOptions = {},
): PanelFigure<LineFigure> {
  checkOptions('plotHistory', options, { metrics: optional(names), title: aString });
  const runs: [string, History][] = Array.isArray(history)
    ? [['', history as History]]
    : Object.entries((history ?? {}) as Readonly<Record<string, History>>);
  if (runs.length === 0 || !runs.every(([, run]) => isHistory(run)))
    refuse('plotHistory', 'history', 'what `fit` returns, or several of it by name', history);
  const known = new Set(runs.flatMap(([, run]) => run.flatMap((logs) => Object.keys(logs).map(metricOf))));
  const { metrics = [...known].filter((name) => name !== 'epoch'), title = 'training' } = options;
  const panels = metrics.map((metric): LineFigure => ({
    kind: 'lines',
    title: words(metric),
    x: 'epoch',
    y: words(metric),
    series: runs.flatMap(([name, run], i) => curves(name, run, metric, i, runs.length > 1)),
  }));
  return figureOf({ kind: 'panels', title, panels });
}

function isHistory(value: unknown): value is History {
  return Array.isArray(value) && value.every((logs) => typeof logs === 'object' && logs !== null && 'epoch' in logs);
}

/** `valLoss` belongs to `loss`. */
function metricOf(name: string): string {
  return /^val[A-Z]/.test(name) ? name[3]!.toLowerCase() + name.slice(4) : name;
}

function curves(run: string, history: History, metric: string, i: number, several: boolean): Series[] {
  const validation = `val${metric[0]!.toUpperCase()}${metric.slice(1)}`;
  const curve = (key: string, kind: string, more: Partial<Series>): Series[] =>
    history.some((logs) => key in logs)
      ? [
          {
            name: several ? `${run}, ${kind}` : kind,
            points: history.flatMap((logs) => (key in logs ? [[logs['epoch']! + 1, logs[key]!] as const] : [])),
            ...more,
          },
        ]
      : [];
  return [
    ...curve(metric, 'training', { color: several ? i : 0 }),
    ...curve(validation, 'validation', { color: several ? i : 1, dashed: true }),
  ];
}

/** `topKAccuracy` as `top k accuracy`. */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
