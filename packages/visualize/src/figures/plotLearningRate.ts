import { aCount, aString, checkOptions, refuse } from '@chainrule/errors/check';
import type { RangeTestPoint } from '@chainrule/model';
import type { Schedule } from '@chainrule/optim';
import { figureOf, type LineFigure, type Point } from '../figure.ts';

/** Options of {@link plotLearningRate}. */
export interface LearningRateOptions {
  /** The number of steps to show. */
  readonly steps: number;
  readonly title?: string;
}

/** The most points of a curve. */
const mostPoints = 1000;

/**
 * The learning rate of a schedule over the steps of training, or of several schedules.
 *
 * @param schedule - a function of the step, or several by name
 * @throws OptionError for something else than schedules
 * @example
 * const { series } = plotLearningRate({ cosine: cosineDecay({ initialLearningRate: 0.5, decaySteps: 100 }) }, { steps: 101 });
 * [series[0].points[0], series[0].points.at(-1)]; // => [[0,0.5],[100,0]]
 */
export function plotLearningRate(
  schedule: Schedule | Readonly<Record<string, Schedule>>,
  options: LearningRateOptions,
): LineFigure {
  const op = 'plotLearningRate';
  checkOptions(op, options, { steps: aCount, title: aString }, 'steps');
  const { steps, title = 'learning rate' } = options;
  const all = typeof schedule === 'function' ? [['learning rate', schedule] as const] : Object.entries(schedule ?? {});
  if (all.length === 0) refuse(op, 'schedule', 'a schedule, or several by name', schedule);
  const every = Math.ceil(steps / mostPoints);
  const shown = [...Array(steps).keys()].filter((step) => step % every === 0 || step === steps - 1);
  const series = all.map(([name, rate]) => {
    if (typeof rate !== 'function') refuse(op, `schedule.${name}`, 'a function of the step', rate);
    return { name, points: shown.map((step): Point => [step, numberOf(op, name, rate(step))]) };
  });
  return figureOf({ kind: 'lines', title, x: 'step', y: 'learning rate', series });
}

function numberOf(op: string, name: string, rate: unknown): number {
  return typeof rate === 'number' ? rate : refuse(op, `schedule.${name}`, 'a function that returns numbers', rate);
}

/** Options of {@link plotRangeTest}. */
export interface RangeTestFigureOptions {
  readonly title?: string;
}

/** How much of the mean each new loss leaves. */
const kept = 0.9;

/**
 * The losses of a learning-rate range test over the rate, on a logarithmic axis, and their moving mean
 * mᵢ = 0.9 mᵢ₋₁ + 0.1 lᵢ, divided by 1 − 0.9ⁱ. A good rate lies where the mean falls fastest (Smith 2017).
 *
 * @param points - the result of `learningRateRangeTest`
 * @throws OptionError for something else than its result
 * @example
 * const { series } = plotRangeTest([{ learningRate: 0.01, loss: 2 }, { learningRate: 0.1, loss: 2 }]);
 * series.map(({ name, points }) => [name, points.length]); // => [['loss',2],['moving mean',2]]
 */
export function plotRangeTest(points: readonly RangeTestPoint[], options: RangeTestFigureOptions = {}): LineFigure {
  const op = 'plotRangeTest';
  checkOptions(op, options, { title: aString });
  const isPoint = (point: Partial<RangeTestPoint> | null): boolean =>
    typeof point?.learningRate === 'number' && typeof point.loss === 'number';
  if (!Array.isArray(points) || !points.every(isPoint))
    refuse(op, 'points', 'the result of `learningRateRangeTest`', points);
  let mean = 0;
  const means = points.map(({ learningRate, loss }, i): Point => {
    mean = kept * mean + (1 - kept) * loss;
    return [learningRate, mean / (1 - kept ** (i + 1))];
  });
  return figureOf({
    kind: 'lines',
    title: options.title ?? 'learning-rate range test',
    x: 'learning rate',
    y: 'loss',
    xScale: 'log',
    series: [
      { name: 'loss', points: points.map(({ learningRate, loss }) => [learningRate, loss] as const), color: 7 },
      { name: 'moving mean', points: means, color: 0 },
    ],
  });
}
