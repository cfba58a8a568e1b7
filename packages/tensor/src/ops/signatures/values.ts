import type { Nested } from '../../array/tensor.ts';
import type { Product } from '../../types/arith.ts';
import type { SameSize } from '../../types/broadcast.ts';
import type { IsDynamic, Mutable, Shape, ShapeMistake, Show } from '../../types/tensor.ts';

/** Values that a tensor can be created from. */
export type Values = Nested | NumberArray | readonly NumberArray[];

/** Typed arrays. Nested ones are rows. */
type NumberArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** The shape of nested lists; a union of shapes where they are ragged. */
type NestedShape<T> = T extends readonly unknown[]
  ? number extends T['length']
    ? Shape
    : T['length'] extends 0
      ? [0]
      : [T['length'], ...NestedShape<T[number]>]
  : T extends number | boolean
    ? []
    : [number];

type IsUnion<T, All = T> = T extends unknown ? ([All] extends [T] ? false : true) : false;

/** The shape of the values, or `S` if it is given. */
export type ValuesShape<T extends Values, S extends Shape | undefined> = [S] extends [undefined]
  ? Regular<NestedShape<T>>
  : S extends Shape
    ? Given<NestedShape<T>, S>
    : Shape;

type Regular<R> = true extends IsUnion<R> ? ShapeMistake<'tensor: nested lists must all have the same length'> : R;

type Given<R, S extends Shape> = R extends Shape
  ? true extends IsDynamic<R> | IsDynamic<S>
    ? Mutable<S>
    : SameSize<Product<R>, Product<S>> extends true
      ? Mutable<S>
      : ShapeMistake<`tensor: ${Show<S>} has ${Product<S>} elements, got ${Product<R>} values`>
  : never;

/** The dtype of typed arrays; float32 for all other values. */
export type ValuesDType<T> = T extends Typed
  ? DTypeOfKind<T>
  : T extends readonly Typed[]
    ? T extends readonly []
      ? 'float32'
      : DTypeOfKind<T[number]>
    : 'float32';

/** A typed array that determines the dtype. */
interface Typed {
  readonly [Symbol.toStringTag]: keyof KindDTypes;
}

type DTypeOfKind<T extends Typed> = KindDTypes[T[typeof Symbol.toStringTag]];

interface KindDTypes {
  Float64Array: 'float64';
  Int32Array: 'int32';
  Uint8Array: 'uint8';
  Uint8ClampedArray: 'uint8';
}
