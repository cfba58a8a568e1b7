import type { Tensor } from '../array/tensor.ts';
import { is, some } from './equal.test-d.ts';
import type { Concat, Split, Stack } from '../ops/signatures/index.ts';
import type { Shape } from './tensor.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
declare const concat: Concat;
declare const stack: Stack;
declare const split: Split;
declare const a: F<[2, 3]>;
declare const wide: F<[2, 4]>;
declare const tall: F<[5, 3]>;
declare const batch: F<[number, 3]>;
declare const ints: Tensor<[2, 3], 'int32'>;
declare const list: F<[2, 3]>[];
declare const unknownRank: F<Shape>;
declare const unknown: Tensor;
declare const n: number;

is<F<[7, 3]>>()(concat([a, tall]));
is<F<[2, 7]>>()(concat([a, wide], -1));
is<F<[2, 10]>>()(concat([a, wide, a], 1));
is<F<[2, 10]>>()(concat([a, wide, a], { axis: 1 }));
is<F<[2, 2, 3]>>()(stack([a, a], { axis: 1 }));
is<[F<[2, 1]>, F<[2, 2]>]>()(split(a, [1, 2], { axis: 1 }));
is<F<[number, 3]>>()(concat([a, batch]));
is<F<[2, 6]>>()(concat([batch, a], 1));
is<F<[2, 3]>>()(concat([a]));
is<F<Shape>>()(concat([a, unknownRank]));
is<F<[number, number]>>()(concat([a, a], n));
is<F<Shape>>()(concat(list));
is<F<Shape>>()(concat([a, unknown]));
// @ts-expect-error 3 and 4 outside the axis
concat([a, wide]);
// @ts-expect-error the third does not fit
concat([a, a, wide]);
// @ts-expect-error another rank
concat([a, some<F<[2]>>()]);
// @ts-expect-error axis 2 of rank 2
concat([a, a], 2);
// @ts-expect-error another dtype
concat([a, ints]);
// @ts-expect-error not a tensor
concat([unknown, 3]);

is<F<[2, 2, 3]>>()(stack([a, a]));
is<F<[2, 3, 3]>>()(stack([a, a, batch], -1));
is<F<Shape>>()(stack([a, unknownRank]));
is<F<Shape>>()(stack(list));
// @ts-expect-error shapes differ
stack([a, wide]);
// @ts-expect-error axis 3 of the new rank 3
stack([a, a], 3);
// @ts-expect-error another dtype
stack([a, ints]);

is<[F<[1, 3]>, F<[1, 3]>]>()(split(a, 2));
is<[F<[2, 2]>, F<[2, 2]>]>()(split(wide, 2, 1));
is<F<[number, 3]>[]>()(split(a, n));
is<[F<Shape>, F<Shape>]>()(split(unknownRank, 2));
// @ts-expect-error 3 does not divide by 2
split(a, 2, 1);
// @ts-expect-error axis 2 of rank 2
split(a, 2, 2);
