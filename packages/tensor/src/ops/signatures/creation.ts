import type { DTypeArgument } from '../../array/checkDType.ts';
import type { DType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { Guard, IsDynamic, Mutable, Ok, NonInferrable, Shape } from '../../types/tensor.ts';
import type { Values, ValuesDType, ValuesShape } from './values.ts';

/** `(shape, dtype = 'float32')` or `(shape, { dtype })`, such as `zeros`. */
export interface Creation {
  <const S extends Shape, D extends DType = 'float32'>(
    shape: S,
    dtype?: DTypeArgument<D>,
  ): Tensor<Mutable<S>, NoInfer<D>>;
}

/** `(shape, value, dtype = 'float32')` or `(shape, value, { dtype })`. */
export interface Full {
  <const S extends Shape, D extends DType = 'float32'>(
    shape: S,
    value: number,
    dtype?: DTypeArgument<D>,
  ): Tensor<Mutable<S>, NoInfer<D>>;
}

/**
 * `(values, shape, dtype)`, `(values, dtype)` or `(values, { shape, dtype })`, from a number, nested lists or a typed
 * array. An explicit `shape` takes precedence.
 */
export interface FromValues {
  <const T extends Values, const S extends Shape | undefined = undefined, D extends DType = ValuesDType<T>>(
    values: T & Guard<ValuesShape<T, S>>,
    options: { readonly shape?: S; readonly dtype?: D },
  ): Tensor<Ok<ValuesShape<T, NonInferrable<S>>>, NoInfer<D>>;
  <const T extends Values, D extends DType>(
    values: T & Guard<ValuesShape<T, undefined>>,
    dtype: D,
  ): Tensor<Ok<ValuesShape<T, undefined>>, D>;
  <const T extends Values, const S extends Shape | undefined = undefined, D extends DType = ValuesDType<T>>(
    values: T & Guard<ValuesShape<T, S>>,
    shape?: S,
    dtype?: D,
  ): Tensor<Ok<ValuesShape<T, NonInferrable<S>>>, NoInfer<D>>;
}

/** `(x)`, with the literal sizes of the shape, which `x.shape` does not have. */
export interface ShapeOf {
  <S extends Shape>(x: Tensor<S>): IsDynamic<S> extends true ? Shape : Readonly<S>;
}

/** `(count, dtype = 'float32')` from 0, or `(start, stop, step = 1, dtype = 'float32')`. */
export interface Arange {
  <const N extends number, D extends DType = 'float32'>(count: N, dtype?: DTypeArgument<D>): Tensor<[N], NoInfer<D>>;
  <D extends DType = 'float32'>(
    start: number,
    stop: number,
    step?: number,
    dtype?: DTypeArgument<D>,
  ): Tensor<[number], NoInfer<D>>;
}
