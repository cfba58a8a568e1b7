import { argmax, eye, isFloat, map, reshape, scalar as e, type Tensor } from '@chainrule/tensor';
import { alignTargets, aTensor, checkLabels, gatherNode, scatterAddNode } from '@chainrule/tensor/graph';
import type { BinaryOptions } from './binaryAccuracy.ts';
import { checkClasses, kindOf, thresholdOf } from './checks.ts';
import { type Metric, positionWeights, streaming } from './metric.ts';
import { nanOf, nanOfRows } from './nanPredictions.ts';

/** Options of metrics of a confusion matrix, either binary or with classes. */
export type CountOptions = (BinaryOptions & { readonly classes?: undefined }) | { readonly classes: number };

/** Makes a metric from the counts `[label][prediction]`. It is NaN without counts, and after a NaN among the predictions. */
export function counting(
  name: string,
  options: CountOptions,
  measure: (counts: readonly (readonly number[])[]) => number,
): Metric {
  const result = (flat: readonly number[]): number =>
    total(flat) === 0 ? NaN : measure(rowsOf(flat, Math.sqrt(flat.length)));
  return options.classes === undefined
    ? binaryCounting(name, options, result)
    : classCounting(name, options.classes, result);
}

function classCounting(name: string, classes: number, result: (counts: readonly number[]) => number): Metric {
  return streaming({
    name,
    sums: { counts: [classes, classes] },
    next([counts], predictions, labels, weights) {
      const predicted = predictedClasses(name, predictions, labels, classes);
      const w = positionWeights(name, labels.shape, weights);
      return [
        addPairs(counts!, labels, predicted, isFloat(predictions.dtype) ? poisoned(w, nanOfRows(predictions)) : w),
      ];
    },
    result,
  });
}

/** The classes with the greatest predictions; or the predictions themselves, if they are int32 and have the shape of the labels. */
function predictedClasses(name: string, predictions: Tensor, labels: Tensor, classes: number): Tensor {
  aTensor(name, 'predictions', predictions);
  if (predictions.dtype === 'int32') {
    checkLabels(name, reshape(predictions, [...predictions.shape, 1]), labels);
    return predictions;
  }
  checkClasses(name, predictions, labels, classes);
  return argmax(predictions, { axis: -1 });
}

function binaryCounting(
  name: string,
  { threshold = 0.5, fromLogits = true }: BinaryOptions,
  result: (counts: readonly number[]) => number,
): Metric {
  const limit = thresholdOf(name, threshold, fromLogits);
  return streaming({
    name,
    predictions: kindOf(fromLogits),
    sums: { counts: [2, 2] },
    next([counts], predictions, targets, weights) {
      const aligned = alignTargets(name, predictions, targets);
      const above = (x: Tensor, from: number): Tensor => map((v) => e.cast(e.gt(v, from), 'int32'), [x]);
      const w = positionWeights(name, aligned.shape, weights);
      return [addPairs(counts!, above(aligned, 0.5), above(predictions, limit), poisoned(w, nanOf(predictions)))];
    },
    result,
  });
}

/** Weights that are NaN where `nan` is, so that the counts become NaN, except where the weight is 0. */
export function poisoned(weights: Tensor, nan: Tensor): Tensor {
  return map((w, n) => e.select(e.eq(w, 0), 0, e.add(w, e.cast(n, 'float64'))), [weights, nan]);
}

/**
 * Adds weights to a matrix of counts at given rows and columns.
 *
 * @param counts - `[n, n]`, float64
 * @param rows - int32, any shape, from 0 to n − 1 except where the weight is 0
 * @param columns - like `rows`
 */
function addPairs(counts: Tensor, rows: Tensor, columns: Tensor, weights: Tensor): Tensor {
  const n = counts.shape[0];
  const places = (x: Tensor): Tensor =>
    reshape(
      map((at, w) => e.select(e.eq(w, 0), 0, at), [x, weights]),
      [x.size],
    );
  const oneHot = map(
    (one, w) => e.mul(one, w),
    [gatherNode(eye(n, n, 0, 'float64'), places(columns), 0, true), reshape(weights, [weights.size, 1])],
  );
  return scatterAddNode(counts, places(rows), oneHot, 0, false, true);
}

export function rowsOf(counts: readonly number[], n: number): number[][] {
  return Array.from({ length: n }, (_, i) => counts.slice(i * n, (i + 1) * n));
}

export function total(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

/** The sums of the columns. */
export function columnTotals(rows: readonly (readonly number[])[]): number[] {
  return rows.map((_, k) => total(rows.map((row) => row[k]!)));
}

/** The quotient, or 0 if the divisor is 0. */
export function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
