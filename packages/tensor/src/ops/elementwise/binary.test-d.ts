// Two tensors, or a tensor and a number, with NumPy broadcasting.
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import { is } from '../../types/equal.test-d.ts';
import type { Shape } from '../../types/tensor.ts';
import { add } from './add.ts';
import { div } from './div.ts';
import { equal } from './equal.ts';
import { greater } from './greater.ts';
import { greaterEqual } from './greaterEqual.ts';
import { less } from './less.ts';
import { lessEqual } from './lessEqual.ts';
import { maximum } from './maximum.ts';
import { minimum } from './minimum.ts';
import { mul } from './mul.ts';
import { pow } from './pow.ts';
import { sub } from './sub.ts';
import { where } from './where.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
type B<S extends Shape> = Tensor<S, 'bool'>;
declare const x: F<[2, 3]>;
declare const row: F<[3]>;
declare const column: F<[2, 1]>;
declare const four: F<[2, 4]>;
declare const batch: F<[number, 3]>;
declare const dynamic: F<Shape>;
declare const plain: Tensor;
declare const double: Tensor<[2, 3], 'float64'>;
declare const int: Tensor<[2, 3], 'int32'>;
declare const mask: B<[2, 3]>;
declare const n: number;

// Any dtype; both sides share it.
is<F<[2, 3]>>()(add(x, row));
is<F<[2, 3]>>()(add(column, row));
is<F<[number, 3]>>()(add(batch, 1));
is<Tensor<[2, 3], 'int32'>>()(add(2, int));
is<F<Shape>>()(add(x, dynamic));
is<Tensor>()(add(plain, plain));
// @ts-expect-error 3 and 4
add(x, four);
// @ts-expect-error float32 and int32
add(x, int);
is<F<[2, 3]>>()(sub(x, row));
is<F<[2, 3]>>()(sub(column, row));
is<F<[number, 3]>>()(sub(batch, 1));
is<Tensor<[2, 3], 'int32'>>()(sub(2, int));
is<F<Shape>>()(sub(x, dynamic));
is<Tensor>()(sub(plain, plain));
// @ts-expect-error 3 and 4
sub(x, four);
// @ts-expect-error float32 and int32
sub(x, int);
is<F<[2, 3]>>()(mul(x, row));
is<F<[2, 3]>>()(mul(column, row));
is<F<[number, 3]>>()(mul(batch, 1));
is<Tensor<[2, 3], 'int32'>>()(mul(2, int));
is<F<Shape>>()(mul(x, dynamic));
is<Tensor>()(mul(plain, plain));
// @ts-expect-error 3 and 4
mul(x, four);
// @ts-expect-error float32 and int32
mul(x, int);
is<F<[2, 3]>>()(maximum(x, row));
is<F<[2, 3]>>()(maximum(column, row));
is<F<[number, 3]>>()(maximum(batch, 1));
is<Tensor<[2, 3], 'int32'>>()(maximum(2, int));
is<F<Shape>>()(maximum(x, dynamic));
is<Tensor>()(maximum(plain, plain));
// @ts-expect-error 3 and 4
maximum(x, four);
// @ts-expect-error float32 and int32
maximum(x, int);
is<F<[2, 3]>>()(minimum(x, row));
is<F<[2, 3]>>()(minimum(column, row));
is<F<[number, 3]>>()(minimum(batch, 1));
is<Tensor<[2, 3], 'int32'>>()(minimum(2, int));
is<F<Shape>>()(minimum(x, dynamic));
is<Tensor>()(minimum(plain, plain));
// @ts-expect-error 3 and 4
minimum(x, four);
// @ts-expect-error float32 and int32
minimum(x, int);

// float32 and float64. A tensor of unknown dtype is taken, one of a wrong dtype is not.
is<F<[2, 3]>>()(div(x, row));
is<F<[number, 3]>>()(div(batch, n));
is<Tensor<[2, 3], 'float64'>>()(div(2, double));
is<F<Shape>>()(div(plain, x));
is<Tensor<Shape, FloatDType>>()(div(plain, plain));
is<Tensor<Shape, FloatDType>>()(div(1, plain));
// @ts-expect-error 3 and 4
div(x, four);
// @ts-expect-error int32
div(int, 2);
// @ts-expect-error int32 beside an unknown dtype
div(plain, int);
// @ts-expect-error float32 and float64
div(x, double);
is<F<[2, 3]>>()(pow(x, row));
is<F<[number, 3]>>()(pow(batch, n));
is<Tensor<[2, 3], 'float64'>>()(pow(2, double));
is<F<Shape>>()(pow(plain, x));
is<Tensor<Shape, FloatDType>>()(pow(plain, plain));
is<Tensor<Shape, FloatDType>>()(pow(1, plain));
// @ts-expect-error 3 and 4
pow(x, four);
// @ts-expect-error int32
pow(int, 2);
// @ts-expect-error int32 beside an unknown dtype
pow(plain, int);
// @ts-expect-error float32 and float64
pow(x, double);

// To bool.
is<B<[2, 3]>>()(equal(x, row));
is<B<[number, 3]>>()(equal(batch, 0));
is<B<Shape>>()(equal(plain, x));
// @ts-expect-error 3 and 4
equal(x, four);
// @ts-expect-error float32 and int32
equal(x, int);
is<B<[2, 3]>>()(greater(x, row));
is<B<[number, 3]>>()(greater(batch, 0));
is<B<Shape>>()(greater(plain, x));
// @ts-expect-error 3 and 4
greater(x, four);
// @ts-expect-error float32 and int32
greater(x, int);
is<B<[2, 3]>>()(greaterEqual(x, row));
is<B<[number, 3]>>()(greaterEqual(batch, 0));
is<B<Shape>>()(greaterEqual(plain, x));
// @ts-expect-error 3 and 4
greaterEqual(x, four);
// @ts-expect-error float32 and int32
greaterEqual(x, int);
is<B<[2, 3]>>()(less(x, row));
is<B<[number, 3]>>()(less(batch, 0));
is<B<Shape>>()(less(plain, x));
// @ts-expect-error 3 and 4
less(x, four);
// @ts-expect-error float32 and int32
less(x, int);
is<B<[2, 3]>>()(lessEqual(x, row));
is<B<[number, 3]>>()(lessEqual(batch, 0));
is<B<Shape>>()(lessEqual(plain, x));
// @ts-expect-error 3 and 4
lessEqual(x, four);
// @ts-expect-error float32 and int32
lessEqual(x, int);

is<F<[2, 3]>>()(where(mask, x, row));
is<F<[2, 3]>>()(where(mask, column, 0));
is<F<[2, 3]>>()(where(less(x, 0), 0, x));
is<F<Shape>>()(where(mask, dynamic, x));
is<Tensor>()(where(plain, plain, plain));
// @ts-expect-error the condition is not bool
where(x, x, x);
// @ts-expect-error 3 and 4
where(mask, x, four);
// @ts-expect-error float32 and int32
where(mask, x, int);
// @ts-expect-error two numbers would have no dtype
where(mask, 0, 1);

// @ts-expect-error two numbers would have no dtype
add(1, 2);
// @ts-expect-error arrays are not tensors
add(x, [1, 2, 3]);

// Values of type `any` pass, beside a number too.
is<Tensor>()(add(JSON.parse('2'), 1));
is<F<[2, 3]>>()(mul(x, JSON.parse('2')));
is<B<Shape>>()(greater(JSON.parse('2'), 0));

// As functions of plain tensors, for callers that know neither shape nor dtype.
export const functions: ((a: Tensor, b: Tensor) => Tensor)[] = [add, div, maximum, minimum, mul, pow, sub];
export const tests: ((a: Tensor, b: Tensor) => Tensor)[] = [equal, greater, greaterEqual, less, lessEqual];
export function generic<S extends Shape, D extends FloatDType>(t: Tensor<S, D>): Tensor<S, D> {
  return div(mul(t, t), 2);
}
