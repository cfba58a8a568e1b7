import { OptionError, ShapeError, showShape, showValue } from '@chainrule/errors';
import { aNumber, checkOptions } from '@chainrule/errors/check';
import { aTensor, RandomSource, type Tensor } from '@chainrule/tensor';
import { type Tree, treeMap } from '@chainrule/tensor/graph';
import { aSeed } from '@chainrule/tensor/graph';
import { countRows, takeRows } from '../dataset/rows.ts';
import type { Batch, Row } from '../dataset/types.ts';

/** Options of {@link trainTestSplit}. */
export interface TrainTestSplitOptions {
  /** The share of rows for testing, between 0 and 1. */
  readonly testSize: number;
  /** The seed, an integer; the same seed gives the same split. */
  readonly seed: number;
  /** Labels `[rows]`. Both parts get the same proportion of each label. */
  readonly stratify?: Tensor;
}

/**
 * Splits rows at random into training and test data.
 *
 * @param tensors - tensors that share their first axis, in nested arrays and plain objects
 * @returns both parts, with the structure of `tensors` and rows in random order
 * @throws OptionError if a part would have no rows
 * @throws ShapeError if the tensors or `stratify` differ in their number of rows
 * @example
 * const { train, test } = trainTestSplit({ x: zeros([10, 2]), y: arange(10) }, { testSize: 0.2, seed: 1 });
 * [train.x.shape, test.y.shape]; // => [[8,2],[2]]
 */
export function trainTestSplit<const T extends Tree>(
  tensors: T,
  options: TrainTestSplitOptions,
): { train: Batch<Row<T>>; test: Batch<Row<T>> } {
  checkOptions('trainTestSplit', options, { testSize: aNumber, seed: aSeed, stratify: aTensor }, 'testSize', 'seed');
  const { testSize, seed, stratify } = options;
  const rows = countRows('trainTestSplit', tensors);
  const count = Math.round(rows * testSize);
  if (!(testSize > 0 && testSize < 1) || count === 0 || count === rows) {
    throw new OptionError(
      `trainTestSplit: \`testSize\` must leave at least one of ${rows} rows for each part, got ${showValue(testSize)}`,
    );
  }
  if (stratify && (stratify.rank !== 1 || stratify.size !== rows)) {
    throw new ShapeError(`trainTestSplit: \`stratify\` must have shape [${rows}], got ${showShape(stratify.shape)}`);
  }
  const order = new RandomSource(seed, 'split', 0).permutation(rows);
  const isTest = new Uint8Array(rows);
  for (const row of stratify ? drawn(order, stratify, count) : order.subarray(0, count)) isTest[row] = 1;
  const part = (which: number): never => {
    const chosen = order.filter((row) => isTest[row] === which);
    return treeMap(tensors, (leaf) => takeRows(leaf as Tensor, chosen)) as never;
  };
  return { train: part(0), test: part(1) };
}

/** The first rows of each label in order, in proportion to `count`. The largest remainders get the rows that rounding leaves over. */
function drawn(order: Int32Array, labels: Tensor, count: number): number[] {
  const values = labels['~values'];
  const groups = new Map<number, number[]>();
  for (const row of order) {
    const group = groups.get(values[row]!);
    if (group) group.push(row);
    else groups.set(values[row]!, [row]);
  }
  const shares = [...groups.values()].map((group) => ({ group, exact: (group.length * count) / order.length }));
  let left = count - shares.reduce((sum, { exact }) => sum + Math.floor(exact), 0);
  const remainder = (exact: number): number => exact - Math.floor(exact);
  shares.sort((a, b) => remainder(b.exact) - remainder(a.exact));
  return shares.flatMap(({ group, exact }) => group.slice(0, Math.floor(exact) + (left-- > 0 ? 1 : 0)));
}
