import { columnTotals, ratio, total } from './classCounts.ts';

/** How to average the scores of classes. */
export type Average = 'macro' | 'micro' | 'weighted';

/** True positives, false positives, false negatives and true negatives of a class. */
export interface Hits {
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
  readonly others: number;
}

export function hitsOf(counts: readonly (readonly number[])[]): Hits[] {
  const predicted = columnTotals(counts);
  const all = total(predicted);
  return counts.map((row, k) => {
    const [right, labeled] = [row[k]!, total(row)];
    const others = all - predicted[k]! - labeled + right;
    return { right, wrong: predicted[k]! - right, missed: labeled - right, others };
  });
}

export const precisionOf = ({ right, wrong }: Hits): number => ratio(right, right + wrong);
export const recallOf = ({ right, missed }: Hits): number => ratio(right, right + missed);
export const specificityOf = ({ wrong, others }: Hits): number => ratio(others, others + wrong);
export const accuracyOf = ({ right, wrong, missed, others }: Hits): number =>
  ratio(right + others, right + wrong + missed + others);
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
    return score({ right: sum('right'), wrong: sum('wrong'), missed: sum('missed'), others: sum('others') });
  }
  const weights = each.map((hits) => (average === 'macro' ? 1 : supportOf(hits)));
  return ratio(total(each.map((hits, k) => weights[k]! * score(hits))), total(weights));
}
