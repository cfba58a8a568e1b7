// By index, by loop, by chance.
import { full, ones, tensor, zeros } from '../../index.ts';
import { arange } from '../creation/sequences.ts';
import type { DType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { Generator } from '../random/generator.ts';
import { is } from '../../types/equal.test-d.ts';
import type { Shape } from '../../types/tensor.ts';
import { add } from '../elementwise/add.ts';
import { gather } from './gather.ts';
import { oneHot } from './oneHot.ts';
import { randomNormal } from '../random/randomNormal.ts';
import { randomUniform } from '../random/randomUniform.ts';
import { scan } from '../control/scan.ts';
import { scatterAdd } from './scatterAdd.ts';
import { takeAlongAxis } from './takeAlongAxis.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
type I<S extends Shape> = Tensor<S, 'int32'>;
declare const x: F<[5, 4]>;
declare const int: I<[5, 4]>;
declare const index: I<[2, 3]>;
declare const rows: I<[5, 1]>;
declare const batch: F<[number, 4]>;
declare const dynamic: F<Shape>;
declare const plain: Tensor;
declare const rng: Generator;
declare const n: number;
declare const sizes: number[];
declare const dtype: DType;

is<F<[2, 3, 4]>>()(gather(x, index));
is<F<[5, 2, 3]>>()(gather(x, index, 1));
is<F<[number, 2, 3]>>()(gather(batch, index, -1));
is<F<[number, number, number]>>()(gather(x, index, n));
is<F<Shape>>()(gather(dynamic, index));
is<Tensor>()(gather(plain, plain));
// @ts-expect-error an axis that is out of range
gather(x, index, 2);
// @ts-expect-error indices are int32
gather(x, x);

is<F<[5, 1]>>()(takeAlongAxis(x, rows));
is<F<[5, 1]>>()(takeAlongAxis(batch, rows, 1));
is<F<Shape>>()(takeAlongAxis(dynamic, rows));
is<Tensor>()(takeAlongAxis(plain, plain, 0));
// @ts-expect-error 5 and 2 outside the axis
takeAlongAxis(x, index);
// @ts-expect-error indices are int32
takeAlongAxis(x, x);

declare const updates: F<[2, 3, 4]>;
is<F<[5, 4]>>()(scatterAdd(x, index, updates));
is<F<[number, 4]>>()(scatterAdd(batch, index, updates));
is<F<[5, 4]>>()(scatterAdd(x, plain, plain));
is<Tensor>()(scatterAdd(plain, plain, plain, 1));
// @ts-expect-error updates of another shape
scatterAdd(x, index, x);
// @ts-expect-error int32 and float32
scatterAdd(int, index, updates);

is<F<[2, 3, 10]>>()(oneHot(index, 10));
is<Tensor<[2, 3, 10], 'bool'>>()(oneHot(index, 10, 'bool'));
is<F<[2, 3, number]>>()(oneHot(index, n));
is<F<Shape>>()(oneHot(plain, 10));
// @ts-expect-error indices are int32
oneHot(x, 10);

// Loops: the carry keeps its type, the ys are what the body returns.
is<[F<[4]>, F<Shape>]>()(scan((c: F<[4]>, t: F<[4]>) => [add(c, t), dynamic] as const, zeros([4]), zeros([4])));
is<[{ h: Tensor }, null]>()(scan((c: { h: Tensor }, t: Tensor) => [{ h: add(c.h, t) }, null], { h: plain }, plain));
is<[Tensor, Tensor]>()(
  scan((c: Tensor, _x, { w }, t) => (is<I<[]>>()(t), [add(c, w), c]), plain, undefined, {
    length: n,
    consts: { w: plain },
  }),
);
// @ts-expect-error the carry changes its shape
scan((c: F<[4]>) => [zeros([5]), c], zeros([4]), undefined, { length: 3 });
// @ts-expect-error the body must return the carry and a y
scan((c: Tensor) => c, plain, plain);

is<F<[2, 3]>>()(randomUniform(rng, [2, 3]));
is<Tensor<[2, 3], 'float64'>>()(randomUniform(rng, [2, 3], { dtype: 'float64' }));
is<F<[number, 3]>>()(randomUniform(rng, [n, 3], { low: -1, high: 1 }));
is<F<Shape>>()(randomUniform(rng, sizes));
// @ts-expect-error no such dtype
randomUniform(rng, [2], { dtype: 'int32' });
is<F<[2, 3]>>()(randomNormal(rng, [2, 3]));
is<Tensor<[2, 3], 'float64'>>()(randomNormal(rng, [2, 3], { dtype: 'float64', std: 2 }));
is<F<Shape>>()(randomNormal(rng, sizes));
// @ts-expect-error no such option
randomNormal(rng, [2], { deviation: 2 });

// Creation.
is<F<[2, 2]>>()(
  tensor([
    [1, 2],
    [3, 4],
  ]),
);
is<Tensor<[3], 'int32'>>()(tensor([1, 2, 3], [3], 'int32'));
is<Tensor<[2]>>()(tensor([1, 2], [2], dtype));
// @ts-expect-error ragged
tensor([[1, 2], [3]]);
is<F<[2, 3]>>()(zeros([2, 3]));
is<Tensor<[number], 'bool'>>()(zeros([n], 'bool'));
is<F<Shape>>()(ones(sizes));
is<Tensor<[2], 'float64'>>()(ones([2], 'float64'));
is<F<[2]>>()(full([2], 7));
is<F<[10]>>()(arange(10));
is<I<[number]>>()(arange(n, 'int32'));
// @ts-expect-error a dtype that does not exist
zeros([2], 'float16');
// @ts-expect-error a shape, not a size
ones(2);
// @ts-expect-error the value is missing
full([2]);
// @ts-expect-error a count, not a shape
arange([3]);
