import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MissingDataError } from '@chainrule/errors';
import { describe, expect, test } from 'vitest';
import { testOptions } from '../../testing/runOnce.ts';
import { testSurroundings } from '../../testing/surroundings.ts';
import { patients, readRows } from './tables.ts';

const { folder } = testSurroundings('tables');
const read = (dataset: string, dataDir: string) => readRows({ dataset, options: { ...testOptions, dataDir } });

describe('tables', () => {
  test('generate the given share of ill patients, by a risk that falls with the square of the fifth measurement', () => {
    const { x, y } = patients(1000, 0.2, 3);
    expect([x.shape, y.data.filter((label) => label === 1).length]).toEqual([[1000, 6], 200]);
    const lost = x.data.filter(Number.isNaN).length / x.size;
    expect(Math.abs(lost - 0.05)).toBeLessThan(0.015);
    const extreme = [...y.data].filter((_, i) => Math.abs(x.data[6 * i + 4]!) > 20);
    expect(extreme.reduce((a, b) => a + b, 0) / extreme.length).toBeLessThan(0.1);
    expect(patients(1000, 0.2, 3).x.data).toEqual(x.data);
    expect(patients(1000, 0.2, 4).x.data).not.toEqual(x.data);
  });

  test('read impossible zeros of Pima as missing', async () => {
    writeFileSync(
      join(folder, 'pima-indians-diabetes.data.csv'),
      '0,148,0,35,0,33.6,0.627,50,1\n1,85,66,29,3,0,0,31,0\n'.repeat(384),
    );
    const { x, y } = await read('pima', folder);
    expect([...y.data.slice(0, 2)]).toEqual([1, 0]);
    expect((x.toArray() as number[][]).slice(0, 2)).toEqual([
      [0, 148, NaN, 35, NaN, Math.fround(33.6), Math.fround(0.627), 50],
      [1, 85, 66, 29, 3, NaN, 0, 31],
    ]);
  });

  test('name the folder of a missing file', async () => {
    for (const dataset of ['pima', 'wine', 'breast-cancer'])
      await expect(read(dataset, join(folder, 'none'))).rejects.toThrow(MissingDataError);
  });
});
