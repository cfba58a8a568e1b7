import { describe, expect, test } from 'vitest';
import { ones, tensor, zeros } from '../ops/creation/creation.ts';
import { alignTargets } from './alignTargets.ts';

describe('targets', () => {
  test('of two classes get the last axis of the predictions', () => {
    expect(alignTargets('loss', zeros([3, 1]), tensor([0, 1, 1])).toArray()).toEqual([[0], [1], [1]]);
    expect(alignTargets('loss', zeros([1, 1]), tensor([1])).toArray()).toEqual([[1]]);
    expect(alignTargets('loss', zeros([0, 1]), zeros([0])).shape).toEqual([0, 1]);
    expect(alignTargets('loss', zeros([2, 3, 1]), ones([2, 3])).shape).toEqual([2, 3, 1]);
  });

  test.each(['int32', 'uint8', 'bool'] as const)('of %s become floats of the predictions', (dtype) => {
    const aligned = alignTargets('loss', zeros([2], 'float64'), tensor([0, 1], dtype));
    expect([aligned.dtype, aligned.toArray()]).toEqual(['float64', [0, 1]]);
  });

  test('that fit stay', () => {
    const targets = tensor([[1, 2]]);
    expect(alignTargets('loss', zeros([1, 2]), targets)).toBe(targets);
  });

  test('of another shape, another float, or of no tensor are refused', () => {
    expect(() => alignTargets('loss', zeros([3, 2]), zeros([3]))).toThrow(
      "loss: `targets` must have the predictions' shape [3,2], got [3]",
    );
    expect(() => alignTargets('loss', zeros([3, 1]), zeros([2]))).toThrow('got [2]');
    expect(() => alignTargets('loss', zeros([3, 1]), zeros([1, 3]))).toThrow('got [1,3]');
    expect(() => alignTargets('loss', zeros([2]), zeros([2], 'float64'))).toThrow('must be float32');
    expect(() => alignTargets('loss', zeros([2], 'int32'), zeros([2]))).toThrow('`predictions` must be float32');
    expect(() => alignTargets('loss', zeros([2]), [1, 2] as never)).toThrow('`targets` must be a tensor');
  });
});
