import { type Scaler, slidingWindows, standardScaler } from '@chainrule/data-loaders';
import { lstm } from '@chainrule/layers-recurrent';
import { meanAbsolutePercentageError, rootMeanSquaredError } from '@chainrule/metrics';
import { adam, cosineDecay, type Optimizer, sgd } from '@chainrule/optim';
import { tensor, type Tensor } from '@chainrule/tensor';
import { counted, type LineFigure } from '@chainrule/visualize';
import { type Report, resultLine, summarize } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { textTable } from '../textTable.ts';
import type { Samples } from '../trainModel.ts';
import {
  firstRows,
  type Forecaster,
  forecaster,
  linearAutoregression,
  type MakeForecaster,
  recurrentForecaster,
  rowsFrom,
} from './forecaster.ts';
import { measureForecast } from './measureForecast.ts';
import { loadPassengers } from './loadPassengers.ts';

/** Forecasts a monthly series with trend and seasons. Models and scalers are fitted on the first half only. */
export const airline: Task = {
  pipeline: 'rnn',
  name: 'airline',
  main: true,
  about: 'forecasts monthly passengers: linear autoregression and an LSTM against naive forecasts',
  dataSets: ['growth', 'airline'],
  run,
};

const year = 12;

/** Forecasts of the months of the second half. */
interface Forecasts {
  /** Each month from all months before it. */
  readonly nextMonth: readonly number[];
  /** A whole year from the months before it. */
  readonly nextYear: readonly number[];
}

/** The months and their transformation for the model. */
interface Prepared {
  readonly passengers: readonly number[];
  /** The number of training months. */
  readonly half: number;
  readonly scaler: Scaler;
  readonly train: Samples;
  /** Windows before each month of the second half. */
  readonly held: Tensor;
}

async function run(run: TaskRun): Promise<Report> {
  const {
    dataset,
    options: { epochs = 200, seed },
  } = run;
  const data = prepare(await loadPassengers(run));
  const truth = data.passengers.slice(data.half);
  const found = new Map<string, Forecasts>(naive(data));
  const reports: Report[] = [];
  for (const [name, make, optimizer] of models(epochs)) {
    const start = performance.now();
    console.log(`${name}: ${data.half} months to train on, ${truth.length} to forecast`);
    const net = await forecaster(run, make, { optimizer, epochs });
    const history = await net.train(data.train, seed);
    found.set(name, await forecastOf(net, data));
    const metrics = prefixed('test', errorsOf(found.get(name)!, truth));
    reports.push({
      task: `rnn airline ${name}`,
      dataset,
      metrics,
      epochs: history,
      seconds: (performance.now() - start) / 1000,
      parameters: net.parameters,
      seed,
    });
  }
  figures(truth, found).forEach(run.show);
  console.log(
    `errors of ${truth.length} months, in thousands of passengers (RMSE) and in percent (MAPE)\n${errorTable(found, truth)}\n`,
  );
  const [ours, theirs] = ['LSTM', 'last year'].map((name) => errorsOf(found.get(name)!, truth)) as [
    Report['metrics'],
    Report['metrics'],
  ];
  const report = summarize(
    { task: 'rnn airline', dataset, metrics: { ...prefixed('test', ours), ...prefixed('naive', theirs) } },
    reports,
  );
  console.log(resultLine(report));
  return report;
}

function models(epochs: number): [string, MakeForecaster, Optimizer][] {
  const learningRate = cosineDecay({ initialLearningRate: 0.01, decaySteps: Math.max(1, epochs) });
  return [
    ['linear', () => linearAutoregression(year), sgd({ learningRate: 0.05 })],
    ['LSTM', () => recurrentForecaster(year, lstm(8)), adam({ learningRate })],
  ];
}

/**
 * The monthly growth, log(xₜ / xₜ₋₁), has neither a trend nor a growing amplitude. It is scaled by the first half. A window
 * covers one year.
 */
function prepare(passengers: readonly number[]): Prepared {
  const half = Math.floor(passengers.length / 2);
  const growth = tensor(
    passengers.slice(1).map((value, i) => Math.log(value / passengers[i]!)),
    [passengers.length - 1, 1],
  );
  const scaler = standardScaler(firstRows({ growth }, half - 1).growth);
  const windows = slidingWindows(scaler.transform(growth), { size: year });
  // The first window is before month `year` + 1.
  const count = half - year - 1;
  return { passengers, half, scaler, train: firstRows(windows, count), held: rowsFrom(windows, count).x };
}

async function forecastOf(net: Forecaster, { passengers, half, scaler, held }: Prepared): Promise<Forecasts> {
  const growths = (values: readonly number[]): number[] => [
    ...scaler.inverse(tensor([...values], [values.length, 1])).data,
  ];
  const nextMonth = growths(await net.next(held)).map((growth, i) => passengers[half + i - 1]! * Math.exp(growth));
  const nextYear: number[] = [];
  const ahead = await net.ahead(held, year);
  for (let month = half; month < passengers.length; month += year) {
    let level = passengers[month - 1]!;
    for (const growth of growths(ahead[month - half]!)) nextYear.push((level *= Math.exp(growth)));
  }
  return { nextMonth, nextYear: nextYear.slice(0, held.shape[0]) };
}

/** Baselines without a model: the last month, the same month of last year, and its growth. */
function naive({ passengers, half }: Prepared): [string, Forecasts][] {
  const months = Array.from({ length: passengers.length - half }, (_, i) => half + i);
  const at = (month: number): number => passengers[month]!;
  /** The last known month when the year of this month is forecast. */
  const known = (month: number): number => month - 1 - ((month - half) % year);
  const from = (last: (month: number) => number): number[] =>
    months.map((month) => (at(last(month)) * at(month - year)) / at(last(month) - year));
  const lastYear = months.map((month) => at(month - year));
  return [
    [
      'last month',
      { nextMonth: months.map((month) => at(month - 1)), nextYear: months.map((month) => at(known(month))) },
    ],
    ['last year', { nextMonth: lastYear, nextYear: lastYear }],
    ["last year's growth", { nextMonth: from((month) => month - 1), nextYear: from(known) }],
  ];
}

function errorsOf({ nextMonth, nextYear }: Forecasts, truth: readonly number[]): Report['metrics'] {
  return {
    nextYearRmse: measureForecast(rootMeanSquaredError(), nextYear, truth),
    nextYearMape: measureForecast(meanAbsolutePercentageError(), nextYear, truth),
    nextMonthRmse: measureForecast(rootMeanSquaredError(), nextMonth, truth),
    nextMonthMape: measureForecast(meanAbsolutePercentageError(), nextMonth, truth),
  };
}

function prefixed(word: string, metrics: Report['metrics']): Report['metrics'] {
  return Object.fromEntries(
    Object.entries(metrics).map(([name, value]) => [word + name[0]!.toUpperCase() + name.slice(1), value]),
  );
}

function errorTable(found: ReadonlyMap<string, Forecasts>, truth: readonly number[]): string {
  const rows = [...found].map(([name, forecasts]) => [
    name,
    ...Object.values(errorsOf(forecasts, truth)).map((value) => value.toFixed(2)),
  ]);
  const nearest = (which: keyof Report['metrics']): string =>
    [...found].reduce((best, one) =>
      errorsOf(one[1], truth)[which]! < errorsOf(best[1], truth)[which]! ? one : best,
    )[0];
  return `${textTable([['forecast', 'next year: RMSE', 'MAPE', 'next month: RMSE', 'MAPE'], ...rows])}

least RMSE: ${nearest('nextYearRmse')} for the next year, ${nearest('nextMonthRmse')} for the next month`;
}

function figures(truth: readonly number[], found: ReadonlyMap<string, Forecasts>): LineFigure[] {
  const drawn = (which: keyof Forecasts): LineFigure['series'] => [
    counted('truth', truth),
    ...['linear', 'LSTM', 'last year'].map((name) => counted(name, found.get(name)![which])),
  ];
  const common = { kind: 'lines', x: 'month after those trained on', y: 'passengers in thousands' } as const;
  return [
    { ...common, title: 'one month ahead', series: drawn('nextMonth') },
    { ...common, title: 'a year ahead', series: drawn('nextYear') },
  ];
}
