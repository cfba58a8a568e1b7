import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { readCsv } from './readCsv.ts';
import { showRows } from './showRows.ts';

test('a table shows its first rows', () => {
  const rows = Array.from({ length: 150 }, (_, i) => `${i},setosa ${i}`);
  expect(inspect(readCsv(['n,species', ...rows].join('\n'))).split('\n')).toEqual([
    'CsvTable (150 rows, 2 columns)',
    'n  species',
    ...[0, 1, 2, 3, 4].map((i) => `${i}  setosa ${i}`),
    '…',
  ]);
  expect(inspect(readCsv('a,b\n1,2').drop(['a']))).toBe('CsvTable (1 rows, 1 columns)\nb\n2');
  expect(inspect(readCsv('a,b'))).toBe('CsvTable (0 rows, 2 columns)\na  b');
});

test('cells are shortened, and columns without room are left out', () => {
  const [head, row] = showRows(
    [Array.from({ length: 9 }, (_, i) => `column ${i}`), Array(9).fill('a\nb '.repeat(20)) as string[]],
    false,
  ).split('\n');
  expect(head!.length).toBeLessThanOrEqual(80);
  expect([head, row]).toEqual([
    'column 0              column 1              column 2              …',
    `${'a b a b a b a b a b…  '.repeat(3)}…`,
  ]);
});
