import { columnTotals, ratio, total } from './classCounts.ts';

/** How to average the scores of classes. */
export type Average = 'macro' | 'micro' | 'weighted';

/** True positives, false positives and false negatives of a class. */
export interface Hits {
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
}

export function hitsOf(counts: readonly (readonly number[])[]): Hits[] {
  const predicted = columnTotals(counts);
  return counts.map((row, k) => ({ right: row[k]!, wrong: predicted[k]! - row[k]!, missed: total(row) - row[k]! }));
}

export const precisionOf = ({ right, wrong }: Hits): number => ratio(right, right + wrong);
export const recallOf = ({ right, missed }: Hits): number => ratio(right, right + missed);
export function fScoreOf({ right, wrong, missed }: Hits, beta: number): number {
  const b = beta * beta;
  return ratio((1 + b) * right, (1 + b) * right + b * missed + wrong);
}
/** The number of labels of a class. */
export const supportOf = ({ right, missed }: Hits): number => right + missed;

/** Averages a score over classes. */
export function averaged(each: readonly Hits[], score: (hits: Hits) => number, average: Average): number {
  if (average === 'micro') {
    const sum = (part: keyof Hits): number => total(each.map((hits) => hits[part]));
    return score({ right: sum('right'), wrong: sum('wrong'), missed: sum('missed') });
  }
  const weights = each.map((hits) => (average === 'macro' ? 1 : supportOf(hits)));
  return ratio(total(each.map((hits, k) => weights[k]! * score(hits))), total(weights));
}
