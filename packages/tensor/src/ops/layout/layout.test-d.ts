// The same elements in another shape or order, joined, cut and padded.
import type { Tensor } from '../../array/tensor.ts';
import { is } from '../../types/equal.test-d.ts';
import type { Shape } from '../../types/tensor.ts';
import { broadcastTo } from './broadcastTo.ts';
import { concat } from './concat.ts';
import { expandDims } from './expandDims.ts';
import { flip } from './flip.ts';
import { pad } from './pad.ts';
import { reshape } from './reshape.ts';
import { slice } from './slice.ts';
import { squeeze } from './squeeze.ts';
import { transpose } from './transpose.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
declare const x: F<[2, 3, 4]>;
declare const int: Tensor<[2, 3, 4], 'int32'>;
declare const one: F<[2, 1, 4]>;
declare const batch: F<[number, 3]>;
declare const dynamic: F<Shape>;
declare const plain: Tensor;
declare const n: number;
declare const sizes: number[];
declare const list: F<[2, 3]>[];

is<F<[4, 3, 2]>>()(transpose(x));
is<F<[2, 4, 3]>>()(transpose(x, [0, 2, 1]));
is<F<[4, 2, 3]>>()(transpose(x, [-1, 0, 1]));
is<F<[3, number]>>()(transpose(batch));
is<F<[number, number, number]>>()(transpose(x, sizes));
is<F<Shape>>()(transpose(dynamic, [1, 0]));
is<Tensor>()(transpose(plain, [1, 0, 2]));
// @ts-expect-error no permutation
transpose(x, [0, 1, 1]);
// @ts-expect-error an axis is missing
transpose(x, [1, 0]);

is<F<[6, 4]>>()(reshape(x, [6, 4]));
is<F<[4, 6]>>()(reshape(x, [4, -1]));
is<F<[number, 3, 1]>>()(reshape(batch, [n, 3, 1]));
is<F<[number, 3]>>()(reshape(batch, [-1, 3]));
is<F<[4, 6]>>()(reshape(dynamic, [4, 6]));
is<Tensor>()(reshape(plain, sizes));
// @ts-expect-error 24 and 25 elements
reshape(x, [5, 5]);
// @ts-expect-error 24 does not divide by 5
reshape(x, [5, -1]);

is<F<[1, 2, 3, 4]>>()(expandDims(x, 0));
is<F<[2, 3, 4, 1]>>()(expandDims(x, -1));
is<F<[number, 1, 3]>>()(expandDims(batch, 1));
is<F<[number, number, number, number]>>()(expandDims(x, n));
is<Tensor>()(expandDims(plain, 0));
// @ts-expect-error an axis that is out of range
expandDims(x, 4);

is<F<[2, 4]>>()(squeeze(one, 1));
is<F<[2, 4]>>()(squeeze(one, -2));
is<F<Shape>>()(squeeze(one));
is<F<[3]>>()(squeeze(batch, 0));
is<Tensor>()(squeeze(plain, 0));
// @ts-expect-error the axis has size 3
squeeze(x, 1);
// @ts-expect-error an axis that is out of range
squeeze(one, 3);

is<F<[2, 3, 4]>>()(broadcastTo(one, [2, 3, 4]));
is<F<[5, 2, 1, 4]>>()(broadcastTo(one, [5, 2, 1, 4]));
is<F<[8, 3]>>()(broadcastTo(batch, [8, 3]));
is<Tensor>()(broadcastTo(plain, sizes));
// @ts-expect-error 3 and 4
broadcastTo(x, [2, 4, 4]);
// @ts-expect-error fewer axes
broadcastTo(x, [4]);

is<F<[2, 3, 4]>>()(flip(x));
is<F<[2, 3, 4]>>()(flip(x, 1));
is<F<[2, 3, 4]>>()(flip(x, [0, -1]));
is<F<[number, 3]>>()(flip(batch, n));
is<Tensor>()(flip(plain, 7));
// @ts-expect-error an axis that is out of range
flip(x, 3);

is<F<[1, 2, 4]>>()(slice(x, [0, 1, 0], [1, 2, 4]));
is<F<[2, 2, 4]>>()(slice(x, [0, 1, 0], [-1, -1, -1]));
is<F<[2, number, 4]>>()(slice(x, [0, 0, 0], [2, 3, 4], [1, 2, 1]));
is<F<[number, 2]>>()(slice(batch, [n, 1], [-1, 2]));
is<F<[number, number, number]>>()(slice(x, sizes, sizes));
is<Tensor<[number, 5]>>()(slice(plain, [0, 0], [-1, 5]));
// @ts-expect-error beyond the end
slice(x, [0, 2, 0], [2, 2, 4]);
// @ts-expect-error too few begins
slice(x, [0, 0], [2, 2, 4]);
// @ts-expect-error too few sizes
slice(x, [0, 0, 0], [2, 2]);

is<F<[2, 6, 4]>>()(
  pad(x, [
    [0, 0],
    [1, 2],
    [0, 0],
  ]),
);
is<F<[number, 5]>>()(
  pad(
    batch,
    [
      [1, 1],
      [1, 1],
    ],
    -1,
  ),
);
is<Tensor<[number, number]>>()(
  pad(plain, [
    [1, 1],
    [1, 1],
  ]),
);
// @ts-expect-error a pair is missing
pad(x, [
  [1, 1],
  [1, 1],
]);
// @ts-expect-error not pairs
pad(x, [1, 1, 1]);

is<F<[4, 3, 4]>>()(concat([x, x]));
is<F<[2, 4, 4]>>()(concat([x, one], 1));
is<F<[2, 3, 12]>>()(concat([x, x, x], -1));
is<F<[number, 3]>>()(concat([batch, batch]));
is<F<[number, 6]>>()(concat([batch, batch], 1));
is<F<Shape>>()(concat([x, dynamic]));
is<F<Shape>>()(concat(list));
is<Tensor>()(concat([plain, plain]));
// @ts-expect-error 3 and 1
concat([x, one], 0);
// @ts-expect-error float32 and int32
concat([x, int]);
// @ts-expect-error an axis that is out of range
concat([x, x], 3);

export const functions: ((x: Tensor) => Tensor)[] = [flip, squeeze, transpose];
