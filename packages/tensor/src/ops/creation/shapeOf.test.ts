import { expect, test } from 'vitest';
import { zeros } from './creation.ts';
import { shapeOf } from './shapeOf.ts';

test('shapeOf gives the shape', () => {
  for (const shape of [[], [0], [1], [2, 3, 1]]) expect(shapeOf(zeros(shape))).toEqual(shape);
  const [rows, columns] = shapeOf(zeros([2, 3]));
  const transposed: readonly [3, 2] = shapeOf(zeros([columns, rows]));
  expect(transposed).toEqual([3, 2]);
  expect(() => shapeOf([1, 2] as never)).toThrow('shapeOf: `x` must be a tensor, got [1,2]; make one with `tensor(…)`');
});
