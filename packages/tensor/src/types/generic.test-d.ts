// Tests how far generic shapes go without a cast. They also record refusals, so that a change is noticed.
import type { FloatDType } from './dtype.ts';
import type { Tensor } from '../array/tensor.ts';
import type { Binary, Comparison, Creation, ExpandDims, Matmul, Reduction, Reshape } from '../ops/signatures/index.ts';
import type { Transpose, Unary, Where } from '../ops/signatures/index.ts';
import type { Shape } from './tensor.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
declare const add: Binary<'add'>;
declare const less: Comparison<'less'>;
declare const where: Where;
declare const matmul: Matmul;
declare const sum: Reduction<'sum'>;
declare const relu: Unary;
declare const zeros: Creation;
declare const reshape: Reshape;
declare const expandDims: ExpandDims;
declare const transpose: Transpose;

// Generic sizes of a known rank.
export function sameSizes<B extends number>(x: F<[B, 10]>, y: F<[B, 10]>): F<[B, 10]> {
  return add(x, y);
}
export function bias<B extends number>(x: F<[B, 10]>): F<[B, 10]> {
  return add(x, zeros([10]));
}
export function product<B extends number, I extends number, O extends number>(x: F<[B, I]>, w: F<[I, O]>): F<[B, O]> {
  return matmul(x, w);
}
export function projection<B extends number>(x: F<[B, 784]>): F<[B, 10]> {
  return relu(matmul(x, zeros([784, 10])));
}
export function rowSums<B extends number>(x: F<[B, 10]>): F<[B]> {
  return sum(x, { axis: 1 });
}
export function expanded<B extends number>(x: F<[B, 10]>): F<[B, 1, 10]> {
  return expandDims(x, 1);
}
export function transposed<B extends number>(x: F<[B, 10]>): F<[10, B]> {
  return transpose(x, [1, 0]);
}
export function split<B extends number>(x: F<[B, 10]>): F<[B, 2, 5]> {
  // @ts-expect-error the product of a generic size is not known
  return reshape(x, [x.shape[0] as B, 2, 5]);
}

// A generic shape, and a generic dtype.
export function kept<S extends Shape, D extends FloatDType>(x: Tensor<S, D>): Tensor<S, D> {
  return relu(x);
}
export function doubled<S extends Shape, D extends FloatDType>(x: Tensor<S, D>): Tensor<S, D> {
  return add(x, x);
}
export function shifted<S extends Shape, D extends FloatDType>(x: Tensor<S, D>): Tensor<S, D> {
  return add(1, add(x, 1));
}
export function shiftedBy<S extends Shape, D extends FloatDType>(x: Tensor<S, D>, b: Tensor<[], D>): Tensor<S, D> {
  return add(x, b);
}
export function clipped<S extends Shape, D extends FloatDType>(x: Tensor<S, D>): Tensor<S, D> {
  return where(less(x, 0), 0, where(less(x, x), x, add(x, x)));
}
export function total<S extends Shape, D extends FloatDType>(x: Tensor<S, D>): Tensor<[], D> {
  return sum(x);
}
export function widened<S extends Shape>(x: F<S>): F<S> {
  const t: F<Shape> = x;
  return add(t, sum(t, { axis: 0 }));
}
export function twoShapes<A extends Shape, B extends Shape>(x: F<A>, y: F<B>): Tensor {
  // @ts-expect-error two generic shapes: widen them first
  return add(x, y);
}
export function genericAxis<S extends Shape>(x: F<S>): Tensor {
  // @ts-expect-error an axis of a generic shape: widen it first
  return sum(x, { axis: 0 });
}
export function twoTypes<D extends FloatDType>(x: Tensor<[3], D>): Tensor<[3], D> {
  // @ts-expect-error the dtype of x is not known to be float32
  return add(x, zeros([3]));
}
