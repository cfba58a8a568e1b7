import { type Scaler, slidingWindows, standardScaler } from '@chainrule/data-loaders';
import { lstm } from '@chainrule/layers-recurrent';
import { r2, rootMeanSquaredError } from '@chainrule/metrics';
import { adam, cosineDecay } from '@chainrule/optim';
import { tensor, type Tensor } from '@chainrule/tensor';
import { counted, type LineFigure } from '@chainrule/visualize';
import { type Report, resultLine, summarize } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { textTable } from '../textTable.ts';
import type { Samples } from '../trainModel.ts';
import { loadCloses } from './loadCloses.ts';
import {
  firstRows,
  forecaster,
  linearAutoregression,
  type MakeForecaster,
  recurrentForecaster,
  rowsFrom,
} from './forecaster.ts';
import { measureForecast } from './measureForecast.ts';

/** Forecasts the price of a share and its returns. Price forecasts look good, but are not better than the price of the day before. */
export const stock: Task = {
  pipeline: 'rnn',
  name: 'stock',
  main: true,
  about: 'forecasts the price and the returns of a share, against the price of the day before',
  dataSets: ['walk', 'starbucks'],
  run,
};

/** The window in days. */
const size = 10;
const batchSize = 32;

const models: readonly (readonly [name: string, make: MakeForecaster])[] = [
  ['linear', () => linearAutoregression(size)],
  ['LSTM', () => recurrentForecaster(size, lstm(8))],
];

/** A series in two halves, raw and scaled. */
interface Halves {
  readonly scaler: Scaler;
  readonly train: Samples;
  /** Windows before each day of the second half. */
  readonly held: Tensor;
  readonly truth: readonly number[];
}

/** A model's forecasts of the second half. */
interface Forecasts {
  readonly name: string;
  /** Prices, from the prices of the days before. */
  readonly price: readonly number[];
  /** Prices, from the first half only. */
  readonly ahead: readonly number[];
  /** Returns, from the returns of the days before. */
  readonly change: readonly number[];
  readonly report: Report;
}

async function run(run: TaskRun): Promise<Report> {
  const closes = await loadCloses(run);
  const half = Math.floor(closes.length / 2);
  const prices = halves(closes, half);
  const changes = closes.slice(1).map((close, i) => Math.log(close / closes[i]!));
  // Change i is that of day i + 1.
  const returns = halves(changes, half - 1);
  const naive = {
    price: closes.slice(half - 1, -1),
    ahead: prices.truth.map(() => closes[half - 1]!),
    return: returns.truth.map(() => 0),
  };
  const found: Forecasts[] = [];
  for (const [name, make] of models) {
    console.log(`${name}: ${half} days to train on, ${prices.truth.length} to forecast; prices, then returns`);
    found.push(await forecastsOf(run, name, make, { prices, returns, naive }));
  }
  figures(prices.truth, returns.truth, found).forEach(run.show);
  const reports = found.map(({ report }) => report);
  const majority = accuracyOf(
    returns.truth.map(() => majorityOf(changes.slice(0, half - 1))),
    returns.truth,
  );
  console.log(`${verdict(reports, majority, returns.truth.length)}\n`);
  const summary = summarize(
    {
      task: 'rnn stock',
      dataset: run.dataset,
      metrics: { ...reports.at(-1)!.metrics, majorityDirectionAccuracy: majority },
    },
    reports,
  );
  console.log(resultLine(summary));
  return summary;
}

/** Windows of a series. The first `train` steps are for training, and the scaler is fitted on them. */
function halves(values: readonly number[], half: number): Halves {
  const series = tensor([...values], [values.length, 1]);
  const scaler = standardScaler(firstRows({ series }, half).series);
  const windows = slidingWindows(scaler.transform(series), { size });
  return {
    scaler,
    train: firstRows(windows, half - size),
    held: rowsFrom(windows, half - size).x,
    truth: values.slice(half),
  };
}

interface Question {
  readonly prices: Halves;
  readonly returns: Halves;
  /** The forecast that nothing changes. */
  readonly naive: {
    readonly price: readonly number[];
    readonly ahead: readonly number[];
    readonly return: readonly number[];
  };
}

async function forecastsOf(
  run: TaskRun,
  name: string,
  make: MakeForecaster,
  { prices, returns, naive }: Question,
): Promise<Forecasts> {
  const {
    dataset,
    options: { epochs = 100, seed },
  } = run;
  const start = performance.now();
  const decaySteps = Math.max(1, epochs * Math.ceil(prices.train.x.shape[0] / batchSize));
  const net = await forecaster(run, make, {
    optimizer: adam({ learningRate: cosineDecay({ initialLearningRate: 0.02, decaySteps }) }),
    epochs,
    batchSize,
  });
  const history = await net.train(prices.train, seed);
  const price = unscaled(prices, await net.next(prices.held));
  const ahead = unscaled(prices, (await net.ahead(firstRows({ x: prices.held }, 1).x, prices.truth.length))[0]!);
  await net.train(returns.train, seed);
  const change = unscaled(returns, await net.next(returns.held));
  const rmse = (forecast: readonly number[], truth: readonly number[]): number =>
    measureForecast(rootMeanSquaredError(), forecast, truth);
  const metrics = {
    testPriceErrorToNaive: rmse(price, prices.truth) / rmse(naive.price, prices.truth),
    testDirectionAccuracy: accuracyOf(change, returns.truth),
    testReturnErrorToNaive: rmse(change, returns.truth) / rmse(naive.return, returns.truth),
    testPriceAheadErrorToNaive: rmse(ahead, prices.truth) / rmse(naive.ahead, prices.truth),
    testPriceRmse: rmse(price, prices.truth),
    testPriceR2: measureForecast(r2(), price, prices.truth),
  };
  const report = {
    task: `rnn stock ${name}`,
    dataset,
    metrics,
    epochs: history,
    seconds: (performance.now() - start) / 1000,
    parameters: net.parameters,
    seed,
  };
  return { name, price, ahead, change, report };
}

function unscaled({ scaler }: Halves, values: readonly number[]): number[] {
  return [...scaler.inverse(tensor([...values], [values.length, 1])).data];
}

/** The share of forecasts with the right sign, without the days that have no change. */
function accuracyOf(forecast: readonly number[], truth: readonly number[]): number {
  const moved = truth.flatMap((value, i) => (value === 0 ? [] : [Math.sign(forecast[i]!) === Math.sign(value)]));
  return moved.filter(Boolean).length / moved.length;
}

/** 1 if more days of the first half went up than down, else −1. */
function majorityOf(changes: readonly number[]): number {
  return changes.reduce((sum, change) => sum + Math.sign(change), 0) >= 0 ? 1 : -1;
}

function verdict(reports: readonly Report[], majority: number, days: number): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
  const rows = reports.map(({ task, metrics: m }) => [
    task.replace('rnn stock ', ''),
    m['testPriceR2']!.toFixed(3),
    ...['testPriceErrorToNaive', 'testPriceAheadErrorToNaive', 'testReturnErrorToNaive'].map((name) =>
      m[name]!.toFixed(3),
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

function figures(prices: readonly number[], returns: readonly number[], found: readonly Forecasts[]): LineFigure[] {
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
      series: drawn(returns, ({ change }) => change, shown),
    },
  ];
}
