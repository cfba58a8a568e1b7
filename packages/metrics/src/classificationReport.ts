import { aString, type Check, checkOptions, integerFrom, listOf, positive, refuse } from '@chainrule/errors/check';
import { total } from './classCounts.ts';
import {
  accuracyOf,
  specificityOf,
  type Average,
  averaged,
  fScoreOf,
  type Hits,
  hitsOf,
  precisionOf,
  recallOf,
  supportOf,
} from './hits.ts';

/** Options of {@link classificationReport}. */
export interface ReportOptions {
  /** The name of each class. Default: its number. */
  readonly names?: readonly string[];
  /** The weight of recall relative to precision in the F-score. Default 1. */
  readonly beta?: number;
  /** The number of decimals in the text. Default 2. */
  readonly digits?: number;
}

/** The scores of a class, or averages of them. */
export interface ClassScores {
  readonly precision: number;
  readonly recall: number;
  readonly fScore: number;
  /** The share of samples of other classes that are not predicted as this one: TN / (TN + FP). The sensitivity is `recall`. */
  readonly specificity: number;
  /** The share of samples that are rightly in or out of the class: (TP + TN) / all. */
  readonly accuracy: number;
  /** The number of labels, or the sum of their weights. */
  readonly support: number;
}

/** The result of {@link classificationReport}. */
export interface ClassificationReport extends Readonly<Record<Average, ClassScores>> {
  readonly classes: readonly (ClassScores & { readonly name: string })[];
  /** The share of all samples with the right class. */
  readonly accuracy: number;
  /** The report as a table, in the format of scikit-learn. */
  toString(): string;
}

const names = /* @__PURE__ */ listOf('a list of strings', aString);
const aMatrix: Check = (op, name, value) => {
  const isRow = (row: unknown): boolean =>
    Array.isArray(row) && row.length === (value as unknown[]).length && row.every((n) => Number.isFinite(n) && n >= 0);
  if (!Array.isArray(value) || value.length < 2 || !value.every(isRow))
    refuse(op, name, 'a square matrix of counts', value, 'pass `matrix()` of a `confusionMatrix`');
};

/**
 * The precision, recall (sensitivity), F-score, specificity, accuracy and support of each class, and their averages, from the counts `[label][prediction]` of a
 * {@link confusionMatrix}. A score whose divisor is 0 is 0.
 *
 * @param options - `names` of the classes, `beta` (1), `digits` (2) of the text
 * @throws OptionError if the counts are not a square matrix, or the number of names is wrong
 * @example
 * const report = classificationReport([[2, 1], [0, 3]], { names: ['cat', 'dog'] });
 * report.classes[1].precision; // => 0.75
 * report.classes[1].specificity.toFixed(4); // => 0.6667
 * report.macro.recall.toFixed(4); // => 0.8333
 * String(report).split('\n')[2]; // => '         cat       1.00      0.67      0.80         3'
 */
export function classificationReport(
  matrix: readonly (readonly number[])[],
  options: ReportOptions = {},
): ClassificationReport {
  aMatrix('classificationReport', 'matrix', matrix);
  checkOptions('classificationReport', options, { names, beta: positive, digits: integerFrom(0) });
  const { beta = 1, digits = 2 } = options;
  const each = hitsOf(matrix);
  const named = options.names ?? each.map((_, k) => String(k));
  if (named.length !== each.length) refuse('classificationReport', 'names', `a list of ${each.length} names`, named);
  const f = (hits: Hits): number => fScoreOf(hits, beta);
  const support = total(each.map(supportOf));
  const average = (kind: Average): ClassScores => ({
    precision: averaged(each, precisionOf, kind),
    recall: averaged(each, recallOf, kind),
    fScore: averaged(each, f, kind),
    specificity: averaged(each, specificityOf, kind),
    accuracy: averaged(each, accuracyOf, kind),
    support,
  });
  const report = {
    classes: each.map((hits, k) => ({
      name: named[k]!,
      precision: precisionOf(hits),
      recall: recallOf(hits),
      fScore: f(hits),
      specificity: specificityOf(hits),
      accuracy: accuracyOf(hits),
      support: supportOf(hits),
    })),
    accuracy: total(each.map((hits) => hits.right)) / support,
    macro: average('macro'),
    micro: average('micro'),
    weighted: average('weighted'),
  };
  return { ...report, toString: () => tableOf(report, beta, digits) };
}

function tableOf(report: Omit<ClassificationReport, 'toString'>, beta: number, digits: number): string {
  const { classes, accuracy, macro, weighted } = report;
  const width = classes.reduce((most, { name }) => Math.max(most, name.length), 'weighted avg'.length);
  const line = (name: string, ...cells: readonly string[]): string =>
    `${name.padStart(width)} ${cells.map((cell) => ` ${cell.padStart(9)}`).join('')}`;
  const scores = (name: string, { precision, recall, fScore, support }: ClassScores): string =>
    line(name, ...[precision, recall, fScore].map((score) => score.toFixed(digits)), String(support));
  return [
    line('', 'precision', 'recall', `f${beta}-score`, 'support'),
    '',
    ...classes.map((scored) => scores(scored.name, scored)),
    '',
    line('accuracy', '', '', accuracy.toFixed(digits), String(macro.support)),
    scores('macro avg', macro),
    scores('weighted avg', weighted),
  ].join('\n');
}
