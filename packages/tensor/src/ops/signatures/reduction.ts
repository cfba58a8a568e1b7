import type { DType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { AxisOption, AxisRule, ReduceShape } from '../../types/reduction.ts';
import type { Guard, Ok, NonInferrable, Shape } from '../../types/tensor.ts';

/** `(x, { axis, keepDims })` or `(x, axis, { keepDims })` over one axis, several, or all, such as `sum`. */
export interface Reduction<Name extends string, Allowed extends DType = DType> {
  <S extends Shape, D extends Allowed, const A extends AxisOption, const K extends boolean = false>(
    x: Tensor<S, D>,
    axis: A & Guard<ReduceShape<S, A, K, Name>>,
    options?: { readonly keepDims?: K },
  ): Tensor<Ok<ReduceShape<S, NonInferrable<A>, NonInferrable<K>, Name>>, D>;
  <S extends Shape, D extends Allowed, const A extends AxisOption = never, const K extends boolean = false>(
    x: Tensor<S, D>,
    options?: { readonly axis?: A & Guard<ReduceShape<S, A, K, Name>>; readonly keepDims?: K },
  ): Tensor<Ok<ReduceShape<S, NonInferrable<A>, NonInferrable<K>, Name>>, D>;
}

/** As `Reduction`, with more options, such as `variance`. */
export interface ReductionWith<Options, Name extends string, Allowed extends DType = DType> {
  <S extends Shape, D extends Allowed, const A extends AxisOption, const K extends boolean = false>(
    x: Tensor<S, D>,
    axis: A & Guard<ReduceShape<S, A, K, Name>>,
    options?: { readonly keepDims?: K } & Options,
  ): Tensor<Ok<ReduceShape<S, NonInferrable<A>, NonInferrable<K>, Name>>, D>;
  <S extends Shape, D extends Allowed, const A extends AxisOption = never, const K extends boolean = false>(
    x: Tensor<S, D>,
    options?: { readonly axis?: A & Guard<ReduceShape<S, A, K, Name>>; readonly keepDims?: K } & Options,
  ): Tensor<Ok<ReduceShape<S, NonInferrable<A>, NonInferrable<K>, Name>>, D>;
}

interface Direction {
  readonly exclusive?: boolean;
  readonly reverse?: boolean;
}

/** `(x, axis = -1, { exclusive, reverse })` or `(x, { axis, exclusive, reverse })` with the shape kept, such as `cumsum`. */
export interface Cumulative<Name extends string, Allowed extends DType = DType> {
  <S extends Shape, D extends Allowed, const A extends number = -1>(
    x: Tensor<S, D>,
    options: { readonly axis?: A & Guard<AxisRule<S, A, Name>> } & Direction,
  ): Tensor<S, D>;
  <S extends Shape, D extends Allowed, const A extends number = -1>(
    x: Tensor<S, D>,
    axis?: A & Guard<AxisRule<S, A, Name>>,
    options?: Direction,
  ): Tensor<S, D>;
}

/** As `Reduction`, to bool, such as `any`. */
export interface BoolReduction<Name extends string, Allowed extends DType = DType> {
  <S extends Shape, D extends Allowed, const A extends AxisOption, const K extends boolean = false>(
    x: Tensor<S, D>,
    axis: A & Guard<ReduceShape<S, A, K, Name>>,
    options?: { readonly keepDims?: K },
  ): Tensor<Ok<ReduceShape<S, NonInferrable<A>, NonInferrable<K>, Name>>, 'bool'>;
  <S extends Shape, D extends Allowed, const A extends AxisOption = never, const K extends boolean = false>(
    x: Tensor<S, D>,
    options?: { readonly axis?: A & Guard<ReduceShape<S, A, K, Name>>; readonly keepDims?: K },
  ): Tensor<Ok<ReduceShape<S, NonInferrable<A>, NonInferrable<K>, Name>>, 'bool'>;
}

/**
 * `(x, { axis, keepDims })` or `(x, axis, { keepDims })`, the int32 positions along one axis or in the flattened
 * tensor, such as `argmax`.
 */
export interface ArgReduction<Name extends string, Allowed extends DType = DType> {
  <S extends Shape, D extends Allowed, const A extends number, const K extends boolean = false>(
    x: Tensor<S, D>,
    axis: A & Guard<ReduceShape<S, A, K, Name>>,
    options?: { readonly keepDims?: K },
  ): Tensor<Ok<ReduceShape<S, NonInferrable<A>, NonInferrable<K>, Name>>, 'int32'>;
  <S extends Shape, D extends Allowed, const A extends number = never, const K extends boolean = false>(
    x: Tensor<S, D>,
    options?: { readonly axis?: A & Guard<ReduceShape<S, A, K, Name>>; readonly keepDims?: K },
  ): Tensor<Ok<ReduceShape<S, NonInferrable<A>, NonInferrable<K>, Name>>, 'int32'>;
}
