import { Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { confusionTable, pictures, plotLosses } from './terminal.ts';

describe('confusionTable', () => {
  test('has true classes in rows, predicted ones in columns, and dots for zeros', () => {
    const table = confusionTable(Int32Array.of(0, 0, 0, 1, 2), Int32Array.of(0, 0, 2, 1, 1), 3);
    expect(table.split('\n').map((line) => line.trimEnd())).toEqual([
      'true\\predicted',
      '           0    1    2',
      '    0 │    2    ·    1',
      '    1 │    ·    1    ·',
      '    2 │    ·    1    ·',
    ]);
  });

  test('keeps its columns for thousands', () => {
    const labels = new Int32Array(12345);
    const [, head, row] = confusionTable(labels, labels, 2).split('\n');
    expect(row!.length).toBe(head!.length);
    expect(row).toContain('12345');
  });
});

describe('pictures', () => {
  /** Two pixels wide, four high: dark above, bright below. */
  const images = (count: number): Tensor => new Tensor([count, 4, 2, 1], 'uint8', Uint8Array.from({ length: 8 * count }, (_, i) => (i % 8 < 4 ? 0 : 255)));

  test('show what was read wrong, two rows of pixels a line', () => {
    const text = pictures(images(3), Int32Array.of(1, 2, 3), Int32Array.of(1, 7, 3));
    expect(text.split('\n')).toEqual(['1 of 3 misread, such as', '2 read as 7', '  ', '██', '']);
  });

  test('stop after the most that are asked for', () => {
    const text = pictures(images(5), Int32Array.of(0, 0, 0, 0, 0), Int32Array.of(1, 2, 3, 4, 5), 2);
    expect(text).toContain('5 of 5 misread');
    expect(text).toContain('0 read as 1  0 read as 2');
    expect(text).not.toContain('0 read as 3');
  });

  test('say so when nothing was misread', () => {
    expect(pictures(images(1), Int32Array.of(1), Int32Array.of(1))).toBe('no digit was misread\n');
  });
});

describe('plotLosses', () => {
  test('draws at most 70 columns, from the first loss to the last', () => {
    const text = plotLosses(Array.from({ length: 1000 }, (_, i) => 2 - i / 999));
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(70 + 10);
    expect([text.includes('2.000'), text.includes('1.000')]).toEqual([true, true]);
    expect(text.split('\n')).toHaveLength(9);
  });

  test('draws a loss that does not change', () => {
    expect(plotLosses([1, 1])).toContain('1.000');
  });
});
