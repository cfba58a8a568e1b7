import { tensor, zeros } from '@chainrule/tensor';
import { expect, test } from 'vitest';
import { padEnd } from './padEnd.ts';

test('padEnd appends rows of the value and keeps the dtype', () => {
  const padded = padEnd(tensor([[1, 2]], [1, 2], 'int32'), 3, -1);
  expect([padded.dtype, padded.toArray()]).toEqual([
    'int32',
    [
      [1, 2],
      [-1, -1],
      [-1, -1],
    ],
  ]);
  expect(padEnd(zeros([0, 2]), 0).shape).toEqual([0, 2]);
});

test('padEnd throws for a sequence that is too long, and for wrong arguments', () => {
  expect(() => padEnd(zeros([3]), 2)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: padEnd: expects a sequence of at most \`length\` 2 rows, got shape [3]]`,
  );
  expect(() => padEnd(zeros([]), 2)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: padEnd: expects a sequence of at most \`length\` 2 rows, got shape []]`,
  );
});
