import type { Add, Multiply, Product, Subtract } from './arith.ts';
import type { Axis, AxisMessage, DropAxes, ReplaceAxis, SizeAt } from './axis.ts';
import type { SameSize } from './broadcast.ts';
import type { InsertAxisShape } from './layout.ts';
import type { IsDynamic, Shape, ShapeMistake, Show, UnknownSizes } from './tensor.ts';

/** Sizes and repetitions aligned at the end and multiplied. */
export type TileShape<S extends Shape, R extends Shape> = true extends IsDynamic<S> | IsDynamic<R>
  ? Shape
  : TileSizes<S, R>;
type TileSizes<S extends Shape, R extends Shape, Out extends Shape = []> = S extends readonly [
  ...infer S1 extends Shape,
  infer S0 extends number,
]
  ? R extends readonly [...infer R1 extends Shape, infer R0 extends number]
    ? TileSizes<S1, R1, [Multiply<S0, R0>, ...Out]>
    : [...S, ...Out]
  : [...R, ...Out];

/** `N` copies of every element along axis `A`; of the flattened tensor if `A` is `never`. */
export type RepeatShape<S extends Shape, N extends number | Shape, A extends number> =
  IsDynamic<S> extends true
    ? [A] extends [never]
      ? [number]
      : Shape
    : [A] extends [never]
      ? [Repeated<Product<S>, N>]
      : number extends A
        ? UnknownSizes<S>
        : 'out' extends Axis<S, A>
          ? ShapeMistake<AxisMessage<S, 'repeat'>>
          : ReplaceAxis<S, Axis<S, A>, [Repeated<SizeAt<S, Axis<S, A>>, N>]>;
type Repeated<Size extends number, N> = N extends number ? Multiply<Size, N> : number;

/** The shape with one axis moved. */
export type MoveAxisShape<S extends Shape, From, To> =
  IsDynamic<S> extends true
    ? Shape
    : From extends number
      ? To extends number
        ? true extends (number extends From ? true : false) | (number extends To ? true : false)
          ? UnknownSizes<S>
          : 'out' extends Axis<S, From> | Axis<S, To>
            ? ShapeMistake<AxisMessage<S, 'moveAxis'>>
            : InsertAxisShape<
                DropAxes<S, Axis<S, From>, false>,
                Axis<S, To> & number,
                SizeAt<S, Axis<S, From>>,
                'moveAxis'
              >
        : UnknownSizes<S>
      : UnknownSizes<S>;

/** A part of size `N` of axis `A`. */
export type PartShape<S extends Shape, N extends number, A extends number> =
  IsDynamic<S> extends true ? Shape : number extends A ? UnknownSizes<S> : ReplaceAxis<S, Axis<S, A>, [N]>;

/** Checks that parts of the given sizes fill axis `A`: a mistake, or the shape. */
export type PartsRule<S extends Shape, Sizes extends Shape, A extends number> = true extends
  IsDynamic<S> | IsDynamic<Sizes>
  ? S
  : number extends A
    ? S
    : 'out' extends Axis<S, A>
      ? ShapeMistake<AxisMessage<S, 'split'>>
      : SameSize<Total<Sizes>, SizeAt<S, Axis<S, A>>> extends true
        ? S
        : ShapeMistake<`split: sizes ${Show<Sizes>} must add up to axis ${A} of ${Show<S>}`>;
type Total<S extends Shape, R extends number = 0> = S extends readonly [
  infer First extends number,
  ...infer Rest extends Shape,
]
  ? Total<Rest, Add<R, First>>
  : R;

/** The shape with `K` elements on an axis. */
export type TopKShape<S extends Shape, K extends number, A extends number> =
  IsDynamic<S> extends true
    ? Shape
    : number extends A
      ? UnknownSizes<S>
      : 'out' extends Axis<S, A>
        ? ShapeMistake<AxisMessage<S, 'topK'>>
        : [Subtract<SizeAt<S, Axis<S, A>>, K>] extends [never]
          ? ShapeMistake<`topK: \`k\` must be an integer of at most the size of axis ${Axis<S, A> & number} of ${Show<S>}, got ${K}`>
          : ReplaceAxis<S, Axis<S, A>, [K]>;

/** `[..., classes]` with the classes replaced by `N` draws. */
export type CategoricalShape<S extends Shape, N extends number> =
  IsDynamic<S> extends true ? Shape : S extends readonly [...infer Rows extends Shape, number] ? [...Rows, N] : Shape;
