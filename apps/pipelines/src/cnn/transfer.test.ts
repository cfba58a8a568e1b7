import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { tensor } from '@chainrule/tensor';
import type { Figure, LineFigure } from '@chainrule/visualize';
import { describe, expect, test } from 'vitest';
import type { Summary } from '../report.ts';
import { runOnce } from '../../testing/runOnce.ts';
import { testSurroundings } from '../../testing/surroundings.ts';
import { firstOfEach } from './fewImages.ts';
import { classesFrom, transfer } from './transfer.ts';

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
    const again = (await runOnce(transfer, { ...options, dataDir: join(folder, 'plots') })) as Summary;
    expect(printed).toContain(`pretrained network: ${saved}`);
    expect(again.tasks.map(({ metrics }) => metrics)).toEqual(report.tasks.map(({ metrics }) => metrics));
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
