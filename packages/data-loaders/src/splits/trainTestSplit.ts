import { OptionError, ShapeError, showValue } from '@chainrule/errors';
import { aNumber, anything, checkOptions, type Checks } from '@chainrule/errors/check';
import { RandomSource } from '@chainrule/tensor';
import { aSeed } from '@chainrule/tensor/graph';
import { countRows } from '../dataset/rows.ts';
import { type Labels, labelsOf, placesOf } from './labels.ts';
import { partOf, type SomeRows, type TensorsAndTables } from './parts.ts';

/** Options of {@link trainTestSplit}. */
export interface TrainTestSplitOptions {
  /** The share of rows for testing, between 0 and 1. */
  readonly testSize: number;
  /** The seed, an integer; the same seed gives the same split. */
  readonly seed: number;
  /** A label for each row. All parts get the same proportion of each label. */
  readonly stratify?: Labels;
  /** A group for each row, such as a patient. All rows of a group go to the same part. Sizes are then shares of the groups. */
  readonly groups?: Labels;
}

/** Options of {@link trainValidationTestSplit}. */
export interface TrainValidationTestSplitOptions extends TrainTestSplitOptions {
  /** The share of rows for validation, between 0 and 1. */
  readonly validationSize: number;
}

const splitChecks: Checks<TrainTestSplitOptions> = {
  testSize: aNumber,
  seed: aSeed,
  stratify: anything,
  groups: anything,
};

/**
 * Splits rows at random into training and test data.
 *
 * @param data - tensors that share their first axis, and tables with as many rows, in nested arrays and plain objects
 * @param options - `testSize`, `seed`, and `stratify` or `groups`
 * @returns both parts, with the structure of `data` and rows in random order
 * @throws OptionError if a part would have no rows
 * @throws ShapeError if the tensors, tables, `stratify` or `groups` differ in their number of rows
 * @example
 * const { train, test } = trainTestSplit({ x: zeros([10, 2]), y: arange(10) }, { testSize: 0.2, seed: 1 });
 * [train.x.shape, test.y.shape]; // => [[8,2],[2]]
 */
export function trainTestSplit<const T extends TensorsAndTables>(
  data: T,
  options: TrainTestSplitOptions,
): { train: SomeRows<T>; test: SomeRows<T> } {
  checkOptions('trainTestSplit', options, splitChecks, 'testSize', 'seed');
  const { testSize } = options;
  const [train, test] = split('trainTestSplit', data, { testSize }, options);
  return { train, test } as never;
}

/**
 * Splits rows at random into training, validation and test data. The test data are those of {@link trainTestSplit} with the same
 * options.
 *
 * @param data - tensors that share their first axis, and tables with as many rows, in nested arrays and plain objects
 * @param options - `validationSize`, `testSize`, `seed`, and `stratify` or `groups`
 * @returns all parts, with the structure of `data` and rows in random order
 * @throws OptionError if a part would have no rows
 * @throws ShapeError if the tensors, tables, `stratify` or `groups` differ in their number of rows
 * @example
 * const { train, validation, test } = trainValidationTestSplit(arange(10), { validationSize: 0.2, testSize: 0.1, seed: 1 });
 * [train.size, validation.size, test.size]; // => [7,2,1]
 */
export function trainValidationTestSplit<const T extends TensorsAndTables>(
  data: T,
  options: TrainValidationTestSplitOptions,
): { train: SomeRows<T>; validation: SomeRows<T>; test: SomeRows<T> } {
  checkOptions(
    'trainValidationTestSplit',
    options,
    { ...splitChecks, validationSize: aNumber },
    'validationSize',
    'testSize',
    'seed',
  );
  const { testSize, validationSize } = options;
  const [train, test, validation] = split('trainValidationTestSplit', data, { testSize, validationSize }, options);
  return { train, validation, test } as never;
}

/** The remaining rows, and the rows of each part. */
function split(
  op: string,
  data: TensorsAndTables,
  sizes: Readonly<Record<string, number>>,
  { seed, stratify, groups }: Pick<TrainTestSplitOptions, 'seed' | 'stratify' | 'groups'>,
): unknown[] {
  const rows = countRows(op, data, true);
  const order = new RandomSource(seed, 'split', 0).permutation(rows);
  if (stratify && groups)
    throw new OptionError(`${op}: \`groups\` must be left out where \`stratify\` is given, got both`);
  const partOfRow = groups
    ? partsOfGroups(op, ofRows(op, 'groups', groups, rows), sizes, seed)
    : assign(op, order, sizes, stratify && ofRows(op, 'stratify', stratify, rows));
  return [0, ...Object.keys(sizes).map((_, i) => i + 1)].map((part) =>
    partOf(
      data,
      order.filter((row) => partOfRow[row] === part),
    ),
  );
}

function ofRows(op: string, name: string, given: Labels, rows: number): readonly (number | string)[] {
  const values = labelsOf(op, name, given);
  if (values.length !== rows)
    throw new ShapeError(`${op}: \`${name}\` must have shape [${rows}], got [${values.length}]`);
  return values;
}

function partsOfGroups(
  op: string,
  groups: readonly (number | string)[],
  sizes: Readonly<Record<string, number>>,
  seed: number,
): Uint8Array {
  const places = [...placesOf(groups).values()];
  const partOfGroup = assign(
    op,
    new RandomSource(seed, 'split', 1).permutation(places.length),
    sizes,
    undefined,
    'groups',
  );
  const parts = new Uint8Array(groups.length);
  places.forEach((rows, group) => rows.forEach((row) => (parts[row] = partOfGroup[group]!)));
  return parts;
}

/** The part of each item: 1, 2, … for the given sizes, and 0 for the remaining items. */
function assign(
  op: string,
  order: Int32Array,
  sizes: Readonly<Record<string, number>>,
  labels?: readonly (number | string)[],
  items = 'rows',
): Uint8Array {
  const parts = new Uint8Array(order.length);
  let left = order;
  Object.entries(sizes).forEach(([name, size], i) => {
    const count = Math.round(order.length * size);
    if (!(size > 0 && size < 1) || count === 0 || count >= left.length) {
      throw new OptionError(
        `${op}: \`${name}\` must leave at least one of ${order.length} ${items} for each part, got ${showValue(size)}`,
      );
    }
    for (const row of labels ? drawn(left, labels, count) : left.subarray(0, count)) parts[row] = i + 1;
    left = left.filter((row) => parts[row] === 0);
  });
  return parts;
}

/** The first rows of each label in order, in proportion to `count`. The largest remainders get the rows that rounding leaves over. */
function drawn(order: Int32Array, labels: readonly (number | string)[], count: number): number[] {
  const groups = placesOf([...order].map((row) => labels[row]!));
  const shares = [...groups.values()].map((group) => ({ group, exact: (group.length * count) / order.length }));
  let left = count - shares.reduce((sum, { exact }) => sum + Math.floor(exact), 0);
  const remainder = (exact: number): number => exact - Math.floor(exact);
  shares.sort((a, b) => remainder(b.exact) - remainder(a.exact));
  return shares.flatMap(({ group, exact }) =>
    group.slice(0, Math.floor(exact) + (left-- > 0 ? 1 : 0)).map((place) => order[place]!),
  );
}
