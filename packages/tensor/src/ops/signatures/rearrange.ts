import type { DType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { Axis, SizeAt } from '../../types/axis.ts';
import type { Times } from '../../types/join.ts';
import type { MoveAxisShape, RepeatShape, TileShape } from '../../types/rearrange.ts';
import type { AxisOption, AxisRule, ReduceShape } from '../../types/reduction.ts';
import type { Guard, Ok, NonInferrable, Shape } from '../../types/tensor.ts';

/** `(x, reps)` with the number of copies for each axis, aligned at the last. */
export interface Tile {
  <S extends Shape, D extends DType, const R extends Shape>(x: Tensor<S, D>, reps: R): Tensor<TileShape<S, R>, D>;
}

/** `(x, repeats, axis)`; without an axis, repeats the flattened tensor. */
export interface Repeat {
  <S extends Shape, D extends DType, const N extends number | Shape, const A extends number>(
    x: Tensor<S, D>,
    repeats: N,
    options: { readonly axis: A & Guard<RepeatShape<S, N, A>> },
  ): Tensor<Ok<RepeatShape<S, N, NonInferrable<A>>>, D>;
  <S extends Shape, D extends DType, const N extends number | Shape, const A extends number = never>(
    x: Tensor<S, D>,
    repeats: N,
    axis?: A & Guard<RepeatShape<S, N, A>>,
  ): Tensor<Ok<RepeatShape<S, N, NonInferrable<A>>>, D>;
}

/** `(x, shift, axis)` on one axis, several, or the flattened tensor. */
export interface Roll {
  <S extends Shape, D extends DType, const A extends AxisOption>(
    x: Tensor<S, D>,
    shift: number | Shape,
    options: { readonly axis: A & Guard<AxisRule<S, A, 'roll'>> },
  ): Tensor<S, D>;
  <S extends Shape, D extends DType, const A extends AxisOption = never>(
    x: Tensor<S, D>,
    shift: number | Shape,
    axis?: A & Guard<AxisRule<S, A, 'roll'>>,
  ): Tensor<S, D>;
}

/** `(x, source, destination)`. */
export interface MoveAxis {
  <S extends Shape, D extends DType, const From extends AxisOption, const To extends AxisOption>(
    x: Tensor<S, D>,
    source: From,
    destination: To & Guard<MoveAxisShape<S, From, To>>,
  ): Tensor<Ok<MoveAxisShape<S, From, To>>, D>;
}

/** `(x, axis = 0)`, the slices along an axis: a tuple if its size is a literal. */
export interface Unstack {
  <S extends Shape, D extends DType, const A extends number>(
    x: Tensor<S, D>,
    options: { readonly axis: A & Guard<AxisRule<S, A, 'unstack'>> },
  ): Times<Tensor<Ok<ReduceShape<S, NonInferrable<A>, false, 'unstack'>>, D>, SizeAt<S, Axis<S, NonInferrable<A>>>>;
  <S extends Shape, D extends DType, const A extends number = 0>(
    x: Tensor<S, D>,
    axis?: A & Guard<AxisRule<S, A, 'unstack'>>,
  ): Times<Tensor<Ok<ReduceShape<S, NonInferrable<A>, false, 'unstack'>>, D>, SizeAt<S, Axis<S, NonInferrable<A>>>>;
}
