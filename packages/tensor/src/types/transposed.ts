import type { Add, Multiply, Subtract } from './arith.ts';
import type { IsDynamic, Shape, ShapeMistake, Show, ShowSize } from './tensor.ts';
import type { HasChannels, OptionAt, RankMistake, Ranks, SpatialRank, Unknowns } from './window.ts';

/** Whether sizes follow from kernel, strides and padding alone: no dilations, no `outputPadding`. */
export type IsPlain<Dilations, OutputPadding> = [Dilations, OutputPadding] extends [1, undefined] ? true : false;

/** The size of one axis of the result: known for `same` and `valid` if the options are plain. */
type TransposedSize<N extends number, K extends number, Stride extends number, P, Plain> = [Plain] extends [true]
  ? [P] extends ['same']
    ? Multiply<N, Stride>
    : [P] extends ['valid']
      ? Add<Multiply<N, Stride>, Overlap<K, Stride>>
      : number
  : number;
type Overlap<K extends number, Stride extends number> = [Subtract<K, Stride>] extends [never] ? 0 : Subtract<K, Stride>;

/** A transposed convolution with the kernel `[...window, out / groups, in]`; `Plain` as of `IsPlain`. */
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
              ? TransposedOutput<X, Window, Strides, P, Plain, Multiply<Out, Groups>>
              : ShapeMistake<`${Name}: kernel ${Show<K>} expects ${ShowSize<In>} channels, got ${Show<X>}`>
            : RankMistake<X, N, Name>
        : never
      : ShapeMistake<`${Name}: kernel expects rank ${Ranks[N]} [...window,out,in], got ${Show<K>}`>;

/** `[batch, ...spatial, channels]` enlarged by a window, with `Out` channels. `Window` and `Strides` are one number or one each. */
export type TransposedOutput<X extends Shape, Window, Strides, P, Plain, Out extends number> = X extends readonly [
  infer Batch extends number,
  ...infer Spatial extends Shape,
  number,
]
  ? [
      Batch,
      ...{
        -readonly [I in keyof Spatial]: TransposedSize<Spatial[I], OptionAt<Window, I>, OptionAt<Strides, I>, P, Plain>;
      },
      Out,
    ]
  : never;
