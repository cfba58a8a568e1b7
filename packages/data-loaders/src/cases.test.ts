import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { gunzip } from './archives/gunzip.ts';
import { readNpy, readNpz } from './arrays/readNpy.ts';
import { readCsv } from './csv/readCsv.ts';
import { readPng } from './images/readPng.ts';

const read = (file: string): Uint8Array => readFileSync(join(import.meta.dirname, '..', 'testdata', 'cases', file));

// testdata/README.md explains the files and names the tools that confirm their content.
test('gunzip reads two.gz', async () => {
  expect(new TextDecoder().decode(await gunzip(read('two.gz')))).toBe('first\nsecond\n');
});

test.each(['h_dq.npy', 'h_py2_long.npy'])('readNpy reads %s', (file) => {
  const array = readNpy(read(file));
  expect([array.dtype, array.toArray()]).toEqual([
    'float32',
    [
      [0, 1, 2],
      [3, 4, 5],
    ],
  ]);
});

test('readNpy reads u4_big.npy', () => {
  const array = readNpy(read('u4_big.npy'));
  expect([array.dtype, array.toArray()]).toEqual(['float64', [4_000_000_000]]);
  expect(() => readNpy(read('u4_big.npy'), { integers: 'int32' })).toThrow(
    'expected integers that fit in int32, got 4000000000 (omit `integers` to get float64) at offset 128',
  );
});

test.each(['junk_suffix.npz', 'mixed.npz'])('readNpz reads %s', async (file) => {
  const skipped = vi.fn();
  const { x, ...others } = await readNpz(read(file), { onSkip: skipped });
  expect([x!.toArray(), others, skipped.mock.calls]).toEqual([
    [0, 1, 2, 3],
    {},
    file === 'mixed.npz' ? [['readme.txt']] : [],
  ]);
});

test('readCsv reads one_col_quoted_empty.csv and multi_space.csv', () => {
  expect(readCsv(read('one_col_quoted_empty.csv')).numbers('a', { missing: NaN })).toEqual([1, NaN, 3]);
  expect(readCsv(read('multi_space.csv'), { header: false, delimiter: 'whitespace' }).tensor().toArray()).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
});

test('readCsv gives the offset of the invalid byte in latin1.csv, and reads the file as latin1', () => {
  expect(() => readCsv(read('latin1.csv'))).toThrow('got 0xe9 at offset 4; name another `encoding`');
  expect(readCsv(read('latin1.csv'), { encoding: 'latin1' }).text('a')).toEqual(['\u00e9t\u00e9']);
});

test('readPng turns the transparent color into alpha in rgb_trns_1x1.png and l_trns.png', () => {
  expect([...readPng(read('rgb_trns_1x1.png')).data]).toEqual([127, 0, 0, 0]);
  const { shape, data } = readPng(read('l_trns.png'));
  const grey = [...data].filter((_, i) => i % 2 === 0);
  expect([shape, grey.slice(0, 6)]).toEqual([
    [37, 53, 2],
    [38, 43, 48, 54, 59, 65],
  ]);
  expect([...data].filter((_, i) => i % 2)).toEqual(grey.map((value) => (value === 38 ? 0 : 255)));
});
