import type { Tensor } from '../array/tensor.ts';
import { is, some } from './equal.test-d.ts';
import type { Gather, OneHot, ScatterAdd, TakeAlongAxis } from '../ops/signatures/index.ts';
import type { Shape } from './tensor.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
type I<S extends Shape> = Tensor<S, 'int32'>;
declare const gather: Gather;
declare const takeAlongAxis: TakeAlongAxis;
declare const scatterAdd: ScatterAdd;
declare const oneHot: OneHot;
declare const table: F<[1000, 64]>;
declare const tokens: I<[number, 20]>;
declare const columns: I<[1000, 3]>;
declare const scalar: I<[]>;
declare const unknownRank: F<Shape>;
declare const unknownIndices: I<Shape>;
declare const axis: number;

is<F<[number, 20, 64]>>()(gather(table, tokens));
is<F<[1000, number, 20]>>()(gather(table, tokens, 1));
is<F<[1000]>>()(gather(table, scalar, -1));
is<F<[number, number, number]>>()(gather(table, tokens, axis));
is<F<Shape>>()(gather(unknownRank, tokens));
is<F<Shape>>()(gather(table, unknownIndices));
// @ts-expect-error axis 2 of rank 2
gather(table, tokens, 2);
// @ts-expect-error indices are int32
gather(table, table);

is<F<[1000, 3]>>()(takeAlongAxis(table, columns));
is<F<[7, 64]>>()(takeAlongAxis(table, some<I<[7, number]>>(), 0));
is<F<[number, number]>>()(takeAlongAxis(table, columns, axis));
is<F<Shape>>()(takeAlongAxis(unknownRank, columns));
// @ts-expect-error sizes differ outside the axis
takeAlongAxis(table, columns, 0);
// @ts-expect-error another rank
takeAlongAxis(table, scalar);
// @ts-expect-error axis 2 of rank 2
takeAlongAxis(table, columns, 2);

is<F<[1000, 64]>>()(scatterAdd(table, tokens, some<F<[32, 20, 64]>>()));
is<F<[1000, 64]>>()(scatterAdd(table, scalar, some<F<[1000]>>(), 1));
is<F<[1000, 64]>>()(scatterAdd(table, tokens, unknownRank));
is<F<Shape>>()(scatterAdd(unknownRank, tokens, table));
// @ts-expect-error updates of another shape
scatterAdd(table, tokens, some<F<[32, 20, 63]>>());
// @ts-expect-error updates of another rank
scatterAdd(table, tokens, table);
// @ts-expect-error updates of another dtype
scatterAdd(table, tokens, some<I<[32, 20, 64]>>());
// @ts-expect-error axis 2 of rank 2
scatterAdd(table, tokens, table, 2);

is<F<[number, 20, 10]>>()(oneHot(tokens, 10));
is<Tensor<[10], 'bool'>>()(oneHot(scalar, 10, 'bool'));
is<F<[number]>>()(oneHot(scalar, axis));
is<F<Shape>>()(oneHot(unknownIndices, 10));
// @ts-expect-error indices are int32
oneHot(table, 10);
