import { tensor } from '@chainrule/tensor';
import { expect, test } from 'vitest';
import { toCategorical } from './toCategorical.ts';

test('toCategorical adds an axis of classes', () => {
  const hot = toCategorical(
    tensor(
      [
        [0, 2],
        [1, 0],
      ],
      [2, 2],
      'int32',
    ),
    3,
  );
  expect([hot.dtype, hot.toArray()]).toEqual([
    'float32',
    [
      [
        [1, 0, 0],
        [0, 0, 1],
      ],
      [
        [0, 1, 0],
        [1, 0, 0],
      ],
    ],
  ]);
  expect([toCategorical([1, 0]).shape, toCategorical([], 4).shape]).toEqual([
    [2, 2],
    [0, 4],
  ]);
});

test('toCategorical throws for labels beyond the classes', () => {
  expect(() => toCategorical([0, 3], 3)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: toCategorical: \`labels\` must be integers from 0 to 2, got 3 at 1; classes count from 0]`,
  );
  expect(() => toCategorical([0, -1])).toThrow('got -1 at 1');
  expect(() => toCategorical([0.5], 3)).toThrow('got 0.5 at 0');
  expect(() => toCategorical([NaN], 3)).toThrow('got NaN at 0');
  expect(() => toCategorical([NaN])).toThrow('toCategorical');
  expect(() => toCategorical([0], 0)).toThrow('`classes` must be a positive integer');
  expect(() => toCategorical([2 ** 31], 2 ** 31)).toThrow('at most 2147483647 elements');
});

test.each([undefined, null, 1, 'ab', true, {}, [null], [1n], new BigInt64Array(2)])(
  'toCategorical refuses labels %s',
  (wrong) => {
    expect(() => toCategorical(wrong as never)).toThrow(/^toCategorical: `labels` must be/);
  },
);
