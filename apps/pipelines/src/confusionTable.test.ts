import { describe, expect, test } from 'vitest';
import { confusionTable } from './confusionTable.ts';

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
