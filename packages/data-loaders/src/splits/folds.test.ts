import { arange, tensor, zeros } from '@chainrule/tensor';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Fold,
  groupKFold,
  kFold,
  stratifiedKFold,
  takeRows,
  timeSeriesSplit,
  trainTestSplit,
  trainValidationTestSplit,
} from '../index.ts';

/** Checks that every row is a test row of one fold and a training row of all others. */
function coversAll(folds: readonly Fold[], rows: number): void {
  const all = [...Array(rows).keys()];
  expect(folds.flatMap(({ test: held }) => [...held]).sort((a, b) => a - b)).toEqual(all);
  for (const { train, test: held } of folds) expect([...train, ...held].sort((a, b) => a - b)).toEqual(all);
}

const labels = fc.array(fc.nat(2), { minLength: 6, maxLength: 40 });

test('folds cover all rows, shuffled or not, in nearly equal sizes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 60 }),
      fc.integer({ min: 2, max: 9 }),
      fc.option(fc.integer()),
      (rows, k, seed) => {
        fc.pre(k <= rows);
        const folds = kFold(rows, { folds: k, ...(seed === null ? {} : { seed }) });
        coversAll(folds, rows);
        for (const { test: held } of folds) expect(Math.abs(held.length - rows / k)).toBeLessThan(1);
      },
    ),
  );
  const shuffled = (seed: number): number[][] => kFold(20, { folds: 2, seed }).map(({ test: held }) => [...held]);
  expect(shuffled(1)).toEqual(shuffled(1));
  expect(shuffled(1)).not.toEqual(shuffled(2));
});

test('stratified folds have the same proportion of each label', () => {
  fc.assert(
    fc.property(labels, fc.option(fc.integer()), (y, seed) => {
      const folds = stratifiedKFold(y.map(String), { folds: 2, ...(seed === null ? {} : { seed }) });
      coversAll(folds, y.length);
      for (const label of new Set(y)) {
        const count = (rows: Iterable<number>): number => [...rows].filter((row) => y[row] === label).length;
        for (const { test: held } of folds) expect(Math.abs(count(held) - count(y.keys()) / 2)).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('groups stay together', () => {
  fc.assert(
    fc.property(labels, (groups) => {
      fc.pre(new Set(groups).size === 3);
      const folds = groupKFold(groups, { folds: 3 });
      coversAll(folds, groups.length);
      for (const { train, test: held } of folds)
        expect([...held].filter((row) => [...train].some((other) => groups[other] === groups[row]))).toEqual([]);
    }),
  );
});

describe('trainValidationTestSplit', () => {
  test('puts each row into one part; the test rows are those of trainTestSplit', () => {
    const sizes = { testSize: 0.2, validationSize: 0.1, seed: 3 };
    const { train, validation, test: held } = trainValidationTestSplit({ x: arange(30) }, sizes);
    expect([train, validation, held].map(({ x }) => x.size)).toEqual([21, 3, 6]);
    expect([train, validation, held].flatMap(({ x }) => [...x.data]).sort((a, b) => a - b)).toEqual([
      ...Array(30).keys(),
    ]);
    const two = trainTestSplit(arange(30), { testSize: 0.2, seed: 3 });
    expect([...two.test.data]).toEqual([...held.x.data]);
  });

  test('stratifies by names', () => {
    const stratify = Array.from({ length: 40 }, (_, i) => (i % 4 ? 'often' : 'rare'));
    const parts = trainValidationTestSplit(arange(40), { testSize: 0.2, validationSize: 0.3, seed: 1, stratify });
    for (const part of Object.values(parts))
      expect([...part.data].filter((row) => stratify[row] === 'rare').length).toBe(part.size / 4);
  });

  test('keeps groups together, for shares of the groups', () => {
    const groups = Array.from({ length: 50 }, (_, i) => `patient ${i % 10}`);
    const parts = trainValidationTestSplit(arange(50), { testSize: 0.2, validationSize: 0.3, seed: 1, groups });
    const found = Object.values(parts).map((part) => new Set([...part.data].map((row) => groups[row])));
    expect(found.map((each) => each.size)).toEqual([5, 3, 2]);
    expect(new Set(found.flatMap((each) => [...each])).size).toBe(10);
  });
});

test('takeRows accepts repeated rows and no rows', () => {
  const x = tensor([[1, 2], [3, 4]]); // prettier-ignore
  expect(takeRows([x], [1, 1])[0].toArray()).toEqual([[3, 4], [3, 4]]); // prettier-ignore
  expect(takeRows({ x }, new Int32Array()).x.shape).toEqual([0, 2]);
});

test('errors name the mistake', () => {
  expect(() => kFold(3)).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: kFold: \`folds\` must be at most the number of rows, 3, got 5]`,
  );
  expect(() => kFold(3, { folds: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: kFold: \`folds\` must be an integer of at least 2, got 1]`,
  );
  expect(() => stratifiedKFold([0, 0, 1], { folds: 3 })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: stratifiedKFold: \`folds\` must be at most the rows of the most frequent label, 2, got 3]`,
  );
  expect(() => stratifiedKFold(zeros([2, 2]))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: stratifiedKFold: \`labels\` must have shape [rows], got [2,2]]`,
  );
  expect(() => groupKFold([0, 0, 1], { folds: 3 })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: groupKFold: \`folds\` must be at most the number of groups, 2, got 3]`,
  );
  expect(() => groupKFold([0, null] as never)).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: groupKFold: \`groups[1]\` must be a number or a string, got null]`,
  );
  expect(() => timeSeriesSplit(5)).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: timeSeriesSplit: \`folds\` must be fewer than the rows, 5, got 5]`,
  );
  expect(() => timeSeriesSplit(9, { folds: 3, testSize: 3 })).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: timeSeriesSplit: \`rows\` must be more than \`folds\` · \`testSize\` + \`gap\`, 9, got 9]`,
  );
  expect(() => takeRows(zeros([2]), [2])).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: takeRows: \`rows\` must be integers in [0, 2), got 2 at 0]`,
  );
  const groups = [0, 0, 1];
  expect(() =>
    trainTestSplit(zeros([3]), { testSize: 0.5, seed: 1, groups, stratify: groups }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: trainTestSplit: \`groups\` must be left out where \`stratify\` is given, got both]`,
  );
  expect(() => trainTestSplit(zeros([3]), { testSize: 0.2, seed: 1, groups })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: trainTestSplit: \`testSize\` must leave at least one of 2 groups for each part, got 0.2]`,
  );
  expect(() =>
    trainValidationTestSplit(zeros([4]), { testSize: 0.5, validationSize: 0.5, seed: 1 }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: trainValidationTestSplit: \`validationSize\` must leave at least one of 4 rows for each part, got 0.5]`,
  );
});
