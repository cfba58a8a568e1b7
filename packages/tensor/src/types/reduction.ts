import type { Axis, AxisMessage, DropAxes } from './axis.ts';
import type { IsDynamic, Shape, ShapeMistake, UnknownSizes } from './tensor.ts';

/** One axis or several; negative ones count from the end. */
export type AxisOption = number | readonly number[];

/** The axes of an option, counted from the front. */
type AxesOf<S extends Shape, A> = A extends readonly number[] ? Axis<S, A[number]> : Axis<S, A>;

/** The shape after a reduction. `Axes` is `never` if the option is absent; then all axes are reduced. */
export type ReduceShape<
  S extends Shape,
  Axes extends AxisOption,
  KeepDims extends boolean,
  Name extends string,
> = boolean extends KeepDims
  ? Shape
  : [Axes] extends [never]
    ? ReduceAll<S, KeepDims>
    : IsDynamic<S> extends true
      ? Shape
      : ReduceAxes<S, AxesOf<S, Axes>, KeepDims, Name>;

type ReduceAll<S extends Shape, KeepDims> = KeepDims extends true
  ? IsDynamic<S> extends true
    ? Shape
    : { -readonly [K in keyof S]: 1 }
  : [];

type ReduceAxes<S extends Shape, X, KeepDims, Name extends string> = 'out' extends X
  ? ShapeMistake<AxisMessage<S, Name>>
  : number extends X
    ? KeepDims extends true
      ? UnknownSizes<S>
      : Shape
    : DropAxes<S, X, KeepDims>;

/** Refuses an axis out of range, for ops that keep the shape. */
export type AxisRule<S extends Shape, A extends AxisOption, Name extends string> =
  IsDynamic<S> extends true ? S : 'out' extends AxesOf<S, A> ? ShapeMistake<AxisMessage<S, Name>> : S;
