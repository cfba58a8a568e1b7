import type { Add, Multiply, Subtract } from './arith.ts';
import type { IsDynamic, Shape, ShapeMistake, Show, ShowSize } from './tensor.ts';
import type { At, HasChannels, RankMistake, Ranks, SpatialRank, Unknowns } from './window.ts';

/** How large one axis becomes: known for the plain paddings, without dilations and `outputPadding`. */
type TransposedSize<N extends number, K extends number, Stride extends number, P, Plain> = [Plain] extends [true]
  ? [P] extends ['same']
    ? Multiply<N, Stride>
    : [P] extends ['valid']
      ? Add<Multiply<N, Stride>, Overlap<K, Stride>>
      : number
  : number;
type Overlap<K extends number, Stride extends number> = [Subtract<K, Stride>] extends [never] ? 0 : Subtract<K, Stride>;

/** A transposed convolution with the kernel `[...window, out / groups, in]`; `Plain` as in `TransposedSize`. */
export type TransposedShape<
  X extends Shape,
  K extends Shape,
  N extends SpatialRank,
  Strides,
  P,
  Plain,
  Groups extends number,
  Name extends string,
> =
  IsDynamic<K> extends true
    ? [number, ...Unknowns[N], number]
    : K['length'] extends Ranks[N]
      ? K extends readonly [...infer Window extends Shape, infer Out extends number, infer In extends number]
        ? IsDynamic<X> extends true
          ? [number, ...Unknowns[N], Multiply<Out, Groups>]
          : X['length'] extends Ranks[N]
            ? HasChannels<X, In> extends true
              ? Grown<X, Window, Strides, P, Plain, Multiply<Out, Groups>>
              : ShapeMistake<`${Name}: kernel ${Show<K>} expects ${ShowSize<In>} channels, got ${Show<X>}`>
            : RankMistake<X, N, Name>
        : never
      : ShapeMistake<`${Name}: kernel expects rank ${Ranks[N]} [...window,out,in], got ${Show<K>}`>;

type Grown<X extends Shape, Window extends Shape, Strides, P, Plain, Out extends number> = X extends readonly [
  infer Batch extends number,
  ...infer Spatial extends Shape,
  number,
]
  ? [
      Batch,
      ...{
        -readonly [I in keyof Spatial]: TransposedSize<Spatial[I], At<Window, I>, At<Strides, I>, P, Plain>;
      },
      Out,
    ]
  : never;
