import { ChainruleError, FormatError } from '@chainrule/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CsvTable } from './csvTable.ts';
import { readCsv, type ReadCsvOptions } from './readCsv.ts';
import { readText } from '../text/readLines.ts';
import { hasRealData, readRealData } from '../../../../scripts/testing/realData.ts';

const problem = (run: () => unknown): string => {
  try {
    return String(run());
  } catch (error) {
    return String(error);
  }
};

test('readCsv keeps all values as text', () => {
  const table = readCsv('\ufeffa,b\r\n 1 ,2020-01-01\r\n"x ""y"", z","two\nlines"\r\n\r\n');
  expect([table.columns, table.size, table.text('a'), table.text('b')]).toEqual([
    ['a', 'b'],
    2,
    [' 1 ', 'x "y", z'],
    ['2020-01-01', 'two\nlines'],
  ]);
});

test('readCsv takes column names from the first row or from the options, or numbers the columns', () => {
  expect([
    readCsv('a,b\n1,2').columns,
    readCsv('1,2', { header: ['x', 'y'] }).columns,
    readCsv('1,2', { header: false }).columns,
  ]).toEqual([
    ['a', 'b'],
    ['x', 'y'],
    ['0', '1'],
  ]);
  expect(readCsv('', { header: ['x'] }).size).toBe(0);
  expect(
    readCsv('a\tb\n1\t2', { delimiter: '\t', columns: ['b'] })
      .tensor()
      .toArray(),
  ).toEqual([[2]]);
});

test('numbers are decimal, and missing values throw unless `missing` is set', () => {
  const table = readCsv('a,b\n1e3,?\n-.5,2.\nInf, 3 ', { na: ['?', ''] });
  expect([table.numbers('a'), table.numbers('b', { missing: NaN })]).toEqual([
    [1000, -0.5, Infinity],
    [NaN, 2, 3],
  ]);
  expect(table.tensor(['a'], { dtype: 'float64' }).dtype).toBe('float64');
  expect([table.dropMissing().size, table.drop(['a']).columns]).toEqual([2, ['b']]);
});

test('classes are numbered in order of appearance or as given', () => {
  const table = readCsv('y\ndog\ncat\ndog');
  expect([table.classes('y').names, table.classes('y', ['cat', 'dog']).labels.toArray()]).toEqual([
    ['dog', 'cat'],
    [1, 0, 1],
  ]);
});

test('readCsv errors name the problem, the row and the column', () => {
  const read = (text: string, use: (table: CsvTable) => unknown = String, options = {}): string =>
    problem(() => use(readCsv(text, { name: 'a.csv', ...options })));
  expect([
    read(''),
    read('a,b\n1,2\n\n1,2,3'),
    read('a,a\n1,2'),
    read('a,b\n"1,2\n3,4\n'),
    read('a,b\nx,"1"2\n'),
    read('a,b', String, { columns: ['c'] }),
    read('a,b', String, { delimiter: ',,' }),
    read('a,b\n\n1,2\n3,', (table) => table.numbers('b')),
    read('a,b\n1,2\n3,x', (table) => table.tensor()),
    read('a,b\n1,0x10', (table) => table.numbers('b')),
    read('a,b\n1, ', (table) => table.numbers('b')),
    read('a,b\n1,\u00e9', (table) => table.numbers('b')),
    read('a\n?\n2\nz', (table) => table.dropMissing().numbers('a'), { na: ['?'] }),
    read('a\nx\n', (table) => table.classes('a', ['y'])),
    read('a,b\n1,\n', (table) => table.classes('b')),
    read('a', (table) => table.text('b')),
  ]).toMatchInlineSnapshot(`
    [
      "FormatError: readCsv: a.csv: expected a row, got none; set \`header\` to the column names if the table may be empty",
      "FormatError: readCsv: a.csv: expected 2 values, got 3 in row 4; \`footer\` leaves out rows at the end",
      "FormatError: readCsv: a.csv: expected unique column names, got "a" twice; \`rename: true\` numbers them",
      "FormatError: readCsv: a.csv: expected a quoted value to end before a delimiter, got no end for the value that begins in line 2; \`quote: false\` reads quotes literally",
      "FormatError: readCsv: a.csv: expected a quoted value to end before a delimiter, got "2" after it for the value that begins in line 2; \`quote: false\` reads quotes literally",
      "FormatError: readCsv: a.csv: expected a column "c", got ["a","b"]",
      "OptionError: readCsv: \`delimiter\` must be one ASCII character other than a line end, got ",,"",
      "FormatError: readCsv: a.csv: expected a number, got none in row 4, column "b"; give \`missing\`, or use \`dropMissing\`",
      "FormatError: readCsv: a.csv: expected a number, got "x" in row 3, column "b"; list it in \`na\` if it means a missing value",
      "FormatError: readCsv: a.csv: expected a number, got "0x10" in row 2, column "b"; list it in \`na\` if it means a missing value",
      "FormatError: readCsv: a.csv: expected a number, got none in row 2, column "b"; give \`missing\`, or use \`dropMissing\`",
      "FormatError: readCsv: a.csv: expected a number, got "é" in row 2, column "b"; list it in \`na\` if it means a missing value",
      "FormatError: readCsv: a.csv: expected a number, got "z" in row 4, column "a"; list it in \`na\` if it means a missing value",
      "FormatError: readCsv: a.csv: expected one of ["y"], got "x" in row 2, column "a"",
      "FormatError: readCsv: a.csv: expected a class, got none in row 2, column "b"",
      "FormatError: readCsv: a.csv: expected a column "b", got ["a"]",
    ]
  `);
});

/** Writes a table with quotes wherever they are needed. */
const write = (rows: readonly (readonly string[])[]): string =>
  rows
    .map((row) =>
      row
        .map((value) => (/[",\r\n]/.test(value) || value === '' ? `"${value.replaceAll('"', '""')}"` : value))
        .join(','),
    )
    .join('\n');

test('readCsv restores any values', () => {
  const value = fc.oneof(fc.string(), fc.stringMatching(/^["\n\r,a1]{0,8}$/));
  const rows = fc
    .integer({ min: 2, max: 4 })
    .chain((width) =>
      fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }),
    );
  fc.assert(
    fc.property(rows, (values) => {
      fc.pre(!values[0]![0]!.startsWith('\ufeff'));
      const table = readCsv(write(values), { header: values[0]!.map((_, i) => `c${i}`) });
      expect(values.map((_, row) => table.columns.map((column) => table.text(column)[row]))).toEqual(values);
    }),
  );
});

test('readCsv of any text gives a table with rows of equal length or a FormatError', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^["\n\r,ab1. #]{0,30}$/),
      fc.record({
        delimiter: fc.constantFrom(',', 'whitespace'),
        trim: fc.boolean(),
        comment: fc.constantFrom('', '#'),
        quote: fc.constantFrom('"', false as const),
        footer: fc.nat(2),
        skip: fc.nat(2),
        rename: fc.boolean(),
      }),
      (text, options) => {
        try {
          const table = readCsv(text, options);
          for (const column of table.columns) {
            expect(table.text(column)).toHaveLength(table.size);
            expect(problem(() => table.numbers(column))).not.toMatch(/^(Type|Range)Error/);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test('readCsv counts a quoted empty value as a row, but not an empty line', () => {
  expect(readCsv('a\n1\n""\n\n3\n').numbers('a', { missing: -1 })).toEqual([1, -1, 3]);
});

test('missing values match without surrounding blanks, and `missing` also replaces NaN', () => {
  const table = readCsv('a,b\n ? ,nan\n-999,NaN\n1, 2 ', { na: ['?', '-999'] });
  expect([table.numbers('a', { missing: 0 }), table.numbers('b'), table.numbers('b', { missing: 0 })]).toEqual([
    [0, 0, 1],
    [NaN, NaN, 2],
    [0, 0, 2],
  ]);
  expect([
    table.dropMissing().text('b'),
    readCsv('a,b\n x ," y "', { trim: true }).text('a'),
    readCsv('a,b\n x ," y "', { trim: true }).text('b'),
  ]).toEqual([[' 2 '], ['x'], [' y ']]);
});

test('readCsv supports blanks as delimiters, comments, footers, other quotes and number formats', () => {
  const rows = (text: string, options: ReadCsvOptions): unknown =>
    readCsv(text, { header: false, ...options })
      .tensor(undefined, { dtype: 'float64', missing: NaN })
      .toArray();
  expect([
    rows('1.0   2.0\t3.0 \n 4.0 "5.0" 6.0\n   \n', { delimiter: 'whitespace' }),
    rows('# one\n1,2\n#3\n4,5', { comment: '#' }),
    rows('title\n1,2\n3,4\n\ntotal\n', { skip: 1, footer: 1 }),
    rows("1,'2'\n", { quote: "'" }),
    rows('1.234,5;-0,25\n1e3;7', { delimiter: ';', decimal: ',', thousands: '.' }),
    rows('"1,234",5\n', { thousands: ',' }),
    rows('1\u202f234;5\n', { thousands: '\u202f', delimiter: ';' }),
    rows('1 2\n 3\n', { delimiter: ' ' }),
  ]).toEqual([
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    [
      [1, 2],
      [4, 5],
    ],
    [
      [1, 2],
      [3, 4],
    ],
    [[1, 2]],
    [
      [1234.5, -0.25],
      [1000, 7],
    ],
    [[1234, 5]],
    [[1234, 5]],
    [
      [1, 2],
      [NaN, 3],
    ],
  ]);
  expect(readCsv('a,b\n5" disk,"x\n', { quote: false }).text('b')).toEqual(['"x']);
  expect(readCsv('a,b,a,,a.1,\n1,2,3,4,5,6', { rename: true }).columns).toEqual([
    'a',
    'b',
    'a.2',
    'Unnamed: 3',
    'a.1',
    'Unnamed: 5',
  ]);
});

test('readCsv reads bytes in any encoding, and its errors give the offset of an invalid byte', () => {
  const latin = Uint8Array.from(Buffer.from('\u00fcn\u00ef,1\n', 'latin1'));
  expect(readCsv(latin, { encoding: 'latin1', header: false }).text('0')).toEqual(['\u00fcn\u00ef']);
  expect(readCsv(new TextEncoder().encode('\ufeff\u00e9,\u6f22\n1,2'), {}).columns).toEqual(['\u00e9', '\u6f22']);
  expect(problem(() => readCsv(latin, { name: 'a.csv' }))).toMatchInlineSnapshot(
    `"FormatError: readText: a.csv: expected utf-8, got 0xfc at offset 0; name another \`encoding\`"`,
  );
});

test('readCsv throws for contradictory options, and for arguments that are not text', () => {
  const options: [ReadCsvOptions, unknown?][] = [
    [{ decimal: ',' }],
    [{ quote: ',' }],
    [{ thousands: '.' }],
    [{ delimiter: '\n' }],
    [{ delimiter: '\u00a6' }],
    [{ comment: 1 as unknown as string }],
    [{ footer: -1 }],
    [{}, null],
  ];
  expect(options.map(([option, text = 'a']) => problem(() => readCsv(text as string, option)))).toMatchInlineSnapshot(`
    [
      "OptionError: readCsv: \`decimal\` must differ from \`delimiter\`, got "," for both",
      "OptionError: readCsv: \`delimiter\` must differ from \`quote\`, got "," for both",
      "OptionError: readCsv: \`thousands\` must differ from \`decimal\`, got "." for both",
      "OptionError: readCsv: \`delimiter\` must be one ASCII character other than a line end, got "\\n"",
      "OptionError: readCsv: \`delimiter\` must be one ASCII character other than a line end, got "¦"",
      "OptionError: readCsv: \`comment\` must be a string, got 1",
      "OptionError: readCsv: \`footer\` must be an integer of at least 0, got -1",
      "OptionError: readCsv: \`text\` must be a string or a Uint8Array, got null",
    ]
  `);
});

test('numbers are rounded like `Number`', () => {
  const digits = fc.stringMatching(/^[+-]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})([eE][+-]?\d{1,3})?$/);
  fc.assert(
    fc.property(
      fc.array(fc.oneof(digits, fc.double({ noNaN: true }).map(String)), { minLength: 1, maxLength: 20 }),
      (values) => {
        expect(readCsv(values.join('\n'), { header: ['a'] }).numbers('a')).toEqual(values.map(Number));
        expect(
          readCsv(values.map((value) => `"${value}",x`).join('\n'), { header: ['a', 'b'] })
            .tensor(['a'], { dtype: 'float64' })
            .toArray(),
        ).toEqual(values.map((value) => [Number(value)]));
      },
    ),
    { numRuns: 1000 },
  );
});

test('numbers halfway between doubles are rounded to even, with all digits considered', () => {
  const values = [
    '9007199254740993',
    '9007199254740993.00000000000000000000000000000000001',
    '-9007199254740995',
    '1.00000000000000011102230246251565404236316680908203125',
    '1.00000000000000011102230246251565404236316680908203126',
    '18014398509481990e3',
    '0.00000000000000000000000000000000000012345678901234567',
    '1.7976931348623157e308',
    '4.9406564584124654e-324',
    '-0.00000000000000000000',
    '000000000000000000000000000000000000000.5',
    '2.5000000000000000000000000000000000000000e-1',
  ];
  expect(readCsv(values.join('\n'), { header: ['a'] }).numbers('a')).toEqual(values.map(Number));
});

// With quadratic time, each of these took from seconds to minutes.
test('readCsv reads wide rows, long cells and many quotes', () => {
  const columns = Array.from({ length: 100_000 }, (_, i) => `c${i}`);
  const wide = readCsv(`${columns.join(',')}\n${columns.map((_, i) => i).join(',')}`);
  expect([wide.drop(['c0']).columns.length, wide.select(['c99999', 'c1']).tensor().toArray()]).toEqual([
    99_999,
    [[99_999, 1]],
  ]);
  expect(problem(() => readCsv(`a\n${'1'.repeat(1_000_000)}x`).numbers('a'))).toMatch(
    /^FormatError: readCsv: text: expected a number/,
  );
  expect(readCsv(`a,b\n"${'""'.repeat(500_000)}",x\n`).text('a')[0]).toHaveLength(500_000);
  expect(() => readCsv(`a,b\n${'"'.repeat(1_000_001)}`)).toThrow(ChainruleError);
});

describe.skipIf(!hasRealData('tabular', 2))('real tables', () => {
  const read = (file: string, options: Parameters<typeof readCsv>[1], encoding = 'utf-8'): CsvTable =>
    readCsv(readText(readRealData(file), { name: file, encoding }), { name: file, ...options });
  test('readCsv reads tables of every kind', () => {
    const wdbc = read('tabular/wdbc.data', { header: false });
    const cancer = read('tabular/breast_cancer.csv', { header: false, skip: 1 });
    expect([wdbc.size, wdbc.columns.length, wdbc.classes('1').names]).toEqual([569, 32, ['M', 'B']]);
    expect(wdbc.drop(['0', '1']).tensor().toArray()).toEqual(cancer.drop(['30']).tensor().toArray());
    expect(wdbc.classes('1', ['M', 'B']).labels.toArray()).toEqual(cancer.classes('30', ['0', '1']).labels.toArray());
    expect(read('tabular/abalone.csv', { header: false }).size).toBe(4177);
    const missing = read('tabular/arrhythmia.data', { header: false, na: ['?'] });
    expect(problem(() => missing.tensor())).toMatch(/expected a number, got none.* in row 1, column "13"/);
    expect([missing.tensor(missing.columns, { missing: NaN }).shape, missing.dropMissing().size]).toEqual([
      [452, 280],
      68,
    ]);
    expect(
      read('text/spam.csv', { header: ['Type', 'Message', '2', '3', '4'], skip: 1 }, 'latin1').classes('Type').names,
    ).toEqual(['ham', 'spam']);
    expect(read('translation/simple_eng_fra.csv', {}).size).toBe(13062);
    expect(read('tabular/sbux.csv', {}).tensor(['close']).shape[0]).toBe(1259);
  });
});
