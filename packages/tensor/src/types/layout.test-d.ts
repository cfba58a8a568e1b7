import type { Tensor } from '../array/tensor.ts';
import { is, some } from './equal.test-d.ts';
import type { ExpandDims, Flatten, Pad, Reshape, Slice, Squeeze, Transpose } from '../ops/signatures/index.ts';
import type { Shape } from './tensor.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
declare const transpose: Transpose;
declare const reshape: Reshape;
declare const flatten: Flatten;
declare const slice: Slice;
declare const pad: Pad;
declare const expandDims: ExpandDims;
declare const squeeze: Squeeze;
declare const a: F<[2, 3]>;
declare const cube: F<[2, 3, 4]>;
declare const images: F<[32, 28, 28, 1]>;
declare const batch: F<[number, 28, 28]>;
declare const unknownRank: F<Shape>;
declare const sizes: number[];
declare const pairs: [number, number][];
declare const n: number;

is<F<[3, 2]>>()(transpose(a));
is<F<[4, 2, 3]>>()(transpose(cube, [2, 0, 1]));
is<F<[4, 3, 2]>>()(transpose(cube, [-1, 1, 0]));
is<F<[28, 28, number]>>()(transpose(batch));
is<F<[number, number, number]>>()(transpose(cube, sizes));
is<F<[number, number]>>()(transpose(a, [n, 0]));
is<F<Shape>>()(transpose(unknownRank, [1, 0]));
is<F<Shape>>()(transpose(unknownRank));
// @ts-expect-error not a permutation
transpose(a, [0, 0]);
// @ts-expect-error too many axes
transpose(a, [0, 1, 2]);
// @ts-expect-error axis 2 of rank 2
transpose(a, [0, 2]);
// @ts-expect-error the annotation does not stand in for the axes
export const transposedWrongly: F<[2, 3]> = transpose(a);

is<F<[6, 4]>>()(reshape(cube, [6, 4]));
is<F<[32, 784]>>()(reshape(images, [32, -1]));
is<F<[number, 784]>>()(reshape(batch, [-1, 784]));
is<F<[4, number]>>()(reshape(unknownRank, [4, -1]));
is<F<[4, 2]>>()(reshape(unknownRank, [4, 2]));
is<F<Shape>>()(reshape(a, sizes));
is<F<[number, 2]>>()(reshape(a, [n, 2]));
is<F<[68719476736]>>()(reshape(some<F<[1024, 1024, 1024, 64]>>(), [-1]));
// @ts-expect-error 8 elements of 6
reshape(a, [4, 2]);
// @ts-expect-error 6 elements do not divide by 4
reshape(a, [4, -1]);
// @ts-expect-error not a shape
reshape(unknownRank, 'x');

is<F<[32, 784]>>()(flatten(images));
is<F<[number, 784]>>()(flatten(batch));
is<F<[2, 1]>>()(flatten(some<F<[2]>>()));
is<F<[number, number]>>()(flatten(unknownRank));
// @ts-expect-error no batch axis
flatten(some<F<[]>>());

is<F<[1, 2]>>()(slice(a, [1, 0], [1, 2]));
is<F<[2, 2]>>()(slice(a, [0, 1], [-1, -1]));
is<F<[number, 2]>>()(slice(a, [n, 1], [-1, -1]));
is<F<[number, 3, 28]>>()(slice(batch, [0, 25, 0], [-1, 3, 28]));
is<F<[number, number]>>()(slice(a, [0, 0], sizes));
is<F<[number, 3]>>()(slice(a, [0, 0], [-1, -1], [2, 1]));
is<F<[1, number]>>()(slice(unknownRank, [0, 0], [1, -1]));
is<F<[1, 1]>>()(slice(a, sizes, [1, 1]));
// @ts-expect-error too few sizes
slice(a, [0, 0], [1]);
// @ts-expect-error too few begins
slice(a, [0], [1, 1]);
// @ts-expect-error too few strides
slice(a, [0, 0], [1, 1], [2]);
// @ts-expect-error 3 elements from 1 of 3
slice(a, [0, 1], [2, 3]);
// @ts-expect-error begins after the end
slice(a, [0, 4], [2, -1]);

is<F<[2, 6]>>()(
  pad(a, [
    [0, 0],
    [1, 2],
  ]),
);
is<F<[number, 30, 30]>>()(
  pad(
    batch,
    [
      [0, 0],
      [1, 1],
      [1, 1],
    ],
    0,
  ),
);
is<F<[number, 3]>>()(
  pad(a, [
    [0, n],
    [0, 0],
  ]),
);
is<F<[number, number]>>()(pad(a, pairs));
is<F<[number, number]>>()(
  pad(unknownRank, [
    [0, 1],
    [0, 1],
  ]),
);
is<F<Shape>>()(pad(unknownRank, pairs));
// @ts-expect-error too few pairs
pad(a, [[0, 1]]);
// @ts-expect-error not pairs
pad(a, [1, 1]);

is<F<[1, 2, 3]>>()(expandDims(a, 0));
is<F<[2, 3, 1]>>()(expandDims(a, 2));
is<F<[2, 3, 1]>>()(expandDims(a, -1));
is<F<[number, number, number]>>()(expandDims(a, n));
is<F<Shape>>()(expandDims(unknownRank, 0));
// @ts-expect-error axis 3 of the new rank 3
expandDims(a, 3);
// @ts-expect-error axis -4 of the new rank 3
expandDims(a, -4);

is<F<[32, 28, 28]>>()(squeeze(images, 3));
is<F<[32, 28, 28]>>()(squeeze(images, -1));
is<F<[28, 28]>>()(squeeze(batch, 0));
is<F<Shape>>()(squeeze(images));
is<F<Shape>>()(squeeze(images, n));
is<F<Shape>>()(squeeze(unknownRank, 0));
// @ts-expect-error size 28
squeeze(images, 1);
// @ts-expect-error axis 4 of rank 4
squeeze(images, 4);
