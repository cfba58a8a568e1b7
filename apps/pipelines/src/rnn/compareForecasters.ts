import { median } from '@chainrule/compiler/backend';
import { slidingWindows } from '@chainrule/data-loaders';
import { gru, lstm, simpleRnn } from '@chainrule/layers-recurrent';
import { rootMeanSquaredError } from '@chainrule/metrics';
import type { EpochLogs } from '@chainrule/model';
import { adam, cosineDecay, type Optimizer, sgd } from '@chainrule/optim';
import { tensor } from '@chainrule/tensor';
import {
  type Forecaster,
  firstRows,
  linearAutoregression,
  type MakeForecaster,
  recurrentForecaster,
  rowsFrom,
} from './forecaster.ts';
import { measureForecast } from './measureForecast.ts';
import type { Wave } from './waves.ts';

/** The length of a wave in steps. */
export const length = 600;
/** The number of training steps; the rest is held out. */
export const half = 300;
/** The number of steps that a forecast looks ahead. */
export const horizon = 10;
/** The window in steps. */
const size = 10;

interface ForecasterSetup {
  readonly name: string;
  readonly make: MakeForecaster;
  readonly optimizer: (epochs: number) => Optimizer;
}

const adamWithDecay = (epochs: number): Optimizer =>
  adam({ learningRate: cosineDecay({ initialLearningRate: 0.02, decaySteps: Math.max(1, epochs) }) });

/** The linear model first, then the recurrent ones. */
export const forecasters: readonly ForecasterSetup[] = [
  { name: 'linear', make: () => linearAutoregression(size), optimizer: () => sgd({ learningRate: 0.1 }) },
  { name: 'simple RNN', make: () => recurrentForecaster(size, simpleRnn(12)), optimizer: adamWithDecay },
  { name: 'LSTM', make: () => recurrentForecaster(size, lstm(12)), optimizer: adamWithDecay },
  { name: 'GRU', make: () => recurrentForecaster(size, gru(12)), optimizer: adamWithDecay },
];

/** The result of one training. Errors are root mean squares of the distance to the noiseless wave. */
export interface Outcome {
  readonly epochs: readonly EpochLogs[];
  readonly seconds: number;
  /** The second half, each value forecast from the true values before it. */
  readonly oneStep: readonly number[];
  /** The whole second half, forecast from the end of the first without further true values. */
  readonly whole: readonly number[];
  readonly oneStepError: number;
  /** The errors 1, 2, … steps after a true window, over all windows of the second half. */
  readonly errorsAhead: readonly number[];
  readonly wholeError: number;
}

/** Trains on the first half of a wave and forecasts the second. */
export async function trainAndForecast(net: Forecaster, { clean, seen }: Wave, seed: number): Promise<Outcome> {
  const start = performance.now();
  const windows = slidingWindows(tensor([...seen], [length, 1]), { size });
  const epochs = await net.train(firstRows(windows, half - size), seed);
  const held = rowsFrom(windows, half - size).x;
  const truth = clean.slice(half);
  const errorTo = (values: readonly number[], from: number): number =>
    measureForecast(rootMeanSquaredError(), values, truth.slice(from, from + values.length));
  const oneStep = await net.next(held);
  const ahead = await net.ahead(held, horizon);
  const [whole] = await net.ahead(firstRows({ x: held }, 1).x, truth.length);
  const errorAt = (step: number): number =>
    errorTo(
      ahead.slice(0, truth.length - step).map((values) => values[step]!),
      step,
    );
  return {
    epochs,
    oneStep,
    whole: whole!,
    oneStepError: errorTo(oneStep, 0),
    errorsAhead: Array.from({ length: horizon }, (_, step) => errorAt(step)),
    wholeError: errorTo(whole!, 0),
    seconds: (performance.now() - start) / 1000,
  };
}

/** The medians of several seeds. */
export interface Errors {
  /** Over all steps up to the horizon. */
  readonly ahead: number;
  readonly oneStep: number;
  readonly whole: number;
}

export function errorsOf(outcomes: readonly Outcome[]): Errors {
  const middle = (measure: (outcome: Outcome) => number): number => median(outcomes.map(measure));
  return {
    ahead: middle(({ errorsAhead }) => Math.sqrt(errorsAhead.reduce((sum, error) => sum + error * error, 0) / horizon)),
    oneStep: middle(({ oneStepError }) => oneStepError),
    whole: middle(({ wholeError }) => wholeError),
  };
}
