import type { DType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { BroadcastToShape } from '../../types/broadcast.ts';
import type {
  ExpandDimsShape,
  FlattenShape,
  ReshapeShape,
  ReversedShape,
  SqueezeShape,
  TransposeShape,
} from '../../types/layout.ts';
import type { PadShape, Paddings, SliceShape } from '../../types/slice.ts';
import type { Guard, Ok, NonInferrable, Shape } from '../../types/tensor.ts';

/** `(x, axes)`; without axes, reverses their order. */
export interface Transpose {
  <S extends Shape, D extends DType, const P extends Shape = never>(
    x: Tensor<S, D>,
    axes?: P & Guard<TransposeShape<S, P>>,
  ): Tensor<[NonInferrable<P>] extends [never] ? ReversedShape<S> : Ok<TransposeShape<S, NonInferrable<P>>>, D>;
}

/** `(x, shape)`; one size may be -1 and is computed from the others. */
export interface Reshape {
  <S extends Shape, D extends DType, const T extends Shape>(
    x: Tensor<S, D>,
    shape: T & Guard<ReshapeShape<S, T>>,
  ): Tensor<Ok<ReshapeShape<S, T>>, D>;
}

/** `(x)` to `[batch, rest]`. */
export interface Flatten {
  <S extends Shape, D extends DType>(x: Tensor<S, D> & Guard<FlattenShape<S>>): Tensor<Ok<FlattenShape<S>>, D>;
}

/** `(x, begin, size, strides)`; a size of -1 reaches to the end. */
export interface Slice {
  <
    S extends Shape,
    D extends DType,
    const Begin extends Shape,
    const Size extends Shape,
    const Strides extends Shape = never,
  >(
    x: Tensor<S, D>,
    begin: Begin,
    size: Size & Guard<SliceShape<S, Begin, Size, Strides>>,
    strides?: Strides,
  ): Tensor<Ok<SliceShape<S, Begin, Size, NonInferrable<Strides>>>, D>;
}

/** Options of `pad`. */
export interface PadOptions {
  /**
   * A constant, a reflection that does not repeat the outermost elements, a reflection that does, the outermost
   * elements, or the other end. Default constant.
   */
  readonly mode?: 'constant' | 'reflect' | 'symmetric' | 'edge' | 'wrap';
  /** The value of constant padding. Default 0. */
  readonly value?: number;
}

/** `(x, paddings, value)` or `(x, paddings, { mode, value })` with a pair of counts for each axis. */
export interface Pad {
  <S extends Shape, D extends DType, const P extends Paddings>(
    x: Tensor<S, D>,
    paddings: P & Guard<PadShape<S, P>>,
    options?: number | PadOptions,
  ): Tensor<Ok<PadShape<S, P>>, D>;
}

/** `(x, axis)` with a new axis of size 1. */
export interface ExpandDims {
  <S extends Shape, D extends DType, const A extends number>(
    x: Tensor<S, D>,
    options: { readonly axis: A & Guard<ExpandDimsShape<S, A>> },
  ): Tensor<Ok<ExpandDimsShape<S, A>>, D>;
  <S extends Shape, D extends DType, const A extends number>(
    x: Tensor<S, D>,
    axis: A & Guard<ExpandDimsShape<S, A>>,
  ): Tensor<Ok<ExpandDimsShape<S, A>>, D>;
}

/** `(x, axis)` without an axis of size 1. Without `axis`, drops all of them; the rank is then unknown. */
export interface Squeeze {
  <S extends Shape, D extends DType, const A extends number>(
    x: Tensor<S, D>,
    options: { readonly axis: A & Guard<SqueezeShape<S, A>> },
  ): Tensor<Ok<SqueezeShape<S, NonInferrable<A>>>, D>;
  <S extends Shape, D extends DType, const A extends number = never>(
    x: Tensor<S, D>,
    axis?: A & Guard<SqueezeShape<S, A>>,
  ): Tensor<Ok<SqueezeShape<S, NonInferrable<A>>>, D>;
}

/** `(x, shape)`. */
export interface BroadcastTo {
  <S extends Shape, D extends DType, const T extends Shape>(
    x: Tensor<S, D>,
    shape: T & Guard<BroadcastToShape<S, T>>,
  ): Tensor<Ok<BroadcastToShape<S, T>>, D>;
}
