import type { DType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import type {
  ConditionGuard,
  NumberBeside,
  NumberOnly,
  OperandDType,
  OperandGuard,
  OperandShape,
  WhereGuard,
} from '../../types/broadcast.ts';
import type { AxisOption, AxisRule } from '../../types/reduction.ts';
import type { Guard, Shape } from '../../types/tensor.ts';

/** `(x)`, with shape and dtype unchanged, such as `relu`. `Allowed` restricts the dtypes. */
export interface Unary<Allowed extends DType = DType> {
  <S extends Shape, D extends Allowed>(x: Tensor<S, D>): Tensor<S, D>;
}

/** As `Unary`, with options, such as `leakyRelu`. */
export interface UnaryWith<Options, Allowed extends DType = DType> {
  <S extends Shape, D extends Allowed>(x: Tensor<S, D>, options?: Options): Tensor<S, D>;
}

/** `(x) -> bool`, such as `isNaN`. */
export interface Predicate<Allowed extends DType = DType> {
  <S extends Shape, D extends Allowed>(x: Tensor<S, D>): Tensor<S, 'bool'>;
}

/**
 * `(a, b)` with NumPy broadcasting, such as `add`. Either operand may be a number, which takes the dtype of the other.
 */
export interface Binary<Name extends string, Allowed extends DType = DType> {
  <A extends Shape, B extends Shape, D extends Allowed, E extends Allowed, M, N>(
    a: Tensor<A, D> | NumberOnly<M>,
    b: (Tensor<B, E> & OperandGuard<A, B, D, E, M, N, Name>) | NumberBeside<M, N, Name>,
  ): Tensor<OperandShape<A, B, M, N, Name>, OperandDType<D, E, M, N>>;
}

/** As `Binary`, to bool, such as `less`. */
export interface Comparison<Name extends string, Allowed extends DType = DType> {
  <A extends Shape, B extends Shape, D extends Allowed, E extends Allowed, M, N>(
    a: Tensor<A, D> | NumberOnly<M>,
    b: (Tensor<B, E> & OperandGuard<A, B, D, E, M, N, Name>) | NumberBeside<M, N, Name>,
  ): Tensor<OperandShape<A, B, M, N, Name>, 'bool'>;
}

/** `(a, b)` of conditions with NumPy broadcasting, such as `logicalAnd`. */
export interface Logical<Name extends string> {
  <A extends Shape, B extends Shape>(
    a: Tensor<A, 'bool'>,
    b: Tensor<B, 'bool'> & OperandGuard<A, B, 'bool', 'bool', object, object, Name>,
  ): Tensor<OperandShape<A, B, object, object, Name>, 'bool'>;
}

/** `(condition, a, b)`, all three broadcast; one of `a` and `b` may be a number. */
export interface Where {
  <C extends Shape, A extends Shape, B extends Shape, D extends DType, E extends DType, M, N>(
    condition: Tensor<C, 'bool'>,
    a: (Tensor<A, D> & ConditionGuard<C, A>) | NumberOnly<M>,
    b: (Tensor<B, E> & WhereGuard<C, A, B, D, E, M, N>) | NumberBeside<M, N, 'where'>,
  ): Tensor<OperandShape<OperandShape<C, A, object, M, 'where'>, B, object, N, 'where'>, OperandDType<D, E, M, N>>;
}

/** `(x, dtype)`. */
export interface Cast {
  <S extends Shape, D extends DType>(x: Tensor<S>, dtype: D): Tensor<S, D>;
}

/** `(x, { axis })` with the shape kept, such as `softmax`. */
export interface Softmax<Name extends string = 'softmax', Allowed extends DType = DType> {
  <S extends Shape, D extends Allowed, const A extends number>(
    x: Tensor<S, D>,
    axis: A & Guard<AxisRule<S, A, Name>>,
  ): Tensor<S, D>;
  <S extends Shape, D extends Allowed, const A extends number = -1>(
    x: Tensor<S, D>,
    options?: { readonly axis?: A & Guard<AxisRule<S, A, Name>> },
  ): Tensor<S, D>;
}

/** `(x, axis)` with the order reversed on one axis, several, or all. */
export interface Flip {
  <S extends Shape, D extends DType, const A extends AxisOption>(
    x: Tensor<S, D>,
    options: { readonly axis: A & Guard<AxisRule<S, A, 'flip'>> },
  ): Tensor<S, D>;
  <S extends Shape, D extends DType, const A extends AxisOption = never>(
    x: Tensor<S, D>,
    axis?: A & Guard<AxisRule<S, A, 'flip'>>,
  ): Tensor<S, D>;
}
