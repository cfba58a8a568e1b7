import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { hasRealData, readRealData, realDataDir } from '../../../../scripts/testing/realData.ts';
import { give, startServer } from '../../testing/server.ts';
import { arrhythmia, pimaDiabetes } from './medicalTables.node.ts';
import { autoMpg, bostonHousing } from './regressionTables.node.ts';

const cacheDir = mkdtempSync(join(tmpdir(), 'chainrule-more-tables-'));
afterAll(() => rmSync(cacheDir, { recursive: true }));

const loaders = { arrhythmia, autoMpg, bostonHousing, pimaDiabetes };

test.each(Object.entries(loaders))('%s names a missing file', async (name, load) => {
  await expect(load({ dataDir: 'no/such' })).rejects.toThrow(`${name}: expected `);
});

describe('small files in the same formats', () => {
  const dataDir = mkdtempSync(join(cacheDir, 'small-'));
  const write = (file: string, ...lines: readonly string[]): void =>
    writeFileSync(join(dataDir, file), lines.map((line) => `${line}\n`).join(''));

  test('autoMpg reads quoted names after blanks, and missing horsepower as NaN', async () => {
    write(
      'auto-mpg.data',
      '18.0   8   307.0      130.0      3504.      12.0   70  1\t"chevrolet chevelle malibu"',
      '25.0   4   98.00      ?          2046.      19.0   71  1\t"ford pinto"',
    );
    const { x, y, names, features } = await autoMpg({ dataDir });
    expect(x.toArray()).toEqual([
      [8, 307, 130, 3504, 12, 70, 1],
      [4, 98, NaN, 2046, 19, 71, 1],
    ]);
    expect([y.toArray(), names, features[2]]).toEqual([
      [[18], [25]],
      ['chevrolet chevelle malibu', 'ford pinto'],
      'horsepower',
    ]);
  });

  test('arrhythmia reads 279 features and 16 classes, and ? as NaN', async () => {
    const row = (label: number): string =>
      [...Array.from({ length: 279 }, (_, i) => (i === 13 ? '?' : i)), label].join();
    write('arrhythmia.data', row(16), row(1));
    const { x, y, features, classes } = await arrhythmia({ dataDir });
    expect(x.shape).toEqual([2, 279]);
    expect((x.toArray() as number[][])[0]!.map((v, i) => [i, v]).filter(([i, v]) => i !== v)).toEqual([[13, NaN]]);
    expect([y.toArray(), classes[15], new Set(features).size]).toEqual([[15, 0], 'others', 279]);
    expect([features[14], features[15], features[159], features[278]]).toEqual([
      'heart rate',
      'DI Q width',
      'DI JJ amplitude',
      'V6 QRSTA',
    ]);
    write('arrhythmia.data', row(17));
    await expect(arrhythmia({ dataDir })).rejects.toThrow('17');
  });

  test('pimaDiabetes and bostonHousing read numbers, the last of which is the target', async () => {
    write('pima-indians-diabetes.data.csv', '6,148,72,35,0,33.6,0.627,50,1', '1,85,66,29,0,26.6,0.351,31,0');
    write('housing.csv', '0.00632,18.00,2.310,0,0.5380,6.5750,65.20,4.0900,1,296.0,15.30,396.90,4.98,24.00');
    const [women, towns] = [await pimaDiabetes({ dataDir }), await bostonHousing({ dataDir })];
    expect([women.x.shape, women.y.toArray(), women.classes]).toEqual([
      [2, 8],
      [1, 0],
      ['no diabetes', 'diabetes'],
    ]);
    expect([towns.x.shape, towns.y.toArray(), towns.target]).toEqual([[1, 13], [[24]], 'median price']);
    write('housing.csv', '1,2,3');
    await expect(bostonHousing({ dataDir })).rejects.toThrow('housing.csv');
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
