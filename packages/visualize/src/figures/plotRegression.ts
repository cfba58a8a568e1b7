import { aString, checkOptions, refuse } from '@chainrule/errors/check';
import { figureOf, type Path, type PointFigure } from '../figure.ts';
import { checkSameLength, columnOf, type Numbers } from './values.ts';

/** Targets, and what a model predicts for them. */
export interface PredictionsAndTargets {
  /** Numbers `[n]` or `[n, 1]`. */
  readonly predictions: Numbers;
  /** The true numbers. */
  readonly targets: Numbers;
}

/** Options of {@link plotRegression} and {@link plotResiduals}. */
export interface RegressionOptions {
  readonly title?: string;
  /** What the numbers are, with their unit, such as `price in dollars`. By default nothing. */
  readonly unit?: string;
}

/**
 * Predictions over targets, with the diagonal on which they are equal, and the coefficient of determination
 * R² = 1 − Σ (t − p)² / Σ (t − t̄)².
 *
 * @throws OptionError for more predictions than targets or fewer
 * @example
 * plotRegression({ predictions: [1, 2, 4], targets: [1, 2, 3] }).title; // => predictions and targets, R² 0.500
 */
export function plotRegression(results: PredictionsAndTargets, options: RegressionOptions = {}): PointFigure {
  const { predictions, targets, unit } = readResults('plotRegression', results, options);
  const all = [...predictions, ...targets].filter(Number.isFinite);
  const [least, most] = [
    all.reduce((a, b) => Math.min(a, b), Infinity),
    all.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  const diagonal: Path = { name: 'prediction = target', points: all.length > 0 ? [[least, least], [most, most]] : [] }; // prettier-ignore
  return figureOf({
    kind: 'points',
    title: options.title ?? `predictions and targets${determination(predictions, targets)}`,
    x: `target${unit}`,
    y: `prediction${unit}`,
    points: targets.map((x, i) => ({ x, y: predictions[i]! })),
    lines: [diagonal],
  });
}

/**
 * What predictions leave over, target − prediction, over the predictions. Residuals of a good model lie around 0 everywhere;
 * a curve or a funnel shows what it misses.
 *
 * @throws OptionError for more predictions than targets or fewer
 * @example
 * plotResiduals({ predictions: [1, 2, 4], targets: [1, 2, 3] }).points.map(({ y }) => y); // => [0,0,-1]
 */
export function plotResiduals(results: PredictionsAndTargets, options: RegressionOptions = {}): PointFigure {
  const { predictions, targets, unit } = readResults('plotResiduals', results, options);
  const finite = predictions.filter(Number.isFinite);
  const [least, most] = [
    finite.reduce((a, b) => Math.min(a, b), Infinity),
    finite.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  return figureOf({
    kind: 'points',
    title: options.title ?? 'residuals',
    x: `prediction${unit}`,
    y: `target − prediction${unit}`,
    points: predictions.map((x, i) => ({ x, y: targets[i]! - x })),
    lines: [{ name: 'no error', points: finite.length > 0 ? [[least, 0], [most, 0]] : [] }], // prettier-ignore
  });
}

function readResults(op: string, results: PredictionsAndTargets, options: RegressionOptions) {
  checkOptions(op, options, { title: aString, unit: aString });
  if (typeof results !== 'object' || results === null) refuse(op, 'results', '{ predictions, targets }', results);
  const targets = columnOf(op, 'results.targets', results.targets);
  const predictions = columnOf(op, 'results.predictions', results.predictions);
  checkSameLength(op, 'results.predictions', predictions, targets.length, 'there are targets');
  return { predictions, targets, unit: options.unit === undefined ? '' : `: ${options.unit}` };
}

/** R² as text, unless it is not defined. */
function determination(predictions: readonly number[], targets: readonly number[]): string {
  const mean = targets.reduce((a, b) => a + b, 0) / targets.length;
  const rest = targets.reduce((sum, t, i) => sum + (t - predictions[i]!) ** 2, 0);
  const all = targets.reduce((sum, t) => sum + (t - mean) ** 2, 0);
  const share = 1 - rest / all;
  return Number.isFinite(share) ? `, R² ${share.toFixed(3).replace('-', '−')}` : '';
}
