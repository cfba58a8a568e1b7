import { aFiniteNumber, anything, aString, checkOptions, listOf, refuse } from '@chainrule/errors/check';
import { figureOf, type LineFigure, type Series } from '../figure.ts';
import { checkSameLength, type Numbers, numbersOf } from './values.ts';

/** A forecast of {@link plotForecast}. */
export interface Forecast {
  readonly name: string;
  readonly values: Numbers;
  /** The position of its first value; by default the one after the series. */
  readonly start?: number;
  /** The bounds of an interval at each value. */
  readonly low?: Numbers;
  readonly high?: Numbers;
}

/** Options of {@link plotForecast}. */
export interface ForecastOptions {
  readonly title?: string;
  /** The titles of the axes, by default `step` and `value`. */
  readonly x?: string;
  readonly y?: string;
  /** The position of the first value of the series, by default 0. */
  readonly start?: number;
}

/**
 * A series with forecasts, and with their intervals as shaded areas.
 *
 * @param series - the values that are known
 * @param forecasts - one or several; those that start within the series lie over it
 * @throws OptionError for bounds of another length than their forecast, or only one bound
 * @example
 * const figure = plotForecast([1, 2, 3], [{ name: 'LSTM', values: [4, 5], low: [3, 3], high: [5, 7] }]);
 * figure.series.at(1).points; // => [[3,4],[4,5]]
 */
export function plotForecast(
  series: Numbers,
  forecasts: readonly Forecast[],
  options: ForecastOptions = {},
): LineFigure {
  const op = 'plotForecast';
  checkOptions(op, options, { title: aString, x: aString, y: aString, start: aFiniteNumber });
  const { title = 'forecast', x = 'step', y = 'value', start = 0 } = options;
  const known = numbersOf(op, 'series', series);
  listOf('a list of forecasts', anything)(op, 'forecasts', forecasts);
  const points = (values: readonly number[], from: number) => values.map((value, i) => [from + i, value] as const);
  return figureOf({
    kind: 'lines',
    title,
    x,
    y,
    series: [
      { name: 'series', points: points(known, start) },
      ...forecasts.map((forecast) => curveOf(op, forecast, start + known.length)),
    ],
  });
}

function curveOf(op: string, forecast: Forecast, after: number): Series {
  aString(op, 'forecasts.name', (forecast as Partial<Forecast> | undefined)?.name);
  const { name, start = after, low, high } = forecast;
  aFiniteNumber(op, 'forecasts.start', start);
  const values = numbersOf(op, 'forecasts.values', forecast.values);
  const points = values.map((value, i) => [start + i, value] as const);
  if (low === undefined && high === undefined) return { name, points };
  if (low === undefined || high === undefined)
    return refuse(op, `forecasts.${low ? 'high' : 'low'}`, 'both bounds', undefined);
  const [lower, upper] = [numbersOf(op, 'forecasts.low', low), numbersOf(op, 'forecasts.high', high)];
  for (const [key, bound] of Object.entries({ low: lower, high: upper }))
    checkSameLength(op, `forecasts.${key}`, bound, values.length, 'there are values');
  return { name, points, band: values.map((_, i) => [start + i, lower[i]!, upper[i]!] as const) };
}
