import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createReadStream, openAsBlob, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import {
  ColumnTable,
  columnTransformer,
  csvTables,
  type CsvTablesOptions,
  Dataset,
  fromArrow,
  imputer,
  oneHotEncoder,
  readCsv,
} from '../index.ts';
import { parquetTables, readParquet } from '../index.parquet.ts';

type Value = number | string | boolean | null;
const golden = JSON.parse(
  readFileSync(new URL('../../testdata/tables.json', import.meta.url), 'utf8'),
  (_, value: unknown) => (value === 'NaN' ? NaN : value),
) as {
  readonly values: Readonly<Record<string, readonly Value[]>>;
  readonly files: Readonly<Record<string, string>>;
};
const bytesOf = (name: string): Uint8Array => Uint8Array.from(atob(golden.files[name]!), (char) => char.charCodeAt(0));
const filesOf = (kind: RegExp): string[] => Object.keys(golden.files).filter((name) => kind.test(name));

function checkTable(table: ColumnTable): void {
  const { values } = golden;
  expect(table.columns).toEqual(Object.keys(values));
  expect(table.size).toBe(5);
  for (const name of ['small', 'large', 'real', 'single', 'flag'])
    expect(table.numbers(name, { missing: -1 }), name).toEqual(
      values[name]!.map((value) => (value === null || Number.isNaN(value) ? -1 : Number(value))),
    );
  expect(table.text('text')).toEqual(values['text']!.map((value) => value ?? ''));
  expect(table.text('kind')).toEqual(values['kind']);
  expect(table.classes('kind').names).toEqual(['x', 'y', 'z']);
}

describe.each(filesOf(/^(?!nested|empty).*parquet$/))('%s', (name) => {
  test('has the values that PyArrow reads', async () => {
    const table = await readParquet(bytesOf(name));
    checkTable(table);
    expect(table.text('time')).toEqual(golden.values['time']!.map((value) => value ?? ''));
  });

  test('is read in row groups, from a Blob, and in the columns that are asked for', async () => {
    const tables: ColumnTable[] = [];
    const blob = new Blob([bytesOf(name) as Uint8Array<ArrayBuffer>]);
    for await (const table of parquetTables(blob, { columns: ['text', 'small'] })) tables.push(table);
    expect(tables.map((table) => [table.size, table.columns, table.numbers('small')])).toEqual([
      [3, ['text', 'small'], [1, -2, 3]],
      [2, ['text', 'small'], [4, 5]],
    ]);
  });
});

test.each(filesOf(/arrow$|feather$/))('%s has the values that PyArrow wrote', (name) => {
  const table = fromArrow(tableFromIPC(bytesOf(name)));
  checkTable(table);
  expect(table.select(['text', 'flag']).columns).toEqual(['text', 'flag']);
});

test('Parquet files that do not fit are refused', async () => {
  expect((await readParquet(bytesOf('empty.parquet'))).size).toBe(0);
  expect((await readParquet(bytesOf('nested.parquet'), { columns: ['a'] })).numbers('a')).toEqual([1]);
  await expect(readParquet(bytesOf('nested.parquet'))).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: readParquet: file: expected flat columns, got the nested column "list"]`,
  );
  await expect(readParquet(new Uint8Array(9), { name: 'x.parquet' })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: readParquet: x.parquet: parquet file invalid (footer != PAR1)]`,
  );
  await expect(readParquet(bytesOf('none.parquet'), { columns: ['b'] })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: readParquet: file: expected a column "b", got ["small","large","real","single","text","flag","time","kind"]]`,
  );
  await expect(readParquet('x' as never)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[OptionError: readParquet: \`file\` must be bytes or a Blob, got "x"; in Node, pass \`await openAsBlob(path)\`]`,
  );
  const cut = bytesOf('none.parquet');
  cut.fill(255, 4, 60);
  await expect(readParquet(cut)).rejects.toThrow(/^readParquet: file: /);
});

test('tables of columns go through a column transformer', () => {
  const table = new ColumnTable({ age: [20n, null, 40n], sex: ['f', 'm', null] });
  const features = columnTransformer(table, [
    { numbers: ['age'], steps: [imputer] },
    { texts: ['sex'], steps: [oneHotEncoder] },
  ]);
  expect(features.transform(table).toArray()).toEqual([[20, 0, 1, 0], [30, 0, 0, 1], [40, 1, 0, 0]]); // prettier-ignore
});

test('mistakes in tables of columns are named', () => {
  const table = new ColumnTable({ a: [1, null], b: ['x', null], c: [2n ** 60n, 1n], d: [NaN, {}] });
  expect(() => table.numbers('a')).toThrowErrorMatchingInlineSnapshot(
    `[FormatError: ColumnTable: expected a number, got none in row 1, column "a"; give \`missing\`]`,
  );
  expect(() => table.numbers('b')).toThrowErrorMatchingInlineSnapshot(
    `[FormatError: ColumnTable: expected a number, got "x" in row 0, column "b"]`,
  );
  expect(() => table.numbers('c')).toThrowErrorMatchingInlineSnapshot(
    `[FormatError: ColumnTable: expected an integer of at most 2⁵³, got 1152921504606846976n in row 0, column "c"]`,
  );
  expect(() => table.numbers('d')).toThrowErrorMatchingInlineSnapshot(
    `[FormatError: ColumnTable: expected a number, got {} in row 1, column "d"]`,
  );
  expect(() => table.classes('b')).toThrowErrorMatchingInlineSnapshot(
    `[FormatError: ColumnTable: expected a class, got none in row 1, column "b"]`,
  );
  expect(() => table.text('e')).toThrowErrorMatchingInlineSnapshot(
    `[FormatError: ColumnTable: expected a column "e", got ["a","b","c","d"]]`,
  );
  expect(() => new ColumnTable({ a: [1], b: [] })).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: ColumnTable: \`b\` must have 1 values, got 0]`,
  );
});

describe('csvTables', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tables-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const partsOf = async function* (text: string, size: number): AsyncGenerator<Uint8Array> {
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
  };
  const rowsOf = async (text: string, size: number, options: CsvTablesOptions): Promise<string[][]> => {
    const rows: string[][] = [];
    for await (const table of csvTables(partsOf(text, size), options)) {
      const columns = table.columns.map((column) => table.text(column));
      for (let row = 0; row < table.size; row++) rows.push(columns.map((column) => column[row]!));
    }
    return rows;
  };

  test('gives the rows of readCsv, for parts and blocks of any size', async () => {
    const cell = fc.constantFrom('1', 'ü', '"a,b"', '"x\ny"', '"say ""hi"""', '');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { maxLength: 12 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 30 }),
        fc.boolean(),
        async (cells, size, blockSize, ends) => {
          const text = ['a,b', ...cells.map((row) => row.join(','))].join('\n') + (ends ? '\n' : '');
          const whole = readCsv(text);
          const [a, b] = [whole.text('a'), whole.text('b')];
          expect(await rowsOf(text, size, { blockSize })).toEqual(a.map((value, row) => [value, b[row]]));
          const only = await rowsOf(text, size, { blockSize, columns: ['b'] });
          expect(only).toEqual(b.map((value) => [value]));
        },
      ),
    );
  });

  test('is a source of a data set, in Node from a file', async () => {
    const path = join(folder, 'numbers.csv');
    writeFileSync(path, 'x,y\n' + Array.from({ length: 100 }, (_, i) => `${i},${i % 2}\n`).join(''));
    const data = Dataset.from(() => csvTables(createReadStream(path, { highWaterMark: 64 }), { blockSize: 100 })).map(
      (table) => table.tensor(['x']),
    );
    for (let epoch = 0; epoch < 2; epoch++) {
      const values: number[] = [];
      for await (const x of data) values.push(...x.data);
      expect(values).toEqual([...Array(100).keys()]);
    }
    expect((await openAsBlob(path)).size).toBeGreaterThan(0);
  });

  test('names mistakes', async () => {
    await expect(rowsOf('', 1, {})).rejects.toThrow('expected a row, got none');
    await expect(rowsOf('a,b\n1,2\n1,2\n3\n', 4, { blockSize: 1, name: 'x.csv' })).rejects.toThrow(/x.csv, block \d/);
    await expect(rowsOf('a\n1', 1, { columns: ['b'] })).rejects.toThrow('expected a column "b"');
    await expect(rowsOf('a\n1', 1, { comment: '#' } as never)).rejects.toThrow('unknown option `comment`');
    await expect(csvTables('a,b' as never).next()).rejects.toThrowErrorMatchingInlineSnapshot(
      `[OptionError: csvTables: \`source\` must be parts of bytes, asynchronously, got "a,b"; pass \`createReadStream(path)\`]`,
    );
  });
});
