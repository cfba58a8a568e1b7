// A layer outside the packages, with a shape rule of its own, in the real `sequential`.
import { type defineLayer, type InputShape, type Layer, type ShapeRule } from '@chainrule/layers-core';
import { dense, flatten } from '@chainrule/layers-dense';
import { bidirectional, lstm, timeDistributed } from '@chainrule/layers-recurrent';
import { input, sequential, type Sequential } from '@chainrule/model';
import type { FloatDType, IsDynamic, Multiply, Shape, ShapeMistake, Show } from '@chainrule/tensor';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function is<Expected>(): <T>(value: T, ...same: Equal<Expected, T> extends true ? [] : [never]) => void;

/** `[batch, ..., features]` to `[batch, ..., features · N]`. */
interface TileRule<N extends number> extends ShapeRule {
  readonly output: Tiled<InputShape<this>, N>;
}
type Tiled<S extends Shape, N extends number> =
  IsDynamic<S> extends true
    ? Shape
    : S extends readonly [infer Batch extends number, ...infer Middle extends Shape, infer Features extends number]
      ? [Batch, ...Middle, Multiply<Features, N>]
      : ShapeMistake<`tile: expects features, got ${Show<S>}`>;
declare function tile<const N extends number>(times: N): Layer<TileRule<N>>;
declare const n: number;

is<Sequential<[number, 4], [number, 12]>>()(sequential(input([4]), tile(3)));
is<Sequential<[number, 9, 4], [number, 48], FloatDType>>()(
  sequential(input([9, 4]), lstm(8, { returnSequences: true }), tile(2), timeDistributed(tile(1)), lstm(48)),
);
is<Sequential<[number, 9, 4], [number, 9, 8]>>()(sequential(input([9, 4]), timeDistributed(tile(2))));
is<Sequential<[number, 4], [number, number]>>()(sequential(input([4]), tile(n)));
is<Sequential<[number, n: number, 4], [number, number, 8]>>()(sequential(input([n, 4]), tile(2)));
is<Sequential<[number, 9, 4], [number, 72]>>()(sequential(input([9, 4]), tile(2), flatten()));
sequential(
  input([]),
  // @ts-expect-error layer 0: tile: expects features, got [?]
  tile(2),
  dense(10),
);
sequential(
  input([9, 4]),
  bidirectional(lstm(8)),
  tile(2),
  // @ts-expect-error layer 2: lstm: expects rank 3 [batch,time,features], got [?,32]; set `returnSequences: true` …
  lstm(8),
);

// Without a type for the rule, the shape is unknown after the layer.
declare const plain: ReturnType<typeof defineLayer>;
is<Sequential<[number, 4], Shape>>()(sequential(input([4]), plain, dense(3)));
