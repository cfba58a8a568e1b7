import { ValueError } from '@chainrule/errors';
import { anything, type Check, checkOptions, positive, refuse } from '@chainrule/errors/check';
import { rocCurve, type Values } from '@chainrule/metrics';
import { isTensor } from '@chainrule/tensor';

/** How many samples are predicted and labeled in each way, or the sums of their weights. */
export interface Counts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

/** Options of {@link chooseThreshold}. */
export interface ThresholdOptions {
  /** What to maximize: a score by name, or a function of the counts, such as the negative costs. Default 'fScore'. */
  readonly maximize?: 'accuracy' | 'balancedAccuracy' | 'fScore' | ((counts: Counts) => number);
  /** The weight of recall relative to precision in 'fScore'. Default 1. */
  readonly beta?: number;
  /** A weight for each sample. Default 1. */
  readonly weights?: Values;
}

/** The result of {@link chooseThreshold}. */
export interface Threshold {
  /** Predict a yes for scores above it. It lies between two scores; Infinity and −Infinity mean never and always. */
  readonly threshold: number;
  /** The greatest value of what was maximized. */
  readonly score: number;
}

const scores: Check = (op, name, value) => {
  if (typeof value !== 'function' && !['accuracy', 'balancedAccuracy', 'fScore'].includes(value as string))
    refuse(op, name, '"accuracy", "balancedAccuracy", "fScore" or a function', value);
};

/**
 * The decision threshold with the best score on validation data. Of several, it is the greatest.
 *
 * @param labels - `[samples]`, 0 and 1, a tensor or a list
 * @param scores - `[samples]`, logits or probabilities of a yes
 * @param options - `maximize` ('fScore'), `beta` (1), `weights`
 * @throws ShapeError for different lengths; ValueError without samples, for other labels, NaN or negative weights
 * @example
 * chooseThreshold([0, 0, 1, 0, 1], [0.125, 0.25, 0.5, 0.625, 0.875]).threshold; // => 0.375
 * const costs = ({ falsePositives, falseNegatives }) => -(5 * falsePositives + falseNegatives);
 * chooseThreshold([0, 0, 1, 0, 1], [0.125, 0.25, 0.5, 0.625, 0.875], { maximize: costs }); // => {"threshold":0.75,"score":-1}
 */
export function chooseThreshold(labels: Values, values: Values, options: ThresholdOptions = {}): Threshold {
  const name = 'chooseThreshold';
  checkOptions(name, options, { maximize: scores, beta: positive, weights: anything });
  const { maximize = 'fScore', beta = 1, weights } = options;
  const curve = rocCurve(labels, values, { dropIntermediate: false, ...(weights && { weights }) });
  const { thresholds } = curve;
  if (thresholds.length === 1) throw new ValueError(`${name}: \`labels\` must hold a label, got none`);
  const [positives, negatives] = totals(labels, weights);
  const rate = (rates: readonly number[], i: number): number => (Number.isNaN(rates[i]!) ? 0 : rates[i]!);
  const countsAt = (i: number): Counts => {
    const truePositives = rate(curve.truePositiveRate, i) * positives;
    const falsePositives = rate(curve.falsePositiveRate, i) * negatives;
    return {
      truePositives,
      falsePositives,
      falseNegatives: positives - truePositives,
      trueNegatives: negatives - falsePositives,
    };
  };
  const measure = typeof maximize === 'function' ? maximize : (counts: Counts) => measures[maximize](counts, beta);
  let best = { place: 0, score: measure(countsAt(0)) };
  for (let i = 1; i < thresholds.length; i++) {
    const score = measure(countsAt(i));
    if (score > best.score || Number.isNaN(best.score)) best = { place: i, score };
  }
  return { threshold: between(thresholds, best.place), score: best.score };
}

/** A number below a threshold, and not below the next one. */
function between(thresholds: readonly number[], place: number): number {
  if (place === 0) return Infinity;
  const [upper, lower] = [thresholds[place]!, thresholds[place + 1] ?? -Infinity];
  const middle = lower + (upper - lower) / 2;
  return middle < upper ? middle : lower;
}

function totals(labels: Values, weights: Values | undefined): readonly [positives: number, negatives: number] {
  const [wanted, each] = [labels, weights].map((given) => given && Array.from(isTensor(given) ? given.data : given));
  const sums = [0, 0];
  wanted!.forEach((label, i) => (sums[label]! += each?.[i] ?? 1));
  return [sums[1]!, sums[0]!];
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const measures = {
  accuracy: ({ truePositives, trueNegatives, falsePositives, falseNegatives }: Counts) =>
    (truePositives + trueNegatives) / (truePositives + trueNegatives + falsePositives + falseNegatives),
  balancedAccuracy: ({ truePositives, trueNegatives, falsePositives, falseNegatives }: Counts) => {
    const rates = [
      [truePositives, falseNegatives],
      [trueNegatives, falsePositives],
    ].flatMap(([right, wrong]) => (right! + wrong! === 0 ? [] : [right! / (right! + wrong!)]));
    return rates.reduce((a, b) => a + b, 0) / rates.length;
  },
  fScore: ({ truePositives, falsePositives, falseNegatives }: Counts, beta: number) =>
    share(
      (1 + beta ** 2) * truePositives,
      (1 + beta ** 2) * truePositives + beta ** 2 * falseNegatives + falsePositives,
    ),
};
