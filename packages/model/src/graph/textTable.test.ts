import { describe, expect, test } from 'vitest';
import { textTable, wrap } from './textTable.ts';

const rows = [
  ['Layer (type)', 'Output shape', 'Param #', 'Connected to'],
  ['separable_conv2d_1 (separableConv2d)', '[?,112,112,32]', '1,234', 'conv2d_12 + global_average_pool2d_3'],
  ['add (add)', '[?,4]', '0', 'input'],
];

describe('textTable', () => {
  test('is as wide as it needs to be', () => {
    expect(textTable(rows, 2, Infinity)).toHaveLength(4);
  });

  test('wraps the widest columns to fit', () => {
    expect(`\n${textTable(rows, 2, 60).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      Layer (type)      Output shape    Param #  Connected to
      ────────────────────────────────────────────────────────────
      separable_        [?,112,112,32]    1,234  conv2d_12 +
      conv2d_1                                   global_average_
      (separableConv2d                           pool2d_3
      )
      add (add)         [?,4]                 0  input
      "
    `);
  });

  test.each([40, 50, 60, 80, 100])('is at most %i columns wide, and keeps every letter', (columns) => {
    const lines = textTable(rows, 2, columns);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
    const letters = (text: string): string => [...text.replace(/[\s─]/g, '')].sort().join('');
    expect(letters(lines.join(''))).toBe(letters(rows.flat().join('')));
  });
});

test.each([
  ['', 8, ['']],
  ['a bc def', 4, ['a bc', 'def']],
  ['conv2d_12', 8, ['conv2d_', '12']],
  ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
])('wrap %j to %i letters', (text, width, expected) => {
  expect(wrap(text, width)).toEqual(expected);
});
