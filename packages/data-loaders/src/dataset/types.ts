import type { DType, Shape, Tensor } from '@chainrule/tensor';
import type { Tree } from '@chainrule/tensor/graph';

type RowShape<S extends Shape> = S extends readonly [unknown, ...infer Rest extends Shape] ? Rest : Shape;
type Stacked<S extends Shape> = number extends S['length'] ? Shape : [number, ...S];
type Scalar = string | number | boolean | bigint | null | undefined | ArrayBufferView;

/** The type of one row: a tensor of shape `[n, …rest]` becomes one of shape `[…rest]`. */
export type Row<T> = Tree extends T
  ? Tree
  : T extends Tensor<infer S extends Shape, infer D extends DType>
    ? Tensor<RowShape<S>, D>
    : T extends Tensor<Shape, infer D extends DType>
      ? Tensor<Shape, D>
      : { readonly [K in keyof T]: Row<T[K]> };

/** The type of a batch: tensors of shape `[…rest]` become one of shape `[number, …rest]`, other values a list. */
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

/** A position in a data set, as a JSON value for checkpoints. */
export interface Position {
  /** The epoch, from 0. */
  readonly epoch: number;
  /** The number of items of the epoch before this position. */
  readonly item: number;
}
