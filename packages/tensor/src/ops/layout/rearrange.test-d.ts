// Joined, cut, repeated and moved.
import type { Tensor } from '../../array/tensor.ts';
import { is } from '../../types/equal.test-d.ts';
import type { Shape } from '../../types/tensor.ts';
import { flatten } from './flatten.ts';
import { moveAxis } from './moveAxis.ts';
import { repeat } from './repeat.ts';
import { roll } from './roll.ts';
import { split } from './split.ts';
import { stack } from './stack.ts';
import { tile } from './tile.ts';
import { tril } from './tril.ts';
import { triu } from './triu.ts';
import { unstack } from './unstack.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
declare const x: F<[2, 3, 4]>;
declare const other: F<[2, 3, 5]>;
declare const int: Tensor<[2, 3, 4], 'int32'>;
declare const batch: F<[number, 6]>;
declare const dynamic: F<Shape>;
declare const plain: Tensor;
declare const n: number;

is<F<[2, 12]>>()(flatten(x));
is<F<[number, 6]>>()(flatten(batch));
is<Tensor<[number, number]>>()(flatten(plain));
is<F<[4, 2, 3]>>()(moveAxis(x, -1, 0));
is<F<[number, number, number]>>()(moveAxis(x, n, 0));
is<Tensor>()(moveAxis(plain, 0, 1));
// @ts-expect-error an axis that is out of range
moveAxis(x, 3, 0);
is<F<[4, 3, 4]>>()(repeat(x, 2, 0));
is<F<[48]>>()(repeat(x, 2));
is<F<[number, 12]>>()(repeat(batch, 2, 1));
is<Tensor>()(repeat(plain, 2, 1));
// @ts-expect-error an axis that is out of range
repeat(x, 2, 3);
is<F<[2, 3, 4]>>()(roll(x, 1));
is<F<[number, 6]>>()(roll(batch, [1, 2], [0, 1]));
is<Tensor>()(roll(plain, 1, 5));
// @ts-expect-error an axis that is out of range
roll(x, 1, 3);

is<[F<[2, 3, 2]>, F<[2, 3, 2]>]>()(split(x, 2, 2));
is<[F<[number, 2]>, F<[number, 2]>, F<[number, 2]>]>()(split(batch, 3, -1));
is<[F<[2, 3, 1]>, F<[2, 3, 3]>]>()(split(x, [1, 3], 2));
is<F<[number, 6]>[]>()(split(batch, n));
is<[Tensor, Tensor]>()(split(plain, 2));
// @ts-expect-error 3 does not divide into 2
split(x, 2, 1);
// @ts-expect-error 1 and 2 are not 4
split(x, [1, 2], 2);
is<F<[2, 2, 3, 4]>>()(stack([x, x]));
is<F<[2, 3, 4, 3]>>()(stack([x, x, x], -1));
is<F<Shape>>()(stack([x, dynamic]));
is<Tensor>()(stack([plain, plain]));
// @ts-expect-error 4 and 5
stack([x, other]);
// @ts-expect-error float32 and int32
stack([x, int]);
is<[F<[3, 4]>, F<[3, 4]>]>()(unstack(x));
is<[F<[2, 4]>, F<[2, 4]>, F<[2, 4]>]>()(unstack(x, 1));
is<F<[6]>[]>()(unstack(batch));
is<Tensor[]>()(unstack(plain));
// @ts-expect-error an axis that is out of range
unstack(x, 3);

is<F<[2, 6, 4]>>()(tile(x, [2, 1]));
is<F<[5, 2, 3, 4]>>()(tile(x, [5, 1, 1, 1]));
is<F<[number, 12]>>()(tile(batch, [1, 2]));
is<Tensor>()(tile(plain, [2]));
// @ts-expect-error a list of numbers
tile(x, 2);
is<F<[2, 3, 4]>>()(tril(x));
is<F<[number, 6]>>()(triu(batch, -1));
is<Tensor>()(tril(plain, 1));
// @ts-expect-error the diagonal is a number
tril(x, [1]);
// @ts-expect-error not a tensor
triu([[1, 2]]);
