import { checkOptions, integerFrom } from '@chainrule/errors/check';
import { arange, argmax, map, reshape, scalar as e, type Tensor } from '@chainrule/tensor';
import { scatterAddNode } from '@chainrule/tensor/graph';
import { checkClasses } from './checks.ts';
import { type Metric, positionWeights, streaming } from './metric.ts';

/** The metric of {@link confusionMatrix}. */
export interface ConfusionMatrix extends Metric {
  /** How often each class (column) was predicted for each label (row), or the sums of the weights. */
  matrix(): number[][];
  /** The accuracy: the share of the diagonal. */
  result(): number;
}

/**
 * Counts how often each class was predicted for each label.
 *
 * Predictions are `[…, classes]`; the largest is the predicted class. Labels are int32 of the same shape without the classes.
 *
 * @param options - `classes`: the number of classes
 * @throws OptionError for fewer than 2 classes; at `update`, ValueError for a label outside of the classes
 * @example
 * const confusion = confusionMatrix({ classes: 2 });
 * confusion.update(tensor([[1, 2], [4, 3], [0, 1]]), tensor([1, 1, 0], undefined, 'int32'));
 * confusion.matrix(); // => [[0,1],[1,1]]
 */
export function confusionMatrix(options: { readonly classes: number }): ConfusionMatrix {
  checkOptions('confusionMatrix', options, { classes: integerFrom(2) }, 'classes');
  const { classes } = options;
  const metric = classCounting('confusionMatrix', classes, (counts) => {
    const diagonal = counts.filter((_, i) => i % (classes + 1) === 0);
    return total(diagonal) / total(counts);
  });
  return { ...metric, matrix: () => rowsOf([...metric.variables[0]!.value.data], classes) };
}

/** Makes a metric of the counts `[label, prediction]`, given row by row to `result`. */
export function classCounting(name: string, classes: number, result: (counts: readonly number[]) => number): Metric {
  return streaming({
    name,
    sums: { counts: [classes, classes] },
    next([counts], predictions, labels, weights) {
      checkClasses(name, predictions, labels, classes);
      return [
        addPairs(counts!, labels, argmax(predictions, { axis: -1 }), positionWeights(name, labels.shape, weights)),
      ];
    },
    result,
  });
}

/**
 * Adds weights to a matrix of counts at the given rows and columns.
 *
 * @param counts - `[n, n]`, float64
 * @param rows - int32, any shape, from 0 to n − 1 except where the weight is 0
 * @param columns - the same
 */
export function addPairs(counts: Tensor, rows: Tensor, columns: Tensor, weights: Tensor): Tensor {
  const n = counts.shape[0]!;
  const places = map((row, w) => e.select(e.eq(w, 0), 0, row), [rows, weights]);
  const perRow = (x: Tensor): Tensor => reshape(x, [x.size, 1]);
  const oneHot = map(
    (column, k, w) => e.select(e.eq(column, k), w, 0),
    [perRow(columns), arange(n, 'int32'), perRow(weights)],
  );
  return scatterAddNode(counts, reshape(places, [places.size]), oneHot, 0, false, true);
}

export function rowsOf(counts: readonly number[], n: number): number[][] {
  return Array.from({ length: n }, (_, i) => counts.slice(i * n, (i + 1) * n));
}

export function total(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
