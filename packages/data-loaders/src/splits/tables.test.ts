import { tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  ColumnTable,
  columnTransformer,
  CsvTable,
  Dataset,
  kFold,
  readCsv,
  standardScaler,
  takeRows,
  trainTestSplit,
  trainValidationTestSplit,
} from '../index.ts';

const csv = readCsv('a,b\n0,x\n1,y\n2,x\n3,y\n4,?\n5,y', { na: ['?'] });
const columns = new ColumnTable({ a: Int32Array.of(0, 1, 2, 3, 4, 5), b: ['x', 'y', 'x', 'y', null, 'y'] });

describe.each([
  ['CsvTable', CsvTable, csv],
  ['ColumnTable', ColumnTable, columns],
] as const)('%s', (_, kind, table: CsvTable | ColumnTable) => {
  test('splits into tables of the same kind, with every row in one part', () => {
    const parts = Object.values(trainValidationTestSplit(table, { validationSize: 0.3, testSize: 0.3, seed: 1 }));
    expect(parts.map(({ size }) => size)).toEqual([2, 2, 2]);
    for (const part of parts) expect(part).toBeInstanceOf(kind);
    expect(parts.flatMap((part) => part.numbers('a')).sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('keeps its rows beside those of tensors', () => {
    const { train, test: held } = trainTestSplit({ table, y: tensor([0, 1, 2, 3, 4, 5]) }, { testSize: 0.5, seed: 2 });
    expect([train.table.numbers('a'), held.table.numbers('a')]).toEqual([train.y.toArray(), held.y.toArray()]);
  });

  test('gives the rows of folds, repeated rows, and none', () => {
    const [fold] = kFold(6, { folds: 3 });
    expect(takeRows(table, fold!.test).numbers('a')).toEqual([0, 1]);
    expect(takeRows(table, [5, 5, 0]).text('b')).toEqual(['y', 'y', 'x']);
    expect(takeRows(takeRows(table, [5, 3, 1]), [2]).numbers('a')).toEqual([1]);
    expect(takeRows(table, []).size).toBe(0);
    expect(takeRows(table, []).columns).toEqual(['a', 'b']);
  });

  test('fits preprocessors to the training rows only', () => {
    const rows = takeRows(table, [0, 2]);
    const fitted = columnTransformer(rows, [{ numbers: ['a'], steps: [standardScaler] }]);
    expect(fitted.transform(takeRows(table, [5])).toArray()).toEqual([[4]]);
  });

  test('refuses rows that it lacks, and tensors of other lengths', () => {
    for (const row of [6, -1, 0.5, NaN]) {
      expect(() => takeRows(table, [0, row])).toThrow(`takeRows: \`rows\` must be integers in [0, 6), got ${row} at 1`);
      expect(() => table.take([0, row])).toThrow(`take: \`rows\` must be integers in [0, 6), got ${row} at 1`);
    }
    expect(() => table.take('0' as never)).toThrow('take: `rows` must be a list of integers');
    expect(() => takeRows({ table, y: tensor([1]) }, [0])).toThrow(
      'takeRows: `y` must have 6 rows as `table` has, got shape [1]',
    );
    expect(() => trainTestSplit([tensor([1]), table] as const, { testSize: 0.5, seed: 1 })).toThrow(
      'trainTestSplit: `[1]` must have 1 rows as `[0]` has, got shape [6,2]',
    );
    expect(() => Dataset.fromTensors(table as never)).toThrow('must be a tensor, got');
  });
});

test('reports the row in the file after a split', () => {
  expect(() => takeRows(csv, [4, 0]).classes('b')).toThrow('row 6, column "b"');
});

test('types of parts', () => {
  expectTypeOf(takeRows(csv, [0])).toEqualTypeOf<CsvTable>();
  const { train } = trainTestSplit({ table: columns, y: tensor([0, 1, 2, 3, 4, 5]) }, { testSize: 0.5, seed: 1 });
  expectTypeOf(train).toEqualTypeOf<{ readonly table: ColumnTable; readonly y: Tensor<[number], 'float32'> }>();
});
