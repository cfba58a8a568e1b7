import type { Subtract } from './arith.ts';
import type { Shape } from './tensor.ts';

/**
 * The axis counted from the front: `-1` becomes the last one, `number` stays `number`, and an axis out of range gives
 * `'out'`. Distributes over unions, so a list of axes is passed as `List[number]`.
 */
export type Axis<S extends Shape, A> = A extends number
  ? number extends A
    ? number
    : `${A}` extends `-${infer N extends number}`
      ? [Subtract<S['length'], N>] extends [never]
        ? 'out'
        : Subtract<S['length'], N>
      : `${A}` extends keyof S
        ? A
        : 'out'
  : number;

/** The message for an axis that is out of range. */
export type AxisMessage<
  S extends Shape,
  Name extends string,
> = `${Name}: \`axis\` must be an integer in [-${S['length']}, ${S['length']})`;

/** The size of axis `A`, counted from the front. */
export type SizeAt<S extends Shape, A> = A extends keyof S ? S[A] & number : number;

/** The shape without the axes `X`, or with size 1 in their place. */
export type DropAxes<S extends Shape, X, Keep, I extends 0[] = [], R extends Shape = []> = S extends readonly [
  infer First extends number,
  ...infer Rest extends Shape,
]
  ? I['length'] extends X
    ? DropAxes<Rest, X, Keep, [...I, 0], Keep extends true ? [...R, 1] : R>
    : DropAxes<Rest, X, Keep, [...I, 0], [...R, First]>
  : R;

/** The shape with the sizes `Middle` in place of axis `A`. */
export type ReplaceAxis<
  S extends Shape,
  A,
  Middle extends Shape,
  I extends 0[] = [],
  R extends Shape = [],
> = S extends readonly [infer First extends number, ...infer Rest extends Shape]
  ? I['length'] extends A
    ? [...R, ...Middle, ...Rest]
    : ReplaceAxis<Rest, A, Middle, [...I, 0], [...R, First]>
  : R;
