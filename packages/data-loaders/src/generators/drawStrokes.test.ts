import { expect, test } from 'vitest';
import { drawStrokes } from './drawStrokes.ts';

const draw = (...args: [strokes: Parameters<typeof drawStrokes>[2], radius: number]): number[][] => {
  const picture = new Float32Array(49).fill(9);
  drawStrokes(picture, 7, ...args);
  return Array.from({ length: 7 }, (_, row) => [...picture.subarray(row * 7, row * 7 + 7)]);
};

test('drawStrokes inks the pixels under the pen and fades over one pixel', () => {
  const picture = draw(
    [
      [
        [1, 3.5],
        [6, 3.5],
      ],
    ],
    1,
  );
  expect(picture[3]).toEqual([1, 1, 1, 1, 1, 1, 1]);
  expect(picture[2]!.slice(1, 6)).toEqual([0.5, 0.5, 0.5, 0.5, 0.5]);
  expect(picture[4]).toEqual(picture[2]);
  expect(picture[1]).toEqual([0, 0, 0, 0, 0, 0, 0]);
});

test('drawStrokes clips strokes at the edges of the image', () => {
  const picture = draw(
    [
      [
        [-50, 3.5],
        [50, 3.5],
      ],
      [
        [20, 20],
        [30, 30],
      ],
    ],
    0.5,
  );
  expect(picture[3]).toEqual([1, 1, 1, 1, 1, 1, 1]);
  expect(picture.flat().filter((value) => value > 0)).toHaveLength(7);
});

test('drawStrokes draws a segment without length as a dot', () => {
  expect(
    draw(
      [
        [
          [3.5, 3.5],
          [3.5, 3.5],
        ],
      ],
      0.5,
    )[3],
  ).toEqual([0, 0, 0, 1, 0, 0, 0]);
});
