import { aCount, aString, checkOptions, oneOf, refuse } from '@chainrule/errors/check';
import { calibrationCurve, precisionRecallCurve, rocCurve } from '@chainrule/metrics';
import { figureOf, type LineFigure, type Point, type Series } from '../figure.ts';
import { binaryLabels, checkSameLength, type Numbers, numbersOf } from './values.ts';

/** Labels, and what a model predicts for them. */
export interface LabelsAndScores {
  /** 0 and 1. */
  readonly labels: Numbers;
  /** Logits or probabilities of class 1. */
  readonly scores: Numbers;
}

/** One model, or several by name. */
export type BinaryPredictions = LabelsAndScores | Readonly<Record<string, LabelsAndScores>>;

/** Options of {@link plotRoc} and {@link plotPrecisionRecall}. */
export interface CurveFigureOptions {
  readonly title?: string;
}

/** Options of {@link plotCalibration}. */
export interface CalibrationFigureOptions extends CurveFigureOptions {
  /** The number of bins at most. Default 10. */
  readonly bins?: number;
  /** Whether bins have equal widths (`'uniform'`, default) or equal numbers of samples (`'quantile'`). */
  readonly strategy?: 'uniform' | 'quantile';
}

/**
 * The share of positives that a threshold finds over the share of negatives that it takes for positives, with the area under
 * the curve, and the line of chance.
 *
 * @param predictions - labels and scores, or several of them by name
 * @throws OptionError for labels other than 0 and 1, and for lists of different lengths
 * @example
 * const { series } = plotRoc({ labels: [0, 0, 1, 1], scores: [0.1, 0.4, 0.35, 0.8] });
 * series.map(({ name }) => name); // => ['area 0.750','chance']
 */
export function plotRoc(predictions: BinaryPredictions, options: CurveFigureOptions = {}): LineFigure {
  checkOptions('plotRoc', options, { title: aString });
  const series = runsOf('plotRoc', predictions).map(([name, { labels, scores }], i): Series => {
    const { falsePositiveRate, truePositiveRate, area } = rocCurve(labels, scores);
    return {
      name: named(name, `area ${area.toFixed(3)}`),
      points: pointsOf(falsePositiveRate, truePositiveRate),
      color: i,
    };
  });
  return figureOf({
    kind: 'lines',
    title: options.title ?? 'receiver operating characteristic',
    x: 'false positive rate',
    y: 'true positive rate',
    series: [...series, reference('chance')],
  });
}

/**
 * The precision of each threshold over its recall, with the average precision, and the share of positives, which is the
 * precision of a guess.
 *
 * @param predictions - labels and scores, or several of them by name
 * @throws OptionError for labels other than 0 and 1, and for lists of different lengths
 * @example
 * const { series } = plotPrecisionRecall({ labels: [0, 0, 1, 1], scores: [0.1, 0.4, 0.35, 0.8] });
 * series.map(({ name }) => name); // => ['average precision 0.833','share of positives']
 */
export function plotPrecisionRecall(predictions: BinaryPredictions, options: CurveFigureOptions = {}): LineFigure {
  checkOptions('plotPrecisionRecall', options, { title: aString });
  const runs = runsOf('plotPrecisionRecall', predictions);
  const series = runs.map(([name, { labels, scores }], i): Series => {
    const { precision, recall, area } = precisionRecallCurve(labels, scores);
    const points = pointsOf(recall, precision).reverse();
    return { name: named(name, `average precision ${area.toFixed(3)}`), points, color: i };
  });
  const { labels } = runs[0]![1];
  const share = labels.reduce((a, b) => a + b, 0) / Math.max(1, labels.length);
  const guess = [[0, share], [1, share]] as const; // prettier-ignore
  return figureOf({
    kind: 'lines',
    title: options.title ?? 'precision and recall',
    x: 'recall',
    y: 'precision',
    series: [...series, { ...reference('share of positives'), points: guess }],
  });
}

/**
 * The share of positives among samples with similar predicted probabilities, over these probabilities. A calibrated model lies
 * on the diagonal.
 *
 * @param predictions - labels and probabilities, or several of them by name
 * @throws OptionError for labels other than 0 and 1, lists of different lengths, and scores that are not probabilities
 * @example
 * const labels = [0, 0, 1, 1];
 * plotCalibration({ labels, scores: [0.125, 0.25, 0.625, 0.875] }, { bins: 2 }).series[0].points; // => [[0.1875,0],[0.75,1]]
 */
export function plotCalibration(predictions: BinaryPredictions, options: CalibrationFigureOptions = {}): LineFigure {
  const op = 'plotCalibration';
  checkOptions(op, options, { title: aString, bins: aCount, strategy: oneOf('uniform', 'quantile') });
  const { bins = 10, strategy = 'uniform', title = 'calibration' } = options;
  const series = runsOf(op, predictions).map(([name, { labels, scores }], i): Series => {
    const bad = scores.find((score) => !(score >= 0 && score <= 1));
    if (bad !== undefined) refuse(op, 'predictions.scores', 'probabilities', bad, 'apply `sigmoid` to logits');
    const { predicted, observed } = calibrationCurve(labels, scores, { bins, strategy });
    return { name: name || 'model', points: pointsOf(predicted, observed), color: i };
  });
  return figureOf({
    kind: 'lines',
    title,
    x: 'mean predicted probability',
    y: 'share of positives',
    series: [...series, reference('calibrated')],
  });
}

interface Run {
  readonly labels: readonly number[];
  readonly scores: readonly number[];
}

function runsOf(op: string, predictions: BinaryPredictions): [name: string, run: Run][] {
  if (typeof predictions !== 'object' || predictions === null)
    return refuse(op, 'predictions', 'labels and scores, or several of them by name', predictions);
  const isOne = 'labels' in predictions && 'scores' in predictions;
  const runs = isOne ? [['', predictions] as const] : Object.entries(predictions);
  if (runs.length === 0) refuse(op, 'predictions', 'labels and scores', predictions);
  return runs.map(([name, run]) => {
    const at = name === '' ? 'predictions' : `predictions.${name}`;
    const { labels, scores } = (run ?? {}) as LabelsAndScores;
    const wanted = binaryLabels(op, `${at}.labels`, labels);
    const given = numbersOf(op, `${at}.scores`, scores);
    checkSameLength(op, `${at}.scores`, given, wanted.length, 'there are labels');
    if (given.some(Number.isNaN)) refuse(op, `${at}.scores`, 'numbers', NaN);
    return [name, { labels: wanted, scores: given }];
  });
}

function named(name: string, measure: string): string {
  return name === '' ? measure : `${name}, ${measure}`;
}

function pointsOf(x: readonly number[], y: readonly number[]): Point[] {
  return x.map((value, i) => [value, y[i]!] as const);
}

/** The diagonal, in gray. */
function reference(name: string): Series {
  return { name, points: [[0, 0], [1, 1]], dashed: true, color: 7 }; // prettier-ignore
}
