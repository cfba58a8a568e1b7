import { cast, reshape, resizeBilinear, tensor, type Tensor } from '@chainrule/tensor';
import { expect, test } from 'vitest';
import { resizeImage } from './resizeImage.ts';

type Image = Tensor<[number, number, number], 'uint8'>;

const pixels = [
  106, 23, 1, 141, 152, 6, 27, 18, 249, 44, 73, 181, 131, 230, 6, 215, 184, 187, 120, 74, 200, 99, 15, 31, 0, 153, 197,
  130, 21, 99, 190, 145, 253, 43, 152,
];
const image: Image = tensor(pixels, [7, 5, 1], 'uint8');

// Pillow 12, `resize(size, Image.BILINEAR)`. It rounds after each axis, so that it may differ by 1.
test.each<[[number, number], number[]]>([
  [
    [3, 2],
    [59, 119, 148, 99, 156, 85],
  ],
  [
    [2, 7],
    [92, 94, 89, 71, 152, 131, 59, 177, 166, 152, 136, 81, 65, 74],
  ],
  [
    [9, 4],
    [
      85, 14, 83, 149, 36, 20, 130, 113, 51, 84, 169, 80, 124, 166, 180, 67, 207, 185, 148, 86, 182, 91, 52, 25, 169,
      122, 47, 48, 169, 176, 88, 95, 179, 190, 131, 125,
    ],
  ],
  [[1, 1], [113]],
])('with antialiasing, to %j, it gives what Pillow gives', (size, expected) => {
  const resized = resizeImage(image, size, true);
  expect(resized.shape).toEqual([...size, 1]);
  expect(resized.dtype).toBe('uint8');
  resized.data.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(1));
});

test.each<[number, number]>([
  [3, 2],
  [2, 7],
  [9, 4],
  [1, 1],
  [14, 10],
])('without antialiasing, to %d x %d, it gives what resizeBilinear gives', (height, width) => {
  const expected = resizeBilinear(cast(reshape(image, [1, 7, 5, 1]), 'float64'), [height, width]).data;
  resizeImage(image, [height, width], false).data.forEach((value, i) =>
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(0.5 + 1e-4),
  );
});

test('channels stay apart, constant images stay constant, and images of the right size stay as they are', () => {
  const colors: Image = tensor([[[9, 0, 200]]], 'uint8');
  expect([...new Set(resizeImage(colors, [3, 2], true).data)]).toEqual([9, 0, 200]);
  for (const antialias of [true, false])
    expect(
      new Set(resizeImage(tensor(new Uint8Array(35).fill(7), [7, 5, 1], 'uint8'), [3, 9], antialias).data),
    ).toEqual(new Set([7]));
  expect(resizeImage(image, [7, 5], true)).toBe(image);
});
