import { expect, test } from 'vitest';
import { clipPath } from './clipPath.ts';

const square = [0, 10] as const;

test('keeps the parts inside the rectangle', () => {
  const inside = [[1, 1], [9, 2], [5, 10]] as const; // prettier-ignore
  expect(clipPath(inside, square, square)).toEqual(inside);
});

test('cuts segments at the edges, also those that cross the rectangle', () => {
  expect(clipPath([[-5, 5], [5, 5], [5, 20]], square, square)).toEqual([[0, 5], [5, 5], [5, 10]]); // prettier-ignore
  expect(clipPath([[-5, 0], [15, 10]], square, square)).toEqual([[0, 2.5], [10, 7.5]]); // prettier-ignore
});

test('leaves a gap where a path goes outside and comes back, or is not finite', () => {
  const path = [[5, 5], [5, 15], [8, 15], [8, 5], [NaN, 3], [1, 1], [2, 2]] as const; // prettier-ignore
  expect(clipPath(path, square, square)).toEqual([[5, 5], [5, 10], [NaN, NaN], [8, 10], [8, 5], [NaN, NaN], [1, 1], [2, 2]]); // prettier-ignore
});

test('draws nothing of a path outside, of one point, or of none', () => {
  expect(clipPath([[-5, 5], [5, 16]], square, square)).toEqual([]); // prettier-ignore
  expect(clipPath([[20, 0], [20, 10]], square, square)).toEqual([]); // prettier-ignore
  expect(clipPath([[5, 5]], square, square)).toEqual([]);
  expect(clipPath([], square, square)).toEqual([]);
});
