import { type Scaler, slidingWindows, standardScaler } from '@chainrule/data-loaders';
import { lstm } from '@chainrule/layers-recurrent';
import { r2, rootMeanSquaredError } from '@chainrule/metrics';
import { adam, cosineDecay } from '@chainrule/optim';
import { slice, tensor, type Tensor } from '@chainrule/tensor';
import { type Report, resultLine, summarize } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import type { Samples } from '../trainModel.ts';
import { columnChanges } from './columnChanges.ts';
import { loadDays } from './loadDays.ts';
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
import { type Forecasts, type ReturnForecasts, stockFigures, verdict } from './stockFigures.ts';

/** Forecasts the price of a share and its returns. Price forecasts look good, but are not better than the price of the day before. */
export const stock: Task = {
  pipeline: 'rnn',
  name: 'stock',
  main: true,
  about: 'forecasts price and return of a share from its closes, and from open, high, low, close and volume',
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

async function run(run: TaskRun): Promise<Report> {
  const days = await loadDays(run);
  const closes = days.close;
  const half = Math.floor(closes.length / 2);
  const prices = halves(rowsOf(closes), half);
  const changes = closes.slice(1).map((close, i) => Math.log(close / closes[i]!));
  // Change i is that of day i + 1.
  const returns = halves(rowsOf(changes), half - 1);
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
  console.log('LSTM, all columns: returns, from those of five columns');
  const wide = await columnForecasts(run, halves(columnChanges(days), half - 1), naive);
  stockFigures(prices.truth, returns.truth, found, wide).forEach(run.show);
  const reports = [...found, wide].map(({ report }) => report);
  const majority = accuracyOf(
    returns.truth.map(() => majorityOf(changes.slice(0, half - 1))),
    returns.truth,
  );
  console.log(`${verdict(reports, majority, returns.truth.length)}\n`);
  const summary = summarize(
    {
      task: 'rnn stock',
      dataset: run.dataset,
      metrics: {
        ...found.at(-1)!.report.metrics,
        majorityDirectionAccuracy: majority,
        allColumnsTestDirectionAccuracy: wide.report.metrics['testDirectionAccuracy']!,
      },
    },
    reports,
  );
  console.log(resultLine(summary));
  return summary;
}

const rowsOf = (values: readonly number[]): number[][] => values.map((value) => [value]);

/**
 * Windows of a series of rows; the targets are values of the first column. The first `half` steps are for training, and the
 * scaler is fitted on them.
 */
function halves(rows: readonly (readonly number[])[], half: number): Halves {
  const series = tensor(rows, undefined, 'float32');
  const scaled = standardScaler(firstRows({ series }, half).series).transform(series);
  const { x, y } = slidingWindows(scaled, { size });
  const windows = { x, y: slice(y, [0, 0], [-1, 1]) };
  return {
    scaler: standardScaler(firstRows({ first: slice(series, [0, 0], [-1, 1]) }, half).first),
    train: firstRows(windows, half - size),
    held: rowsFrom(windows, half - size).x,
    truth: rows.slice(half).map(([first]) => first!),
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
    options: { seed },
  } = run;
  const start = performance.now();
  const net = await netOf(run, make, prices);
  const history = await net.train(prices.train, seed);
  const price = unscaled(prices, await net.next(prices.held));
  const ahead = unscaled(prices, (await net.ahead(firstRows({ x: prices.held }, 1).x, prices.truth.length))[0]!);
  await net.train(returns.train, seed);
  const change = unscaled(returns, await net.next(returns.held));
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

/** Returns from all columns, and the prices that follow from them. */
async function columnForecasts(run: TaskRun, returns: Halves, naive: Question['naive']): Promise<ReturnForecasts> {
  const {
    dataset,
    options: { seed },
  } = run;
  const start = performance.now();
  const net = await netOf(run, () => recurrentForecaster(size, lstm(8), returns.train.x.shape[2]), returns);
  const history = await net.train(returns.train, seed);
  const change = unscaled(returns, await net.next(returns.held));
  const price = naive.price.map((close, i) => close * Math.exp(change[i]!));
  const truth = naive.price.map((close, i) => close * Math.exp(returns.truth[i]!));
  const metrics = {
    testPriceErrorToNaive: rmse(price, truth) / rmse(naive.price, truth),
    testDirectionAccuracy: accuracyOf(change, returns.truth),
    testReturnErrorToNaive: rmse(change, returns.truth) / rmse(naive.return, returns.truth),
    testPriceRmse: rmse(price, truth),
    testPriceR2: measureForecast(r2(), price, truth),
  };
  const report = {
    task: 'rnn stock LSTM, all columns',
    dataset,
    metrics,
    epochs: history,
    seconds: (performance.now() - start) / 1000,
    parameters: net.parameters,
    seed,
  };
  return { name: 'LSTM, all columns', change, report };
}

/** A model with the optimizer of all trainings. */
function netOf(run: TaskRun, make: MakeForecaster, { train }: Halves): Promise<Forecaster> {
  const { epochs = 100 } = run.options;
  const decaySteps = Math.max(1, epochs * Math.ceil(train.x.shape[0] / batchSize));
  return forecaster(run, make, {
    optimizer: adam({ learningRate: cosineDecay({ initialLearningRate: 0.02, decaySteps }) }),
    epochs,
    batchSize,
  });
}

function rmse(forecast: readonly number[], truth: readonly number[]): number {
  return measureForecast(rootMeanSquaredError(), forecast, truth);
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
