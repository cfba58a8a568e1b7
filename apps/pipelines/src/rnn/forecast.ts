import { showMetric, summarize, type Report } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import {
  trainAndForecast,
  forecasters,
  type Errors,
  errorsOf,
  horizon,
  length,
  type Outcome,
} from './compareForecasters.ts';
import { forecastFigures, errorTable } from './forecastFigures.ts';
import { forecaster } from './forecaster.ts';
import { wave, type WaveName, waveNames } from './waves.ts';

/** Forecasts the second half of a sine and of a chirp after training on the first. */
export const forecast: Task = {
  pipeline: 'rnn',
  name: 'forecast',
  main: true,
  about: 'forecasts a noisy sine and a chirp: linear autoregression, simple RNN, LSTM, GRU',
  dataSets: ['waves'],
  run,
};

const repeats = 3;

/** All trainings of one model on a wave. */
interface Result {
  readonly signal: WaveName;
  readonly contender: string;
  readonly outcomes: readonly Outcome[];
  readonly errors: Errors;
  readonly parameters: number;
}

async function run(run: TaskRun): Promise<Report> {
  const {
    dataset,
    options: { seed, epochs = 300 },
  } = run;
  const seeds = Array.from({ length: repeats }, (_, i) => seed + i);
  const results: Result[] = [];
  for (const { name, make, optimizer } of forecasters) {
    const net = await forecaster(run, make, { optimizer: optimizer(epochs), epochs });
    for (const signal of waveNames) {
      const outcomes: Outcome[] = [];
      for (const one of seeds) {
        console.log(`${signal}, ${name}, seed ${one}`);
        outcomes.push(await trainAndForecast(net, wave(signal, length, one), one));
      }
      results.push({ signal, contender: name, outcomes, errors: errorsOf(outcomes), parameters: net.parameters });
    }
  }
  const of = (signal: WaveName): Result[] => results.filter((result) => result.signal === signal);
  for (const signal of waveNames)
    forecastFigures(
      signal,
      wave(signal, length, seed),
      of(signal).map(({ outcomes }) => outcomes),
    ).forEach(run.show);
  console.log(
    `${errorTable(waveNames.flatMap(of).map(({ signal, contender, errors }) => [signal, contender, errors]))}\n`,
  );
  const metrics = verdict(of);
  console.log(
    `${Object.entries(metrics)
      .map(([name, value]) => `${showMetric(name, value)}: ${value < 1 ? 'the first wins' : 'it does not win'}`)
      .join('\n')}\n`,
  );
  return summarize(
    { task: 'rnn forecast', dataset, metrics },
    results.map((result) => reportOf(run, result)),
  );
}

/**
 * Compares the models up to the horizon. On a sine, the ratio of the linear model's error to the best other error: below 1,
 * the linear model wins. On the chirp, the ratio of the worst recurrent error to the linear one: below 1, all recurrent win.
 *
 * Beyond the horizon, the root mean square says little on the chirp: the linear model fades to 0, an error of √½, while a
 * network that keeps oscillating out of phase has an error of 1.
 *
 * A sine is linear, x(t + 1) = 2 cos(ω) x(t) − x(t − 1), so the linear model's error is 0 without noise. With noise it loses
 * this lead: it estimates the amplitude from the noisy window, while a network can learn that it is 1.
 */
function verdict(of: (signal: WaveName) => readonly Result[]): Report['metrics'] {
  const ratio = (signal: WaveName, compare: (linear: number, recurrent: readonly number[]) => number): number => {
    const [linear, ...recurrent] = of(signal).map(({ errors }) => errors.ahead);
    return compare(linear!, recurrent);
  };
  const linearWins = (linear: number, recurrent: readonly number[]): number => linear / Math.min(...recurrent);
  return {
    testNoisySineLinearToBestRecurrent: ratio('noisy sine', linearWins),
    testNoisyChirpWorstRecurrentToLinear: ratio('noisy chirp', (linear, recurrent) => Math.max(...recurrent) / linear),
    testCleanSineLinearToBestRecurrent: ratio('clean sine', linearWins),
  };
}

function reportOf(
  { dataset, options: { seed } }: TaskRun,
  { signal, contender, outcomes, errors, parameters }: Result,
): Report {
  return {
    task: `rnn forecast ${signal} ${contender}`,
    dataset,
    metrics: {
      [`test${horizon}StepError`]: errors.ahead,
      testOneStepError: errors.oneStep,
      testWholeError: errors.whole,
    },
    epochs: outcomes[0]!.epochs,
    seconds: outcomes.reduce((sum, { seconds }) => sum + seconds, 0),
    parameters,
    seed,
  };
}
