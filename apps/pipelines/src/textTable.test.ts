import { expect, test } from 'vitest';
import { textTable } from './textTable.ts';

test('textTable aligns words left and numbers right', () => {
  expect(
    textTable([
      ['model', 'error', 'unit'],
      ['linear', '0.5', 'm'],
      ['LSTM', '12.25', 'm'],
      ['none', '–', 'm'],
    ]).split('\n'),
  ).toEqual(['model    error   unit', 'linear     0.5   m', 'LSTM     12.25   m', 'none         –   m']);
});

test('textTable fits a terminal: narrow gaps first, then shorter texts', () => {
  const rows = [
    ['task', 'result', 'time'],
    ['rnn airline', 'test error 0.2500, naive test error 0.5000', '2.0 s'],
  ];
  expect(textTable(rows, 63).split('\n')[1]).toBe('rnn airline  test error 0.2500, naive test error 0.5000  2.0 s');
  expect(textTable(rows, 40).split('\n')).toEqual([
    'task         result                 time',
    'rnn airline  test error 0.2500, …  2.0 s',
  ]);
  expect(
    Math.max(
      ...textTable(rows, 20)
        .split('\n')
        .map((line) => line.length),
    ),
  ).toBeLessThanOrEqual(20);
});
