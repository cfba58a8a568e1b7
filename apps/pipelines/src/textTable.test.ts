import { expect, test } from 'vitest';
import { textTable } from './textTable.ts';

test('textTable puts words to the left and numbers to the right', () => {
  expect(
    textTable([
      ['model', 'error', 'unit'],
      ['linear', '0.5', 'm'],
      ['LSTM', '12.25', 'm'],
      ['none', '–', 'm'],
    ]).split('\n'),
  ).toEqual(['model    error   unit', 'linear     0.5   m', 'LSTM     12.25   m', 'none         –   m']);
});
