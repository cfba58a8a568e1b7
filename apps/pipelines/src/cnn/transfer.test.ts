import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { tensor } from '@chainrule/tensor';
import type { Figure, LineFigure } from '@chainrule/visualize';
import { describe, expect, test } from 'vitest';
import type { Summary } from '../report.ts';
import { runOnce, testOptions } from '../../testing/runOnce.ts';
import { testSurroundings } from '../../testing/surroundings.ts';
import { firstOfEach } from './fewImages.ts';
import { classesFrom, countsOf, nextRun, transfer } from './transfer.ts';

const { folder, printed } = testSurroundings('transfer');

describe('cnn transfer', () => {
  test('trains new heads with frozen features, and again from the file that it saved', async () => {
    const figures: Figure[] = [];
    const options = { dataset: 'digits', limit: 200, epochs: 1, plots: join(folder, 'plots') };
    const report = (await runOnce(transfer, options, figures)) as Summary;
    expect(report.tasks.map(({ task }) => task).slice(0, 3)).toEqual(
      ['from scratch', 'frozen features', 'fine-tuned'].map((way) => `cnn transfer ${way}, 2 each`),
    );
    const [lines] = figures.slice(-1) as [LineFigure];
    expect(lines.series.map(({ points }) => points.map(([count]) => count))).toEqual(Array(3).fill([2, 5, 20]));
    expect(lines.series[1]!.points[1]![1]).toBe(report.metrics['testAccuracy']);
    const saved = join(folder, 'plots', 'cnn-transfer-digits.safetensors');
    expect(existsSync(saved)).toBe(true);
    expect(printed.join('\n')).toContain(
      `\`npm start -- cnn transfer --dataset digits --data-dir ${options.plots}\` begins with it`,
    );
    const again = (await runOnce(transfer, { ...options, dataDir: join(folder, 'plots') })) as Summary;
    expect(printed).toContain(`pretrained network: ${saved}`);
    expect(again.tasks.map(({ metrics }) => metrics)).toEqual(report.tasks.map(({ metrics }) => metrics));
  });

  test('names the folder and the command for a next run', () => {
    const next = (dataset: string, dataDir: string | undefined) =>
      nextRun({ dataset, options: { ...testOptions, dataDir, plots: 'plots' } });
    expect([next('digits', undefined), next('mnist', 'data'), next('fashion-mnist', undefined)]).toEqual([
      '`npm start -- cnn transfer --dataset digits --data-dir plots`',
      'copied into data, `npm start -- cnn transfer --dataset mnist --data-dir data`',
      'copied into a folder DIR with the files of fashion-mnist, `npm start -- cnn transfer --dataset fashion-mnist --data-dir DIR`',
    ]);
  });

  test('counts no more images than the rarest class has', () => {
    const labels = (...ofClass: readonly number[]) => {
      const y = ofClass.flatMap((count, label) => Array<number>(count).fill(label));
      return { x: tensor(y), y: tensor(y, [y.length], 'int32') };
    };
    expect(countsOf(labels(20, 30, 20, 21, 20))).toEqual([2, 5, 20]);
    expect(countsOf(labels(10, 11, 10, 30, 10))).toEqual([2, 5, 10]);
    expect(countsOf(labels(9, 9, 9, 9, 4))).toEqual([2, 4]);
    expect(countsOf(labels(1, 9, 9, 9, 9))).toEqual([1]);
    expect(() => countsOf(labels(3, 3, 0, 3, 3))).toThrow('got none of class 7; raise `--limit`');
  });

  test('takes the images of five classes, and the first few of each', () => {
    const samples = { x: tensor([[0], [1], [2], [3], [4]]), y: tensor([7, 1, 9, 5, 7], [5], 'int32') };
    const later = classesFrom(samples, 5);
    expect([later.x.toArray(), later.y.toArray()]).toEqual([
      [[0], [2], [3], [4]],
      [2, 4, 0, 2],
    ]);
    const few = firstOfEach(later, 5, 1);
    expect([few.x.toArray(), few.y.toArray()]).toEqual([
      [[3], [0], [2]],
      [0, 2, 4],
    ]);
  });
});
