import { tensor, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { sparseCategoricalAccuracyOf as accuracy } from './sparseCategoricalAccuracyOf.ts';

describe('sparseCategoricalAccuracyOf', () => {
  test('is 1 where the largest prediction is at the label', () => {
    const y = accuracy(
      tensor([
        [1, 2, 0],
        [4, 3, 9],
        [-1, -2, -3],
      ]),
      tensor([1, 1, 0], undefined, 'int32'),
    );
    expect([y.toArray(), y.dtype]).toEqual([[1, 0, 1], 'float32']);
  });

  test('takes the first of equal predictions', () => {
    expect(
      accuracy(
        tensor([
          [2, 2],
          [2, 2],
        ]),
        tensor([0, 1], undefined, 'int32'),
      ).toArray(),
    ).toEqual([1, 0]);
  });

  test('takes sequences', () => {
    expect(
      accuracy(
        tensor([
          [
            [1, 2],
            [2, 1],
          ],
        ]),
        tensor([[1, 1]], undefined, 'int32'),
      ).toArray(),
    ).toEqual([[1, 0]]);
  });

  test('throws for labels that would broadcast, and for other dtypes', () => {
    expect(() => accuracy(zeros([2, 3]), tensor([[0], [1]], undefined, 'int32'))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: sparseCategoricalAccuracyOf: \`labels\` must have shape [2] to match \`predictions\` [2,3], got [2,1]]`,
    );
    expect(() => accuracy(zeros([2, 3]), tensor([0, 1, 2], undefined, 'int32'))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: sparseCategoricalAccuracyOf: \`labels\` must have shape [2] to match \`predictions\` [2,3], got [3]]`,
    );
    expect(() => accuracy(zeros([2, 3]), tensor([0, 1]))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: sparseCategoricalAccuracyOf: \`labels\` must be int32, got float32; convert them with \`cast\`]`,
    );
  });
});
