import { counted, type LineFigure } from '@chainrule/visualize';
import type { Report } from '../report.ts';
import { textTable } from '../textTable.ts';

/** A model's forecasts of the returns of the second half, from the days before. */
export interface ReturnForecasts {
  readonly name: string;
  readonly change: readonly number[];
  readonly report: Report;
}

/** A model's forecasts of the second half. */
export interface Forecasts extends ReturnForecasts {
  /** Prices, from the prices of the days before. */
  readonly price: readonly number[];
  /** Prices, from the first half only. */
  readonly ahead: readonly number[];
}

/** A table of the models' errors, and what follows. */
export function verdict(reports: readonly Report[], majority: number, days: number): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
  const rows = reports.map(({ task, metrics: m }) => [
    task.replace('rnn stock ', ''),
    m['testPriceR2']!.toFixed(3),
    ...['testPriceErrorToNaive', 'testPriceAheadErrorToNaive', 'testReturnErrorToNaive'].map(
      (name) => m[name]?.toFixed(3) ?? '–',
    ),
    percent(m['testDirectionAccuracy']!),
  ]);
  const best = Math.min(...reports.map(({ metrics }) => metrics['testPriceErrorToNaive']!));
  return `${textTable([['model', 'price: R²', 'error to naive', 'ahead: to naive', 'return: to naive', 'up or down'], ...rows])}

Errors are divided by those of the naive forecast, that the price stays as it is: below 1 is better.
${best < 1 ? `The best forecast of the next price has ${best.toFixed(3)} times its error.` : 'No forecast of the next price is better than the price of the day before, however close it looks in the plot.'}
The more frequent direction of the first half is right on ${percent(majority)} of the days; by chance alone shares of ${days} days spread by ${percent(0.5 / Math.sqrt(days))}.`;
}

/** The number of plotted days of the second half; with more, the curves overlap. */
const shown = 70;

/** The second half with the forecasts of all models. */
export function stockFigures(
  prices: readonly number[],
  returns: readonly number[],
  found: readonly Forecasts[],
  wide: ReturnForecasts,
): LineFigure[] {
  const drawn = (
    truth: readonly number[],
    of: (forecasts: Forecasts) => readonly number[],
    days: number,
  ): LineFigure['series'] => [
    counted('truth', truth.slice(0, days)),
    ...found.map((one) => counted(one.name, of(one).slice(0, days))),
  ];
  const common = { kind: 'lines', x: 'day after those trained on' } as const;
  return [
    { ...common, title: 'price of the next day', y: 'price', series: drawn(prices, ({ price }) => price, shown) },
    {
      ...common,
      title: 'price from the first half alone',
      y: 'price',
      series: drawn(prices, ({ ahead }) => ahead, prices.length),
    },
    {
      ...common,
      title: 'return of the next day',
      y: 'log return',
      series: [...drawn(returns, ({ change }) => change, shown), counted(wide.name, wide.change.slice(0, shown))],
    },
  ];
}
