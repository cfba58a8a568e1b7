// Over one axis, several, or all; along an axis.
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import { is } from '../../types/equal.test-d.ts';
import type { Shape } from '../../types/tensor.ts';
import { argmax } from './argmax.ts';
import { argmin } from './argmin.ts';
import { argsort } from '../indexing/argsort.ts';
import { cumprod } from './cumprod.ts';
import { cumsum } from './cumsum.ts';
import { max } from './max.ts';
import { mean } from './mean.ts';
import { min } from './min.ts';
import { prod } from './prod.ts';
import { sum } from './sum.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
type I<S extends Shape> = Tensor<S, 'int32'>;
declare const x: F<[2, 3, 4]>;
declare const int: I<[2, 3, 4]>;
declare const batch: F<[number, 3]>;
declare const dynamic: F<Shape>;
declare const plain: Tensor;
declare const n: number;
declare const axes: number[];

is<F<[]>>()(sum(x));
is<F<[2, 4]>>()(sum(x, { axis: 1 }));
is<F<[2, 3]>>()(sum(x, { axis: -1 }));
is<F<[3]>>()(sum(x, { axis: [0, 2] }));
is<F<[2, 1, 4]>>()(sum(x, { axis: 1, keepDims: true }));
is<F<[1, 1, 1]>>()(sum(x, { keepDims: true }));
is<F<[number]>>()(sum(batch, { axis: 1 }));
is<F<Shape>>()(sum(x, { axis: n }));
is<F<Shape>>()(sum(x, { axis: axes }));
is<F<Shape>>()(sum(dynamic, { axis: 7 }));
is<I<[2, 3]>>()(sum(int, { axis: 2 }));
is<Tensor<[]>>()(sum(plain));
// @ts-expect-error an axis that is out of range
sum(x, { axis: 3 });
is<F<[]>>()(prod(x));
is<F<[2, 4]>>()(prod(x, { axis: 1 }));
is<F<[2, 3]>>()(prod(x, { axis: -1 }));
is<F<[3]>>()(prod(x, { axis: [0, 2] }));
is<F<[2, 1, 4]>>()(prod(x, { axis: 1, keepDims: true }));
is<F<[1, 1, 1]>>()(prod(x, { keepDims: true }));
is<F<[number]>>()(prod(batch, { axis: 1 }));
is<F<Shape>>()(prod(x, { axis: n }));
is<F<Shape>>()(prod(x, { axis: axes }));
is<F<Shape>>()(prod(dynamic, { axis: 7 }));
is<I<[2, 3]>>()(prod(int, { axis: 2 }));
is<Tensor<[]>>()(prod(plain));
// @ts-expect-error an axis that is out of range
prod(x, { axis: 3 });
is<F<[]>>()(max(x));
is<F<[2, 4]>>()(max(x, { axis: 1 }));
is<F<[2, 3]>>()(max(x, { axis: -1 }));
is<F<[3]>>()(max(x, { axis: [0, 2] }));
is<F<[2, 1, 4]>>()(max(x, { axis: 1, keepDims: true }));
is<F<[1, 1, 1]>>()(max(x, { keepDims: true }));
is<F<[number]>>()(max(batch, { axis: 1 }));
is<F<Shape>>()(max(x, { axis: n }));
is<F<Shape>>()(max(x, { axis: axes }));
is<F<Shape>>()(max(dynamic, { axis: 7 }));
is<I<[2, 3]>>()(max(int, { axis: 2 }));
is<Tensor<[]>>()(max(plain));
// @ts-expect-error an axis that is out of range
max(x, { axis: 3 });
is<F<[]>>()(min(x));
is<F<[2, 4]>>()(min(x, { axis: 1 }));
is<F<[2, 3]>>()(min(x, { axis: -1 }));
is<F<[3]>>()(min(x, { axis: [0, 2] }));
is<F<[2, 1, 4]>>()(min(x, { axis: 1, keepDims: true }));
is<F<[1, 1, 1]>>()(min(x, { keepDims: true }));
is<F<[number]>>()(min(batch, { axis: 1 }));
is<F<Shape>>()(min(x, { axis: n }));
is<F<Shape>>()(min(x, { axis: axes }));
is<F<Shape>>()(min(dynamic, { axis: 7 }));
is<I<[2, 3]>>()(min(int, { axis: 2 }));
is<Tensor<[]>>()(min(plain));
// @ts-expect-error an axis that is out of range
min(x, { axis: 3 });
is<F<[]>>()(mean(x));
is<F<[2, 4]>>()(mean(x, { axis: 1 }));
is<F<[2, 3]>>()(mean(x, { axis: -1 }));
is<F<[3]>>()(mean(x, { axis: [0, 2] }));
is<F<[2, 1, 4]>>()(mean(x, { axis: 1, keepDims: true }));
is<F<[1, 1, 1]>>()(mean(x, { keepDims: true }));
is<F<[number]>>()(mean(batch, { axis: 1 }));
is<F<Shape>>()(mean(x, { axis: n }));
is<F<Shape>>()(mean(x, { axis: axes }));
is<F<Shape>>()(mean(dynamic, { axis: 7 }));
is<Tensor<[], FloatDType>>()(mean(plain));
is<Tensor<Shape, FloatDType>>()(mean(plain, { axis: axes }));
// @ts-expect-error int32
mean(int);
// @ts-expect-error an axis that is out of range
mean(x, { axis: 3 });

// To positions.
is<I<[]>>()(argmax(x));
is<I<[2, 3]>>()(argmax(x, { axis: -1 }));
is<I<[2, 3, 1]>>()(argmax(x, { axis: 2, keepDims: true }));
is<I<[number]>>()(argmax(batch, { axis: 1 }));
is<I<Shape>>()(argmax(plain, { axis: -1 }));
// @ts-expect-error an axis that is out of range
argmax(x, { axis: -4 });
// @ts-expect-error one axis only
argmax(x, { axis: [0, 1] });
is<I<[]>>()(argmin(x));
is<I<[2, 3]>>()(argmin(x, { axis: -1 }));
is<I<[2, 3, 1]>>()(argmin(x, { axis: 2, keepDims: true }));
is<I<[number]>>()(argmin(batch, { axis: 1 }));
is<I<Shape>>()(argmin(plain, { axis: -1 }));
// @ts-expect-error an axis that is out of range
argmin(x, { axis: -4 });
// @ts-expect-error one axis only
argmin(x, { axis: [0, 1] });
is<I<[2, 3, 4]>>()(argsort(x));
is<I<[number, 3]>>()(argsort(batch, { axis: 0, descending: true }));
is<I<Shape>>()(argsort(plain));
// @ts-expect-error not a tensor
argsort([3, 1]);

// Along an axis.
is<F<[2, 3, 4]>>()(cumsum(x));
is<I<[2, 3, 4]>>()(cumsum(int, 0));
is<F<[number, 3]>>()(cumsum(batch, -1));
is<Tensor>()(cumsum(plain));
is<F<[2, 3, 4]>>()(cumsum(x, { axis: 0, reverse: true }));
// @ts-expect-error axis 3 of rank 3
cumsum(x, { axis: 3 });
is<F<[2, 3, 4]>>()(cumprod(x));
is<I<[2, 3, 4]>>()(cumprod(int, 0));
is<F<[number, 3]>>()(cumprod(batch, -1));
is<Tensor>()(cumprod(plain));
is<F<[2, 3, 4]>>()(cumprod(x, { axis: 0 }));
// @ts-expect-error a misspelt option
cumprod(x, { axis: 0, reversed: true });

export const functions: ((x: Tensor) => Tensor)[] = [argmax, argmin, cumprod, cumsum, max, mean, min, prod, sum];
