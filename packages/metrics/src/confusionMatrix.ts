import { checkOptions, integerFrom, oneOf } from '@chainrule/errors/check';
import { columnTotals, counting, ratio, rowsOf, total } from './classCounts.ts';
import type { Metric } from './metric.ts';

/** Options of {@link ConfusionMatrix.matrix}. */
export interface MatrixOptions {
  /** What to divide each count by: the sum of its `'true'` label (row), of its `'predicted'` class (column), or of `'all'`. */
  readonly normalize?: 'true' | 'predicted' | 'all';
}

/** The metric of {@link confusionMatrix}. */
export interface ConfusionMatrix extends Metric {
  /** The number of predictions of each class (column) for each label (row), or the sums of their weights; with `normalize`, shares. */
  matrix(options?: MatrixOptions): number[][];
  /** The accuracy: the sum of the diagonal divided by the total. */
  result(): number;
}

/** What confusion matrices inherit; `@chainrule/visualize/notebook` gives it a display. */
const confusionMatrixPrototype: object = {};

/**
 * Counts the predictions of each class for each label.
 *
 * Predictions are `[…, classes]`, and the greatest is the predicted class; or int32, the predicted classes themselves. Labels
 * are int32, of the same shape without the class axis. With `normalize`, an empty row or column gives 0, as in scikit-learn.
 *
 * @param options - `classes`: the number of classes
 * @throws OptionError for fewer than 2 classes; ValueError, from `update`, for a label outside the classes
 * @example
 * const confusion = confusionMatrix({ classes: 2 });
 * confusion.update(tensor([[1, 2], [4, 3], [0, 1]]), tensor([1, 1, 0], undefined, 'int32'));
 * confusion.matrix(); // => [[0,1],[1,1]]
 * confusion.matrix({ normalize: 'true' }); // => [[0,1],[0.5,0.5]]
 */
export function confusionMatrix(options: { readonly classes: number }): ConfusionMatrix {
  checkOptions('confusionMatrix', options, { classes: integerFrom(2) }, 'classes');
  const { classes } = options;
  const metric = counting(
    'confusionMatrix',
    { classes },
    (rows) => total(rows.map((row, k) => row[k]!)) / total(rows.flat()),
  );
  const confusion: ConfusionMatrix = {
    ...metric,
    matrix(given = {}) {
      checkOptions('matrix', given, { normalize: oneOf('true', 'predicted', 'all') });
      return normalized(rowsOf([...metric.variables[0]!.value.data], classes), given.normalize);
    },
  };
  return Object.setPrototypeOf(confusion, confusionMatrixPrototype) as ConfusionMatrix;
}

function normalized(rows: number[][], normalize: MatrixOptions['normalize']): number[][] {
  if (!normalize) return rows;
  const columns = columnTotals(rows);
  const all = total(columns);
  return rows.map((row) => {
    const inRow = total(row);
    return row.map((count, k) => ratio(count, { true: inRow, predicted: columns[k]!, all }[normalize]));
  });
}
