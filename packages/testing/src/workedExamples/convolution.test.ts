// Convolution, pooling and their gradients on small pictures, by hand.
import { grad } from '@chainrule/autograd';
import { averagePool2d, conv1d, conv2d, conv2dTranspose, maxPool2d, sum, tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';

type Grid = readonly (readonly number[])[];
const image = (rows: Grid): Tensor<[1, number, number, 1]> => tensor(rows.flat(), [1, rows.length, rows[0]!.length, 1]);
const kernel = (rows: Grid): Tensor<[number, number, 1, 1]> =>
  tensor(rows.flat(), [rows.length, rows[0]!.length, 1, 1]);
const grid = (t: Tensor): number[][] => (t.toArray() as number[][][][])[0]!.map((row) => row.map(([v]) => v!));
const rows = (row: readonly number[], n = 6): number[][] => Array.from({ length: n }, () => [...row]);

const vertical = kernel(rows([1, 0, -1], 3));
const horizontal = kernel([
  [1, 1, 1],
  [0, 0, 0],
  [-1, -1, -1],
]);

// Ng, "Convolutional Neural Networks" (Coursera 2017), week 1, "Edge detection example".
describe('the filter of vertical edges', () => {
  test('on a bright and a dark half gives 0, 30, 30, 0', () => {
    expect(grid(conv2d(image(rows([10, 10, 10, 0, 0, 0])), vertical))).toEqual(rows([0, 30, 30, 0], 4));
  });

  test('on a dark and a bright half gives 0, −30, −30, 0', () => {
    expect(grid(conv2d(image(rows([0, 0, 0, 10, 10, 10])), vertical))).toEqual(rows([0, -30, -30, 0], 4));
  });

  test('on the 6×6 numbers of the lecture gives −5 at the upper left and −16 at the lower right', () => {
    const picture = image([
      [3, 0, 1, 2, 7, 4],
      [1, 5, 8, 9, 3, 1],
      [2, 7, 2, 5, 1, 3],
      [0, 1, 3, 1, 7, 8],
      [4, 2, 1, 6, 2, 8],
      [2, 4, 5, 2, 3, 9],
    ]);
    expect(grid(conv2d(picture, vertical))).toEqual([
      [-5, -4, 0, 8],
      [-10, -2, 2, 3],
      [0, -2, -4, -7],
      [-3, -2, -3, -16],
    ]);
  });
});

test('the filter of horizontal edges on two bright quarters gives 30, 10, −10, −30', () => {
  const picture = image([...rows([10, 10, 10, 0, 0, 0], 3), ...rows([0, 0, 0, 10, 10, 10], 3)]);
  expect(grid(conv2d(picture, horizontal))).toEqual([
    [0, 0, 0, 0],
    [30, 10, -10, -30],
    [30, 10, -10, -30],
    [0, 0, 0, 0],
  ]);
});

// Goodfellow, Bengio and Courville 2016, figure 9.1, with a = 1, b = 2, …, l = 12 and w, x, y, z = 1, 2, 3, 4.
test('a 2×2 kernel on 3×4 is aw + bx + ey + fz in the upper left corner', () => {
  const picture = image([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
    [9, 10, 11, 12],
  ]);
  const weights = kernel([
    [1, 2],
    [3, 4],
  ]);
  expect(grid(conv2d(picture, weights))).toEqual([
    [1 + 4 + 15 + 24, 2 + 6 + 18 + 28, 3 + 8 + 21 + 32],
    [5 + 12 + 27 + 40, 6 + 14 + 30 + 44, 7 + 16 + 33 + 48],
  ]);
});

test('the convolution of [1, 2, 3] and [0, 1, 0.5] is [0, 1, 2.5, 4, 1.5] (documentation of numpy.convolve)', () => {
  const flipped = tensor([0.5, 1, 0], [3, 1, 1]);
  expect([...conv1d(tensor([1, 2, 3], [1, 3, 1]), flipped, { padding: 'full' }).data]).toEqual([0, 1, 2.5, 4, 1.5]);
});

test('a transposed convolution adds one scaled kernel for each element (Zhang et al. 2023, figure 14.10.1)', () => {
  const square = [
    [0, 1],
    [2, 3],
  ];
  expect(grid(conv2dTranspose(image(square), kernel(square)))).toEqual([
    [0, 0, 1],
    [0, 4, 6],
    [4, 12, 9],
  ]);
});

describe('pooling 2×2 with stride 2', () => {
  // CS231n, "Convolutional Networks", section "Pooling layer".
  const picture = image([
    [1, 1, 2, 4],
    [5, 6, 7, 8],
    [3, 2, 1, 0],
    [1, 2, 3, 4],
  ]);

  test('by the maximum gives 6, 8, 3, 4', () => {
    expect(grid(maxPool2d(picture, { poolSize: 2 }))).toEqual([
      [6, 8],
      [3, 4],
    ]);
  });

  test('by the mean gives 13/4, 21/4, 2, 2', () => {
    expect(grid(averagePool2d(picture, { poolSize: 2 }))).toEqual([
      [13 / 4, 21 / 4],
      [2, 2],
    ]);
  });

  test('gives the gradient to the maximum of each window only', () => {
    expect(grid(grad((x: Tensor) => sum(maxPool2d(x as typeof picture, { poolSize: 2 })))(picture))).toEqual([
      [0, 0, 0, 0],
      [0, 1, 0, 1],
      [1, 0, 0, 0],
      [0, 0, 0, 1],
    ]);
  });
});
