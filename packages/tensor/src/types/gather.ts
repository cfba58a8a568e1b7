import type { Axis, AxisMessage, ReplaceAxis } from './axis.ts';
import type { CommonSize } from './broadcast.ts';
import type { IsDynamic, Shape, ShapeMistake, Show, UnknownSizes } from './tensor.ts';

/** NumPy's `take`: the sizes of the indices replace the axis. */
export type GatherShape<
  S extends Shape,
  Indices extends Shape,
  A extends number,
  Name extends string = 'gather',
> = true extends IsDynamic<S> | IsDynamic<Indices>
  ? Shape
  : number extends A
    ? UnknownSizes<[...Tail<S>, ...Indices]>
    : 'out' extends Axis<S, A>
      ? ShapeMistake<AxisMessage<S, Name>>
      : ReplaceAxis<S, Axis<S, A>, Indices>;
type Tail<S extends Shape> = S extends readonly [number, ...infer Rest extends Shape] ? Rest : [];

/** The shape of the indices, which must agree with the tensor outside the axis. */
export type TakeAlongAxisShape<S extends Shape, Indices extends Shape, A extends number> = true extends
  IsDynamic<S> | IsDynamic<Indices>
  ? Shape
  : number extends A
    ? UnknownSizes<Indices>
    : 'out' extends Axis<S, A>
      ? ShapeMistake<AxisMessage<S, 'takeAlongAxis'>>
      : [AlongSizes<S, Indices, Axis<S, A>>] extends [never]
        ? ShapeMistake<`takeAlongAxis: \`indices\` must have the shape of \`x\` ${Show<S>} outside axis ${Axis<S, A> & number}, got ${Show<Indices>}`>
        : AlongSizes<S, Indices, Axis<S, A>>;
/** The indices' size on axis X and the common size elsewhere, or `never`. */
type AlongSizes<
  S extends Shape,
  Indices extends Shape,
  X,
  I extends 0[] = [],
  R extends Shape = [],
> = S extends readonly [infer S0 extends number, ...infer S1 extends Shape]
  ? Indices extends readonly [infer I0 extends number, ...infer I1 extends Shape]
    ? I['length'] extends X
      ? AlongSizes<S1, I1, X, [...I, 0], [...R, I0]>
      : [CommonSize<S0, I0>] extends [never]
        ? never
        : AlongSizes<S1, I1, X, [...I, 0], [...R, CommonSize<S0, I0> & number]>
    : never
  : Indices extends readonly []
    ? R
    : never;

/** The shape of the base. The updates must have the shape that `gather` would return. */
export type ScatterAddShape<S extends Shape, Indices extends Shape, Updates extends Shape, A extends number> =
  GatherShape<S, Indices, A, 'scatterAdd'> extends infer Expected
    ? Expected extends Shape
      ? true extends IsDynamic<Expected> | IsDynamic<Updates>
        ? S
        : [AlongSizes<Expected, Updates, never>] extends [never]
          ? ShapeMistake<`scatterAdd: \`updates\` must have shape ${Show<Expected>}, got ${Show<Updates>}`>
          : S
      : Expected
    : never;

/** The shape with the classes as its last axis. */
export type OneHotShape<S extends Shape, Depth extends number> = IsDynamic<S> extends true ? Shape : [...S, Depth];
