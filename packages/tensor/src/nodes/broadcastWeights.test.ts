import { expect, test } from 'vitest';
import { tensor, zeros } from '../ops/creation/creation.ts';
import { broadcastWeights } from './broadcastWeights.ts';

const repeat = (weights: Parameters<typeof broadcastWeights>[1], shape: readonly number[]): unknown =>
  broadcastWeights('loss', weights, shape).toArray();

test('broadcastWeights repeats along the axes that weights lack', () => {
  expect(repeat(tensor([2, 0]), [2, 3])).toEqual([
    [2, 2, 2],
    [0, 0, 0],
  ]);
  expect(
    repeat(
      tensor([
        [1, 2],
        [3, 4],
      ]),
      [2, 2, 2],
    ),
  ).toEqual([
    [
      [1, 1],
      [2, 2],
    ],
    [
      [3, 3],
      [4, 4],
    ],
  ]);
  expect(repeat(tensor([1, 0], undefined, 'bool'), [2])).toEqual([true, false]);
  expect(repeat(tensor(5), [2])).toEqual([5, 5]);
});

test('broadcastWeights refuses weights of other axes, of size 1 too', () => {
  expect(() => repeat(zeros([3]), [2, 3])).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: loss: \`sampleWeight\` must have one weight for each sample or position of [2,3], got [3]]`,
  );
  expect(() => repeat(zeros([2, 1]), [2, 3])).toThrow('got [2,1]');
  expect(() => repeat(zeros([2, 3, 1]), [2, 3])).toThrow('got [2,3,1]');
});
