import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MissingDataError } from '@chainrule/errors';
import type { CellFigure, Figure, ImageFigure } from '@chainrule/visualize';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Report } from '../report.ts';
import { runOnce } from '../../testing/runOnce.ts';
import { writeMnist } from '../../testing/writeMnist.ts';
import { classifyByCnn } from './classify.ts';

const printed: string[] = [];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chainrule-cnn-'));
  printed.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const timeless = ({ seconds, ...rest }: Report): Omit<Report, 'seconds'> => {
  expect(seconds).toBeGreaterThan(0);
  return rest;
};

describe('cnn classify', () => {
  test('trains on drawn digits, shows progress, and writes a report', async () => {
    const figures: Figure[] = [];
    const report = await runOnce(classifyByCnn, { limit: 200, epochs: 1 }, figures);
    expect(timeless(report)).toEqual({
      task: 'cnn digits',
      dataset: 'digits',
      metrics: { testAccuracy: expect.closeTo(0.5, 0) as number, testLoss: expect.any(Number) as number },
      epochs: [
        {
          epoch: 0,
          loss: expect.any(Number) as number,
          accuracy: expect.any(Number) as number,
          valLoss: report.metrics['testLoss'],
          valAccuracy: report.metrics['testAccuracy'],
        },
      ],
      parameters: 5330,
      seed: 1,
    });
    const text = printed.join('\n');
    const parts = [
      '200 training samples, 2000 test samples',
      'Total params: 5,330',
      'epoch 1/1  loss',
      'test accuracy ',
    ];
    for (const part of parts) expect(text).toContain(part);
    const [confusion, misread] = figures as [CellFigure, ImageFigure];
    const right = confusion.values.reduce((sum, row, k) => sum + row[k]!, 0);
    expect(report.metrics['testAccuracy']).toBeCloseTo(right / 2000, 12);
    expect(misread.images.map(({ marked }) => marked)).toEqual(Array(8).fill(true));
  });

  test('reads MNIST’s files, trains on the first images only, and gives the same result for the same seed on any number of threads', async () => {
    writeMnist(folder, 40, 20);
    const run = async (seed: number, threads = 1): Promise<Omit<Report, 'seconds'>> =>
      timeless(
        await runOnce(classifyByCnn, { dataset: 'mnist', dataDir: folder, limit: 33, epochs: 2, seed, threads }),
      );
    const report = await run(3);
    expect([report.task, report.parameters, report.epochs.length]).toEqual(['cnn mnist', 607_394, 2]);
    expect(printed[0]).toContain('cnn mnist: 33 training samples, 20 test samples, on WebAssembly with one thread');
    expect(await run(3)).toEqual(report);
    expect(await run(3, 2)).toEqual(report);
    expect((await run(4)).epochs).not.toEqual(report.epochs);
  });

  test('evaluates an untrained model after 0 epochs', async () => {
    writeMnist(folder, 10, 10);
    const report = await runOnce(classifyByCnn, { dataset: 'mnist', dataDir: folder, epochs: 0 });
    expect(report.epochs).toEqual([]);
    expect(report.metrics['testLoss']).toBeGreaterThan(1);
  });

  test('the error for missing files names the files, the folder and an alternative', async () => {
    const run = runOnce(classifyByCnn, { dataset: 'mnist', dataDir: folder });
    await expect(run).rejects.toThrow(MissingDataError);
    await expect(run).rejects.toThrow(
      `mnist: expected train-images-idx3-ubyte and train-labels-idx1-ubyte, each plain or with .gz, in \`dataDir\` ${JSON.stringify(folder).slice(0, 20)}`,
    );
  });
});
