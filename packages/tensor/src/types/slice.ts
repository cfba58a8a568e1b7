import type { Add, IsKnown, Subtract } from './arith.ts';
import type { IsDynamic, Shape, ShapeMistake, Show, UnknownSizes } from './tensor.ts';

/**
 * The slice of `Size` that starts at `Begin`. A size of -1 reaches to the end. A stride other than 1 makes the size of
 * its axis unknown. `Strides` is `never` if the option is absent.
 */
export type SliceShape<S extends Shape, Begin extends Shape, Size extends Shape, Strides extends Shape = never> =
  IsDynamic<Size> extends true
    ? IsDynamic<S> extends true
      ? Shape
      : UnknownSizes<S>
    : [Strides] extends [never]
      ? SliceRanks<S, Begin, Size>
      : SliceRanks<S, Begin, Size> extends infer R
        ? R extends Shape
          ? StridedSizes<R, Strides, S>
          : R
        : never;

type SliceRanks<S extends Shape, Begin extends Shape, Size extends Shape> =
  IsDynamic<S> extends true
    ? { -readonly [K in keyof Size]: Size[K] extends -1 ? number : Size[K] }
    : Size['length'] extends S['length']
      ? IsDynamic<Begin> extends true
        ? SliceSizes<S, UnknownSizes<S>, Size, S>
        : Begin['length'] extends S['length']
          ? SliceSizes<S, Begin, Size, S>
          : ShapeMistake<`slice: needs ${S['length']} entries in \`begin\` for ${Show<S>}, got ${Show<Begin>}`>
      : ShapeMistake<`slice: needs ${S['length']} entries in \`size\` for ${Show<S>}, got ${Show<Size>}`>;

type SliceSizes<S extends Shape, Begin extends Shape, Size extends Shape, Whole extends Shape, R extends Shape = []> = [
  S,
  Begin,
  Size,
] extends [
  readonly [infer S0 extends number, ...infer S1 extends Shape],
  readonly [infer B0 extends number, ...infer B1 extends Shape],
  readonly [infer Z0 extends number, ...infer Z1 extends Shape],
]
  ? [SliceSize<S0, B0, Z0>] extends [never]
    ? ShapeMistake<`slice: axis ${R['length']} of ${Show<Whole>} does not contain begin ${B0}, size ${Z0}`>
    : SliceSizes<S1, B1, Z1, Whole, [...R, SliceSize<S0, B0, Z0>]>
  : R;

/** The size of one axis; `never` if the slice is out of range. */
type SliceSize<N extends number, Begin extends number, Size extends number> = Size extends -1
  ? Subtract<N, Begin>
  : [IsKnown<Begin>, IsKnown<Size>] extends [true, true]
    ? [Subtract<N, Add<Begin, Size>>] extends [never]
      ? never
      : Size
    : Size;

type StridedSizes<S extends Shape, Strides extends Shape, Whole extends Shape> =
  IsDynamic<Strides> extends true
    ? UnknownSizes<S>
    : Strides['length'] extends S['length']
      ? { -readonly [K in keyof S]: K extends keyof Strides ? (Strides[K] extends 1 ? S[K] : number) : number }
      : ShapeMistake<`slice: needs ${S['length']} entries in \`strides\` for ${Show<Whole>}, got ${Show<Strides>}`>;

/** The number of elements to add before and after each axis. */
export type Paddings = readonly (readonly [number, number])[];

/** Every size with its paddings added. */
export type PadShape<S extends Shape, P extends Paddings> =
  IsDynamic<S> extends true
    ? number extends P['length']
      ? Shape
      : { -readonly [K in keyof P]: number }
    : number extends P['length']
      ? UnknownSizes<S>
      : P['length'] extends S['length']
        ? { -readonly [K in keyof S]: K extends keyof P ? Padded<S[K], P[K]> : never }
        : ShapeMistake<`pad: needs ${S['length']} pairs for ${Show<S>}, got ${P['length']}`>;
type Padded<N, P> = P extends readonly [infer Low extends number, infer High extends number]
  ? Add<Add<N & number, Low>, High>
  : number;
