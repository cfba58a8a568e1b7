import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { hasRealData, readRealData, realDataDir } from '../../../../scripts/testing/realData.ts';
import { airlinePassengers, starbucks } from './series.node.ts';
import { give, startServer } from '../../testing/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'chainrule-series-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a series is read from a folder', async () => {
  writeFileSync(join(folder, 'airline-passengers.csv'), '"Month","Passengers"\n"1949-01",112\n"1949-02",118\n');
  const { values, times, features } = await airlinePassengers({ dataDir: folder });
  expect([values.toArray(), times, features]).toEqual([[[112], [118]], ['1949-01', '1949-02'], ['passengers']]);
});

test('a series throws if its times do not increase or a value is missing', async () => {
  writeFileSync(join(folder, 'airline-passengers.csv'), 'Month,Passengers\n1949-02,112\n1949-02,118\n');
  await expect(airlinePassengers({ dataDir: folder })).rejects.toThrow(
    'expected increasing times, got "1949-02" after "1949-02"',
  );
  writeFileSync(join(folder, 'airline-passengers.csv'), 'Month,Passengers\n1949-01,\n');
  await expect(airlinePassengers({ dataDir: folder })).rejects.toThrow(
    'expected a number, got none in row 2, column "Passengers"',
  );
});

test('the error for a missing file names the folders', async () => {
  await expect(starbucks({ dataDir: 'no/such' })).rejects.toThrow(
    'starbucks: expected sbux.csv in `dataDir` "no/such" or its folder "tabular", got none',
  );
});

describe.skipIf(!hasRealData('tabular/sbux.csv', 2))('the real series', () => {
  test('have their steps and features', async () => {
    const [passengers, prices] = [
      await airlinePassengers({ dataDir: realDataDir }),
      await starbucks({ dataDir: realDataDir }),
    ];
    expect([passengers.values.shape, passengers.values.data[143], passengers.times.at(-1)]).toEqual([
      [144, 1],
      432,
      '1960-12',
    ]);
    expect([prices.values.shape, prices.features, prices.times[0], prices.times.at(-1)]).toEqual([
      [1259, 5],
      ['open', 'high', 'low', 'close', 'volume'],
      '2013-02-08',
      '2018-02-07',
    ]);
    const close = Array.from({ length: 1259 }, (_, day) => prices.values.data[5 * day + 3]!);
    // Without correction for the split, a price would halve within a day.
    expect(Math.max(...close.slice(1).map((price, i) => Math.abs(Math.log(price / close[i]!))))).toBeLessThan(0.12);
  });

  test('have the known digests', async () => {
    const server = await startServer();
    server.answers = {
      '/sbux.csv': give(readRealData('tabular/sbux.csv')),
      '/airline-passengers.csv': give(readRealData('timeseries/airline-passengers.csv')),
    };
    const options = { cacheDir: folder, mirrors: [`${server.url}/`], retries: 0 };
    expect([(await starbucks(options)).values.size, (await airlinePassengers(options)).values.size]).toEqual([
      6295, 144,
    ]);
    await server.close();
  });
});
