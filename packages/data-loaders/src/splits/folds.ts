import { OptionError, ValueError } from '@chainrule/errors';
import { aCount, checkOptions, integerFrom } from '@chainrule/errors/check';
import { RandomSource } from '@chainrule/tensor';
import { aSeed } from '@chainrule/tensor/graph';
import { type Labels, labelsOf, placesOf } from './labels.ts';

/** The indices of training and test rows, in ascending order. */
export interface Fold {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Options of {@link kFold} and {@link stratifiedKFold}. */
export interface FoldOptions {
  /** The number of folds. Default 5. */
  readonly folds?: number;
  /** The seed for shuffling the rows first. By default each fold is a contiguous run of rows. */
  readonly seed?: number;
}

/** Options of {@link timeSeriesSplit}. */
export interface TimeSeriesOptions {
  /** The number of folds. Default 5. */
  readonly folds?: number;
  /** The number of test rows. Default: rows / (folds + 1), rounded down. */
  readonly testSize?: number;
  /** The maximum number of training rows: the last ones before the test rows. Default: all. */
  readonly maxTrainSize?: number;
  /** The number of rows to skip between training and test rows. Default 0. */
  readonly gap?: number;
}

const atLeastTwo = /* @__PURE__ */ integerFrom(2);
const foldChecks = { folds: atLeastTwo, seed: aSeed };

/**
 * Splits rows into folds of nearly equal size. Each fold has its own test rows, and trains on all others.
 *
 * @param rows - the number of rows
 * @param options - `folds` (5), `seed` to shuffle
 * @throws OptionError for more folds than rows, or fewer than 2 folds
 * @example
 * kFold(5, { folds: 2 }).map(({ test }) => [...test]); // => [[0,1,2],[3,4]]
 */
export function kFold(rows: number, options: FoldOptions = {}): Fold[] {
  integerFrom(0)('kFold', 'rows', rows);
  checkOptions('kFold', options, foldChecks);
  const { folds = 5, seed } = options;
  const order =
    seed === undefined
      ? Int32Array.from({ length: rows }, (_, i) => i)
      : new RandomSource(seed, 'split', 2).permutation(rows);
  const foldOf = new Int32Array(rows);
  sizesOf('kFold', 'rows', rows, folds)
    .flatMap((size, fold) => Array<number>(size).fill(fold))
    .forEach((fold, place) => (foldOf[order[place]!] = fold));
  return foldsOf(foldOf, folds);
}

/** Sizes that differ by at most 1, the larger ones first. */
function sizesOf(op: string, name: string, count: number, folds: number): number[] {
  if (folds > count)
    throw new OptionError(`${op}: \`folds\` must be at most the number of ${name}, ${count}, got ${folds}`);
  return Array.from({ length: folds }, (_, fold) => Math.floor(count / folds) + Number(fold < count % folds));
}

function foldsOf(foldOf: ArrayLike<number>, folds: number): Fold[] {
  const rows = Int32Array.from(foldOf, (_, i) => i);
  return Array.from({ length: folds }, (_, fold) => ({
    train: rows.filter((row) => foldOf[row] !== fold),
    test: rows.filter((row) => foldOf[row] === fold),
  }));
}

/**
 * Splits rows into folds with nearly the same proportion of each label.
 *
 * @param labels - the label of each row: a tensor `[rows]`, or a list of numbers or strings
 * @param options - `folds` (5), `seed` to shuffle the rows of each label
 * @throws OptionError for more folds than the most frequent label has rows, or fewer than 2 folds
 * @example
 * stratifiedKFold([0, 0, 0, 0, 1, 1], { folds: 2 }).map(({ test }) => [...test]); // => [[0,1,4],[2,3,5]]
 */
export function stratifiedKFold(labels: Labels, options: FoldOptions = {}): Fold[] {
  const name = 'stratifiedKFold';
  const values = labelsOf(name, 'labels', labels);
  checkOptions(name, options, foldChecks);
  const { folds = 5, seed } = options;
  const places = [...placesOf(values).values()];
  const most = Math.max(0, ...places.map(({ length }) => length));
  if (folds > most)
    throw new OptionError(
      `${name}: \`folds\` must be at most the rows of the most frequent label, ${most}, got ${folds}`,
    );
  // Deals the sorted labels to the folds like cards: fold f gets positions f, f + folds, ….
  const dealt = places.flatMap((rows, label) => rows.map(() => label));
  const foldOf = new Int32Array(values.length);
  places.forEach((rows, label) => {
    const order = seed === undefined ? undefined : new RandomSource(seed, 'split', 3 + label).permutation(rows.length);
    const counts = Array<number>(folds).fill(0);
    dealt.forEach((other, place) => (counts[place % folds]! += Number(other === label)));
    counts
      .flatMap((count, fold) => Array<number>(count).fill(fold))
      .forEach((fold, i) => (foldOf[rows[order?.[i] ?? i]!] = fold));
  });
  return foldsOf(foldOf, folds);
}

/**
 * Splits rows into folds of nearly equal size that keep the rows of each group together. Places the largest groups first, each
 * into the fold with the fewest rows.
 *
 * @param groups - the group of each row, such as a patient: a tensor `[rows]`, or a list of numbers or strings
 * @param options - `folds` (5)
 * @throws OptionError for more folds than groups, or fewer than 2 folds
 * @example
 * groupKFold(['a', 'a', 'b', 'c', 'a'], { folds: 2 }).map(({ test }) => [...test]); // => [[0,1,4],[2,3]]
 */
export function groupKFold(groups: Labels, options: Omit<FoldOptions, 'seed'> = {}): Fold[] {
  const name = 'groupKFold';
  const values = labelsOf(name, 'groups', groups);
  checkOptions(name, options, { folds: atLeastTwo });
  const { folds = 5 } = options;
  const places = [...placesOf(values).values()];
  sizesOf(name, 'groups', places.length, folds);
  const sizes = Array<number>(folds).fill(0);
  const foldOf = new Int32Array(values.length);
  for (const rows of places.sort((a, b) => b.length - a.length)) {
    const fold = sizes.indexOf(sizes.reduce((a, b) => Math.min(a, b)));
    sizes[fold]! += rows.length;
    rows.forEach((row) => (foldOf[row] = fold));
  }
  return foldsOf(foldOf, folds);
}

/**
 * Splits rows in the order of time: each fold tests rows after those on which it trains.
 *
 * @param rows - the number of rows
 * @param options - `folds` (5), `testSize`, `maxTrainSize`, `gap` (0)
 * @throws OptionError for too many folds or test rows; ValueError if a fold would have no training rows
 * @example
 * timeSeriesSplit(6, { folds: 2 }).map(({ train, test }) => [[...train], [...test]]); // => [[[0,1],[2,3]],[[0,1,2,3],[4,5]]]
 */
export function timeSeriesSplit(rows: number, options: TimeSeriesOptions = {}): Fold[] {
  const name = 'timeSeriesSplit';
  integerFrom(0)(name, 'rows', rows);
  checkOptions(name, options, { folds: atLeastTwo, testSize: aCount, maxTrainSize: aCount, gap: integerFrom(0) });
  const { folds = 5, gap = 0, maxTrainSize = Infinity } = options;
  if (folds + 1 > rows) throw new OptionError(`${name}: \`folds\` must be fewer than the rows, ${rows}, got ${folds}`);
  const testSize = options.testSize ?? Math.floor(rows / (folds + 1));
  const first = rows - folds * testSize - gap;
  if (first <= 0)
    throw new ValueError(
      `${name}: \`rows\` must be more than \`folds\` · \`testSize\` + \`gap\`, ${folds * testSize + gap}, got ${rows}`,
    );
  const range = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, i) => from + i);
  return Array.from({ length: folds }, (_, fold) => {
    const start = rows - (folds - fold) * testSize;
    const end = start - gap;
    return { train: range(Math.max(0, end - maxTrainSize), end), test: range(start, start + testSize) };
  });
}
