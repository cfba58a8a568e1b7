import { readCsv, type ReadCsvOptions, readIdx, readNpy, readText, readTimeSeries } from '@chainrule/data-loaders';
import fc from 'fast-check';
import { damaged, mayRefuse } from './damage.ts';
import { defineFuzzer, type Fuzzer } from './fuzzer.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const npy = (header: string, values: readonly number[]): Uint8Array =>
  Uint8Array.from([0x93, ...utf8('NUMPY'), 1, 0, header.length + 1, 0, ...utf8(`${header}\n`), ...values]);
const seeds = [
  utf8('a,b,c\n1,2.5,x\n"3 ""q""",nan,\n\n# no\n-4e3,1e400,"two\nlines"\n'),
  utf8('1.0   2.0\t3\n 4 5 6\n'),
  utf8('\ufeffä;ß\r\n1.234,5;x\r\n'),
  npy("{'descr': '<i8', 'fortran_order': False, 'shape': (2L, 1), }", new Array<number>(16).fill(1)),
  npy('{"descr": ">f2", "shape": (3,), "fortran_order": True}', [0, 1, 2, 3, 4, 5]),
  Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4),
  Uint8Array.of(0, 0, 13, 1, 0, 0, 0, 1, 63, 128, 0, 0),
  utf8('@problemName x\n@univariate false\n@classLabel true up down\n@data\n1,2,3:4,5,?:up\n3,2:5,5:down\n'),
];
/** Runs of one text, for readers whose cost grows faster than their input. */
const runs = fc
  .tuple(
    fc.constantFrom('1', '"', '""', ',', ' ', '\n', '(', "'", '1,', 'a b', '1x', '{', '\t', '-', '.', 'e1'),
    fc.integer({ min: 1, max: 50_000 }),
    fc.constantFrom('', 'x', '"', '\n1'),
  )
  .map(([text, times, end]) => utf8(text.repeat(times) + end));
const inputs = fc.record({
  bytes: fc.oneof(
    { weight: 6, arbitrary: damaged(seeds) },
    { weight: 1, arbitrary: runs },
    fc.uint8Array({ maxLength: 200 }),
  ),
  csv: fc.record({
    delimiter: fc.constantFrom(',', ';', 'whitespace', '\t'),
    quote: fc.constantFrom('"', "'", false as const),
    trim: fc.boolean(),
    comment: fc.constantFrom('', '#', '1'),
    skip: fc.nat(2),
    footer: fc.nat(2),
    thousands: fc.constantFrom('', ' ', "'"),
    header: fc.boolean(),
    rename: fc.boolean(),
    na: fc.constantFrom([''], ['', '1', 'x']),
  }),
  missing: fc.constantFrom(undefined, 0),
  encoding: fc.constantFrom('utf-8', 'latin1', 'utf-16le', 'shift_jis', 'gb18030'),
});

function useTable(bytes: Uint8Array, options: ReadCsvOptions, missing: number | undefined): void {
  const table = readCsv(bytes, options);
  table.dropMissing();
  if (table.columns.length) table.text(table.columns.at(-1)!);
  table.tensor(table.columns, missing === undefined ? {} : { missing });
}

const fuzzer: Fuzzer = defineFuzzer({
  name: 'readers',
  summary: 'readers of CSV, npy, IDX, .ts and text meet damaged files with values or an error of the project',
  inputs,
  limits: { seconds: 10, megabytes: 300 },
  quick: 100,
  check: async ({ bytes, csv, missing, encoding }) => {
    await mayRefuse(() => useTable(bytes, { ...csv, encoding }, missing));
    await mayRefuse(() => readNpy(bytes));
    await mayRefuse(() => readIdx(bytes));
    await mayRefuse(() => readTimeSeries(readText(bytes)));
    await mayRefuse(() => readText(bytes, { encoding }));
  },
});
export default fuzzer;
