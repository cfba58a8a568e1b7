import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { MissingDataError } from '@chainrule/errors';
import { ones, tensor } from '@chainrule/tensor';
import type { CellFigure, Figure, ImageFigure, PanelFigure } from '@chainrule/visualize';
import { describe, expect, test } from 'vitest';
import { runOnce } from '../../testing/runOnce.ts';
import { testSurroundings } from '../../testing/surroundings.ts';
import { filters, largestError } from './filters.ts';

const { folder, printed } = testSurroundings('filters');

/** A PNG file of 5 × 4 pixels, black on the left and white in the two columns on the right. */
function smallPng(): Buffer {
  const chunk = (name: string, content: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
    const ends = [Buffer.alloc(4), Buffer.alloc(4)] as const;
    ends[0].writeUInt32BE(content.length);
    ends[1].writeUInt32BE(crc32(body));
    return Buffer.concat([ends[0], body, ends[1]]);
  };
  const header = Buffer.from([0, 0, 0, 5, 0, 0, 0, 4, 8, 0, 0, 0, 0]);
  const rows = Buffer.from(Array(4).fill([0, 0, 0, 0, 255, 255]).flat() as number[]);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
}

describe('cnn filters', () => {
  test('filters a picture of a folder, and prints what turning a kernel changes', async () => {
    mkdirSync(join(folder, 'images'));
    writeFileSync(join(folder, 'images', 'edge.png'), smallPng());
    const figures: Figure[] = [];
    const report = await runOnce(filters, { dataDir: folder }, figures);
    expect(report.dataset).toBe('images');
    expect(printed[0]).toBe(`picture: ${join(folder, 'images', 'edge.png')}`);
    const [matrices, filtered, turned] = figures as [PanelFigure<CellFigure>, ImageFigure, ImageFigure];
    expect(matrices.panels.map(({ title }) => title)).toHaveLength(9);
    expect(matrices.panels[2]!.labels).toEqual([
      ['1/16', '2/16', '1/16'],
      ['2/16', '4/16', '2/16'],
      ['1/16', '2/16', '1/16'],
    ]);
    // From dark to light, the slope Gx is 1 + 2 + 1 = 4 at the two columns beside the edge, and 0 elsewhere: white and gray.
    const slopes = filtered.images.find(({ caption }) => caption === 'Sobel Gx')!;
    expect([slopes.width, slopes.height, [...slopes.data]]).toEqual([3, 2, [128, 255, 255, 128, 255, 255]]);
    const convolved = turned.images.find(({ caption }) => caption === 'Sobel Gx, convolution')!;
    expect([...convolved.data]).toEqual([128, 0, 0, 128, 0, 0]);
    expect(report.metrics['largestError']).toBeLessThan(1e-6);
    expect(report.metrics['gaussianDifference']).toBe(0);
    // The columns of emboss have the sums −3, 1 and 3: where the last column is white, 3 against −3.
    expect(report.metrics['embossDifference']).toBeCloseTo(6, 5);
    const table = printed.find((line) => line.startsWith('filter'))!.split('\n');
    expect(table[6]).toMatch(/^Sobel Gx +0 +8\.0000$/);
    expect(table[9]).toMatch(/^edge +0 +0\.0000$/);
  });

  test('draws a picture, the same for the same seed', async () => {
    const [first, again]: [Figure[], Figure[]] = [[], []];
    for (const figures of [first, again]) await runOnce(filters, {}, figures);
    expect((first[1] as ImageFigure).images[0]!.width).toBe(128);
    expect(first).toEqual(again);
  });

  test('asks for a PNG file', async () => {
    const run = runOnce(filters, { dataDir: join(folder, 'no-such-folder') });
    await expect(run).rejects.toThrow(MissingDataError);
    await expect(run).rejects.toThrow('filters: expected a PNG file in');
  });

  test('measures the distance from the definition', () => {
    expect(largestError(ones([1, 3, 4, 1]), ones([3, 3, 1, 1]), tensor([9, 8.75], [1, 1, 2, 1]))).toBe(0.25);
  });
});
