import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CellFigure, Figure } from '@chainrule/visualize';
import { describe, expect, test } from 'vitest';
import { runOnce } from '../../testing/runOnce.ts';
import { testSurroundings } from '../../testing/surroundings.ts';
import { shapeClasses, shapes } from './shapes.ts';
import { vgg } from './vgg.ts';

const { folder, printed } = testSurroundings('vgg');

describe('cnn vgg', () => {
  test('trains on shapes, and shows what it confuses', async () => {
    const figures: Figure[] = [];
    const report = await runOnce(vgg, { limit: 18, epochs: 1 }, figures);
    expect([report.task, report.dataset]).toEqual(['cnn vgg', 'shapes']);
    expect((figures[0] as CellFigure).rows).toEqual(shapeClasses);
    expect(printed[0]).toContain('18 training samples, 600 test samples');
  });

  test('reads CIFAR-10’s files', async () => {
    const record = (label: number): Uint8Array => Uint8Array.from([label, ...new Uint8Array(3072).fill(20 * label)]);
    for (let i = 1; i <= 5; i++) writeFileSync(join(folder, `data_batch_${i}.bin`), record(i));
    writeFileSync(join(folder, 'test_batch.bin'), record(9));
    const figures: Figure[] = [];
    const report = await runOnce(vgg, { dataDir: folder, epochs: 1 }, figures);
    expect(report.dataset).toBe('cifar-10');
    expect(printed[0]).toContain('5 training samples, 1 test samples');
    expect((figures[0] as CellFigure).rows[9]).toBe('truck');
  });
});

describe('shapes', () => {
  test('holds each shape once in six images, and begins alike for any count', () => {
    const { x, y } = shapes({ count: 13, seed: 3, size: 10 });
    expect([x.shape, x.dtype, y.dtype]).toEqual([[13, 10, 10, 3], 'uint8', 'int32']);
    expect([...y.data].slice(0, 6).sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...y.data].slice(6, 12).sort()).toEqual([0, 1, 2, 3, 4, 5]);
    const few = shapes({ count: 4, seed: 3, size: 10 });
    expect([...few.x.data]).toEqual([...x.data].slice(0, few.x.size));
    expect(shapes({ count: 13, seed: 4, size: 10 }).x.toArray()).not.toEqual(x.toArray());
    expect(shapes({ count: 0, seed: 1 }).x.shape).toEqual([0, 16, 16, 3]);
  });
});
