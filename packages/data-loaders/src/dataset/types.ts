import type { DType, Shape, Tensor } from '@chainrule/tensor';
import type { Tree } from '@chainrule/tensor/graph';

type RowShape<S extends Shape> = S extends readonly [unknown, ...infer Rest extends Shape] ? Rest : Shape;
type Stacked<S extends Shape> = number extends S['length'] ? Shape : [number, ...S];
type Scalar = string | number | boolean | bigint | null | undefined | ArrayBufferView;

/** The tree with one row of each tensor: a tensor of shape `[n, …rest]` becomes one of shape `[…rest]`. */
export type Row<T> = Tree extends T
  ? Tree
  : T extends Tensor<infer S extends Shape, infer D extends DType>
    ? Tensor<RowShape<S>, D>
    : T extends Tensor<Shape, infer D extends DType>
      ? Tensor<Shape, D>
      : { readonly [K in keyof T]: Row<T[K]> };

/** Items put together: tensors of shape `[…rest]` become one of shape `[number, …rest]`, anything else a list. */
export type Batch<T> = unknown extends T
  ? unknown
  : Tree extends T
    ? Tree
    : [T] extends [Scalar]
      ? readonly T[]
      : T extends Tensor<infer S extends Shape, infer D extends DType>
        ? Tensor<Stacked<S>, D>
        : T extends Tensor<Shape, infer D extends DType>
          ? Tensor<Shape, D>
          : { readonly [K in keyof T]: Batch<T[K]> };

/** A place in a data set: a JSON value, to be kept in a checkpoint. */
export interface Position {
  /** The number of the epoch, from 0. */
  readonly epoch: number;
  /** How many items of the epoch come before. */
  readonly item: number;
}
