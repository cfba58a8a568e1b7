import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { basicMotions } from './basicMotions.node.ts';
import { maybeGunzip } from '../archives/gunzip.ts';
import { fashionMnist } from './mnist.node.ts';
import { hasRealData, readRealData, realDataDir } from '../../../../scripts/testing/realData.ts';
import { firstNames, iris, tinyShakespeare, wine } from './tables.node.ts';
import { give, startServer } from '../../testing/server.ts';

const cacheDir = mkdtempSync(join(tmpdir(), 'chainrule-tables-'));
afterAll(() => rmSync(cacheDir, { recursive: true }));

test('the error for a missing file names the folders and the remedy', async () => {
  await expect(iris({ dataDir: 'no/such' })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[MissingDataError: iris: expected iris.csv in \`dataDir\` "no/such" or its folder "tabular", got none; omit \`dataDir\` to download]`,
  );
});

describe.skipIf(!hasRealData('tabular/iris.csv', 4))('the real sets', () => {
  test('iris and wine have their rows, features and classes', async () => {
    const [flowers, wines] = [await iris({ dataDir: realDataDir }), await wine({ dataDir: realDataDir })];
    expect([flowers.x.shape, flowers.classes[flowers.y.data[149]!], flowers.features.length]).toEqual([
      [150, 4],
      'Iris-virginica',
      4,
    ]);
    expect([wines.x.shape, [0, 1, 2].map((label) => [...wines.y.data].filter((y) => y === label).length)]).toEqual([
      [178, 13],
      [59, 71, 48],
    ]);
  });

  test('firstNames and basicMotions read their files', async () => {
    const names = await firstNames({ dataDir: realDataDir });
    expect([names.length, names[0], names.at(-1), names.every((name) => /^[a-z]{2,15}$/.test(name))]).toEqual([
      32_033,
      'emma',
      'zzyzx',
      true,
    ]);
    const { series, labels, classes } = await basicMotions({ dataDir: realDataDir, split: 'train' });
    expect([series.length, series[0]!.shape, classes[labels.data[39]!]]).toEqual([40, [100, 6], 'Badminton']);
    await expect(basicMotions({ split: 'both' as 'test' })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[OptionError: basicMotions: \`split\` must be "train" or "test", got "both"]`,
    );
  });

  test('downloads have the known digests', async () => {
    const server = await startServer();
    const files = [
      'tabular/iris.csv',
      'tabular/wine.csv',
      'text/tinyshakespeare.txt',
      'text/names.txt',
      'fashion-mnist/t10k-images-idx3-ubyte.gz',
      'fashion-mnist/t10k-labels-idx1-ubyte.gz',
    ];
    const unpacked = await maybeGunzip(readRealData('timeseries/BasicMotions_TEST.ts.gz'));
    server.answers = {
      ...Object.fromEntries(files.map((file) => [`/${file.split('/')[1]}`, give(readRealData(file))])),
      '/BasicMotions_TEST.ts': give(unpacked),
    };
    const options = { cacheDir, mirrors: [`${server.url}/`], retries: 0 };
    expect([
      (await iris(options)).x.size,
      (await wine(options)).x.size,
      (await tinyShakespeare(options)).length,
    ]).toEqual([600, 2314, 1115394]);
    expect([
      (await firstNames(options)).length,
      (await basicMotions({ ...options, split: 'test' })).series.length,
    ]).toEqual([32_033, 40]);
    const { images, labels } = await fashionMnist({ ...options, split: 'test' });
    const pixels = images.data as Uint8Array;
    expect([labels.size, (pixels.reduce((sum, x) => sum + x, 0) / pixels.length).toFixed(4), labels.data[0]]).toEqual([
      10_000,
      '73.1466',
      9,
    ]);
    expect(server.requests).toHaveLength(7);
    await server.close();
    expect((await fashionMnist({ ...options, split: 'test', limit: 3 })).labels.toArray()).toEqual([9, 2, 1]);
  });
});
