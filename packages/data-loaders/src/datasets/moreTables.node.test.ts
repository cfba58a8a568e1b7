import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormatError } from '@chainrule/errors';
import { afterAll, describe, expect, test } from 'vitest';
import { hasRealData, readRealData, realDataDir } from '../../../../scripts/testing/realData.ts';
import { give, startServer } from '../../testing/server.ts';
import { arrhythmia, pimaDiabetes } from './medicalTables.node.ts';
import { autoMpg, bostonHousing } from './regressionTables.node.ts';
import { iris, wine } from './tables.node.ts';

const cacheDir = mkdtempSync(join(tmpdir(), 'chainrule-more-tables-'));
afterAll(() => rmSync(cacheDir, { recursive: true }));

const loaders = { arrhythmia, autoMpg, bostonHousing, pimaDiabetes };

test.each(Object.entries(loaders))('%s names a missing file', async (name, load) => {
  await expect(load({ dataDir: 'no/such' })).rejects.toThrow(`${name}: expected `);
});

describe('made-up files in the same formats', () => {
  const dataDir = mkdtempSync(join(cacheDir, 'small-'));
  /** Writes a file of `rows` lines: those given, and the last of them again. */
  const write = (file: string, rows: number, ...lines: readonly string[]): void =>
    writeFileSync(
      join(dataDir, file),
      Array.from({ length: rows }, (_, i) => `${lines[Math.min(i, lines.length - 1)]}\n`).join(''),
    );

  test('autoMpg reads quoted names after blanks, and missing horsepower as NaN', async () => {
    write(
      'auto-mpg.data',
      398,
      '18.0   8   307.0      130.0      3504.      12.0   70  1\t"chevrolet chevelle malibu"',
      '25.0   4   98.00      ?          2046.      19.0   71  1\t"ford pinto"',
    );
    const { x, y, names, features } = await autoMpg({ dataDir });
    expect(x.shape).toEqual([398, 7]);
    expect((x.toArray() as number[][]).slice(0, 2)).toEqual([
      [8, 307, 130, 3504, 12, 70, 1],
      [4, 98, NaN, 2046, 19, 71, 1],
    ]);
    expect([[...y.data.slice(0, 2)], names.slice(0, 2), features[2]]).toEqual([
      [18, 25],
      ['chevrolet chevelle malibu', 'ford pinto'],
      'horsepower',
    ]);
  });

  test('arrhythmia reads 279 features and 16 classes, and ? as NaN', async () => {
    const row = (label: number): string =>
      [...Array.from({ length: 279 }, (_, i) => (i === 13 ? '?' : i)), label].join();
    write('arrhythmia.data', 452, row(16), row(1));
    const { x, y, features, classes } = await arrhythmia({ dataDir });
    expect(x.shape).toEqual([452, 279]);
    expect((x.toArray() as number[][])[0]!.map((v, i) => [i, v]).filter(([i, v]) => i !== v)).toEqual([[13, NaN]]);
    expect([[...y.data.slice(0, 2)], classes[15], new Set(features).size]).toEqual([[15, 0], 'others', 279]);
    expect([features[14], features[15], features[159], features[278]]).toEqual([
      'heart rate',
      'DI Q width',
      'DI JJ amplitude',
      'V6 QRSTA',
    ]);
    write('arrhythmia.data', 452, row(17));
    await expect(arrhythmia({ dataDir })).rejects.toThrow('got "17"');
  });

  test('pimaDiabetes and bostonHousing read numbers, the last of which is the target', async () => {
    write('pima-indians-diabetes.data.csv', 768, '6,148,72,35,0,33.6,0.627,50,1', '1,85,66,29,0,26.6,0.351,31,0');
    write('housing.csv', 506, '0.00632,18.00,2.310,0,0.5380,6.5750,65.20,4.0900,1,296.0,15.30,396.90,4.98,24.00');
    const [women, towns] = [await pimaDiabetes({ dataDir }), await bostonHousing({ dataDir })];
    expect([women.x.shape, [...women.y.data.slice(0, 2)], women.classes]).toEqual([
      [768, 8],
      [1, 0],
      ['no diabetes', 'diabetes'],
    ]);
    expect([towns.x.shape, towns.y.data[505], towns.target]).toEqual([[506, 13], 24, 'median price']);
    write('housing.csv', 506, '1,2,3');
    await expect(bostonHousing({ dataDir })).rejects.toThrow('housing.csv');
  });

  const zeros = (columns: number, last: string): string => [...Array<number>(columns - 1).fill(0), last].join();
  test.each([
    { load: bostonHousing, file: 'housing.csv', rows: 506, line: zeros(14, '24') },
    { load: autoMpg, file: 'auto-mpg.data', rows: 398, line: '18 8 307 130 3504 12 70 1 "ford pinto"' },
    { load: pimaDiabetes, file: 'pima-indians-diabetes.data.csv', rows: 768, line: zeros(9, '1') },
    { load: arrhythmia, file: 'arrhythmia.data', rows: 452, line: zeros(280, '1') },
    { load: iris, file: 'iris.csv', rows: 150, line: zeros(5, 'Iris-setosa') },
    { load: wine, file: 'wine.csv', rows: 178, line: zeros(14, '1') },
  ])('$load.name refuses $file if it is empty, cut at the end of a row, or doubled', async (set) => {
    for (const rows of [0, 1, set.rows - 1, 2 * set.rows]) {
      write(set.file, rows, set.line);
      const problem = await set.load({ dataDir }).catch((error: unknown) => error);
      expect(problem).toBeInstanceOf(FormatError);
      expect((problem as Error).message).toBe(
        `${set.load.name}: ${join(dataDir, set.file)}: expected ${set.rows} rows, got ${rows}; replace the file, or omit \`dataDir\` to download it`,
      );
    }
    write(set.file, set.rows, set.line);
    expect((await set.load({ dataDir })).x.shape[0]).toBe(set.rows);
  });
});

describe.skipIf(!hasRealData('tabular/housing.csv', 1))('the real tables', () => {
  test('download with their digests, and have the known statistics', async () => {
    const server = await startServer();
    const files = ['arrhythmia.data', 'auto-mpg.data', 'housing.csv', 'pima-indians-diabetes.data.csv'];
    server.answers = Object.fromEntries(files.map((file) => [`/${file}`, give(readRealData(`tabular/${file}`))]));
    const options = { cacheDir, mirrors: [server.url], retries: 0 };
    const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0) / values.length;
    const towns = await bostonHousing(options);
    expect([towns.x.shape, mean(towns.y.data).toFixed(4)]).toEqual([[506, 13], '22.5328']);
    const cars = await autoMpg(options);
    const horsepower = (cars.x.toArray() as number[][]).flatMap((row, i) => (Number.isNaN(row[2]) ? [i] : []));
    expect([cars.x.shape, mean(cars.y.data).toFixed(4), horsepower]).toEqual([
      [398, 7],
      '23.5146',
      [32, 126, 330, 336, 354, 374],
    ]);
    expect(cars.names.at(-1)).toBe('chevy s-10');
    const women = await pimaDiabetes(options);
    const glucose = (women.x.toArray() as number[][]).map((row) => row[1]!);
    expect([women.x.shape, mean(women.y.data) * 768, mean(glucose).toFixed(4)]).toEqual([[768, 8], 268, '120.8945']);
    const patients = await arrhythmia({ dataDir: realDataDir });
    const counts = patients.classes.map((_, label) => [...patients.y.data].filter((y) => y === label).length);
    expect(counts).toEqual([245, 44, 15, 15, 13, 25, 3, 2, 9, 50, 0, 0, 0, 4, 5, 22]);
    expect([...patients.x.data].filter(Number.isNaN)).toHaveLength(408);
    expect((await arrhythmia(options)).x.shape).toEqual([452, 279]);
    await server.close();
  });
});
