import type { Broadcast, SameSize } from './broadcast.ts';
import type { IsDynamic, Shape, ShapeMistake, Show } from './tensor.ts';

/** The shape as [batch, rows, columns], transposed if the option asks for it; `'low'` below rank 2. */
type Matrices<S extends Shape, Transposed extends boolean> = S extends readonly [
  ...infer Batch extends Shape,
  infer Rows extends number,
  infer Columns extends number,
]
  ? boolean extends Transposed
    ? [Batch, number, number]
    : Transposed extends true
      ? [Batch, Columns, Rows]
      : [Batch, Rows, Columns]
  : 'low';

type RankMessage<S extends Shape> = ShapeMistake<`matmul: expects rank 2 or more, got ${Show<S>}`>;

/** `[..., m, k] x [..., k, n]` with broadcast batch axes. The options swap the last two axes of an operand. */
export type MatmulShape<
  A extends Shape,
  B extends Shape,
  TransposeA extends boolean = false,
  TransposeB extends boolean = false,
> = true extends IsDynamic<A> | IsDynamic<B>
  ? Shape
  : Matrices<A, TransposeA> extends [infer Batch extends Shape, infer M extends number, infer K]
    ? Matrices<B, TransposeB> extends [infer OtherBatch extends Shape, infer K2, infer N extends number]
      ? SameSize<K, K2> extends true
        ? Broadcast<Batch, OtherBatch, 'matmul'> extends infer R
          ? R extends Shape
            ? [...R, M, N]
            : R
          : never
        : ShapeMistake<InnerMessage<A, B, TransposeA, TransposeB>>
      : RankMessage<B>
    : RankMessage<A>;

type InnerMessage<
  A extends Shape,
  B extends Shape,
  TransposeA,
  TransposeB,
> = `matmul: ${Last<TransposeA>} of ${Show<A>} must match ${LastButOne<TransposeB>} of ${Show<B>}`;
type Last<Transposed> = Transposed extends true ? 'rows' : 'columns';
type LastButOne<Transposed> = Transposed extends true ? 'columns' : 'rows';
