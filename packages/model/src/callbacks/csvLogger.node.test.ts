import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EpochLogs, TrainingControl } from './callbacks.ts';
import { csvLogger, type CsvLoggerOptions } from './csvLogger.node.ts';

let folder = '';
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'chainrule-csv-'))));
afterEach(() => rm(folder, { recursive: true }));
const control = {} as TrainingControl;

async function log(file: string, epochs: readonly EpochLogs[], options?: CsvLoggerOptions): Promise<string> {
  const callback = csvLogger(file, options);
  await callback.onTrainBegin!(control);
  for (const logs of epochs) await callback.onEpochEnd!(logs, control);
  return readFile(file, 'utf8');
}

describe('csvLogger', () => {
  test('writes a header and a line for each epoch, the epoch first', async () => {
    const text = await log(join(folder, 'new', 'log.csv'), [{ loss: 0.5, epoch: 0, valLoss: NaN }, { epoch: 1, loss: 1e-7, valLoss: 2 }]); // prettier-ignore
    expect(text).toBe('epoch,loss,valLoss\n0,0.5,NaN\n1,1e-7,2\n');
  });

  test('begins the file anew, or continues it', async () => {
    const file = join(folder, 'log.csv');
    await log(file, [{ epoch: 0, loss: 1 }]);
    expect(await log(file, [{ epoch: 0, loss: 2 }], { separator: '\t' })).toBe('epoch\tloss\n0\t2\n');
    expect(await log(file, [{ epoch: 1, loss: 3 }], { separator: '\t', append: true })).toBe(
      'epoch\tloss\n0\t2\n1\t3\n',
    );
  });

  test('continues a file that does not exist, is empty, or ends in an incomplete line', async () => {
    const expected = 'epoch,loss\n0,1\n';
    const epochs = [{ epoch: 0, loss: 1 }];
    expect(await log(join(folder, 'a.csv'), epochs, { append: true })).toBe(expected);
    await writeFile(join(folder, 'b.csv'), '');
    expect(await log(join(folder, 'b.csv'), epochs, { append: true })).toBe(expected);
    await writeFile(join(folder, 'c.csv'), 'epoch,lo');
    expect(await log(join(folder, 'c.csv'), epochs, { append: true })).toBe(expected);
    await writeFile(join(folder, 'd.csv'), 'epoch,loss\n0,1\n1,0.');
    expect(await log(join(folder, 'd.csv'), [{ epoch: 1, loss: 2 }], { append: true })).toBe(`${expected}1,2\n`);
  });

  test('refuses to continue a file with other columns', async () => {
    const file = join(folder, 'log.csv');
    await writeFile(file, 'epoch,loss,accuracy\n');
    await expect(log(file, [{ epoch: 0, loss: 1 }], { append: true })).rejects.toThrow(
      'must have the columns epoch,loss, got epoch,loss,accuracy; use another file',
    );
  });
});
