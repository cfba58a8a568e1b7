import { aBoolean, anything, checkOptions } from '@chainrule/errors/check';
import { binaryLabels, type Values, valuesOf, weightsOf } from './arrays.ts';

/** Options of curves over thresholds. */
export interface CurveOptions {
  /** The weight of each sample. Default 1. */
  readonly weights?: Values;
}

/** Options of {@link rocCurve}. */
export interface RocOptions extends CurveOptions {
  /** Whether to drop points that lie on a line between two others. Default true. */
  readonly dropIntermediate?: boolean;
}

/** The result of {@link rocCurve}. */
export interface RocCurve {
  /** The false positive rate at each threshold, in ascending order from 0. */
  readonly falsePositiveRate: readonly number[];
  /** The true positive rate at each threshold, in ascending order from 0. */
  readonly truePositiveRate: readonly number[];
  /** The thresholds: Infinity, and then the scores in descending order. */
  readonly thresholds: readonly number[];
  /** The area under the curve: the probability that a positive scores higher than a negative; ties count half. */
  readonly area: number;
}

/** For each score from the highest, the total weights of the positives and negatives that reach it. */
interface Sums {
  readonly thresholds: readonly number[];
  readonly positives: readonly number[];
  readonly negatives: readonly number[];
}

/** Accumulates the weights from the highest score. Ignores samples of weight 0. */
export function sumsFromTop(op: string, labels: Values, scores: Values, options: CurveOptions): Sums {
  const wanted = binaryLabels(op, labels);
  const values = valuesOf(op, 'scores', scores, { name: 'labels', length: wanted.length });
  const weights = weightsOf(op, options.weights, wanted.length);
  const order = Array.from(wanted, (_, i) => i).filter((i) => weights[i] !== 0);
  order.sort((a, b) => (values[b]! > values[a]! ? 1 : values[b]! < values[a]! ? -1 : 0));
  const [thresholds, positives, negatives]: [number[], number[], number[]] = [[], [], []];
  let [positive, negative] = [0, 0];
  order.forEach((i, place) => {
    if (wanted[i] === 1) positive += weights[i]!;
    else negative += weights[i]!;
    const next = order[place + 1];
    if (next !== undefined && values[next] === values[i]) return;
    thresholds.push(values[i]!);
    positives.push(positive);
    negatives.push(negative);
  });
  return { thresholds, positives, negatives };
}

/**
 * Computes the receiver operating characteristic: the true and false positive rates for every score as a threshold.
 *
 * @param labels - `[samples]`, 0 and 1, a tensor or a list
 * @param scores - `[samples]`, logits or probabilities of the positive class
 * @param options - `weights` of samples, `dropIntermediate` (true)
 * @returns the curve. The rates of a class without samples are NaN
 * @throws ShapeError for different lengths; ValueError for invalid labels, NaN or negative weights
 * @example
 * const { falsePositiveRate, truePositiveRate, area } = rocCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
 * falsePositiveRate; // => [0,0,0.5,0.5,1]
 * truePositiveRate; // => [0,0.5,0.5,1,1]
 * area; // => 0.75
 */
export function rocCurve(labels: Values, scores: Values, options: RocOptions = {}): RocCurve {
  checkOptions('rocCurve', options, { weights: anything, dropIntermediate: aBoolean });
  const { thresholds, positives, negatives } = sumsFromTop('rocCurve', labels, scores, options);
  const isCorner = (sums: readonly number[], i: number): boolean => sums[i + 1]! - sums[i]! !== sums[i]! - sums[i - 1]!;
  const last = thresholds.length - 1;
  const kept = [...thresholds.keys()].filter(
    (i) =>
      options.dropIntermediate === false || i === 0 || i === last || isCorner(positives, i) || isCorner(negatives, i),
  );
  const rates = (sums: readonly number[]): number[] => {
    const all = sums.at(-1) || NaN;
    return [0, ...kept.map((i) => sums[i]!)].map((sum) => sum / all);
  };
  return {
    falsePositiveRate: rates(negatives),
    truePositiveRate: rates(positives),
    thresholds: [Infinity, ...kept.map((i) => thresholds[i]!)],
    area: areaOf(positives, negatives),
  };
}

function areaOf(positives: readonly number[], negatives: readonly number[]): number {
  let area = 0;
  for (let i = 0; i < positives.length; i++)
    area += ((negatives[i]! - (negatives[i - 1] ?? 0)) * (positives[i]! + (positives[i - 1] ?? 0))) / 2;
  return area / ((positives.at(-1) ?? NaN) * (negatives.at(-1) ?? NaN));
}
