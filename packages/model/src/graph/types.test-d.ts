import type { InputShape, SameShapeRule, ShapeRule, WithShapeRule } from '@chainrule/layers-core';
import type { IsDynamic, Shape, ShapeMistake, Show } from '@chainrule/tensor';
import type { Batched, CheckLayers, CheckedLayers, ModelRule, SequentialOutput } from './types.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function is<Expected>(): <T>(value: T, ...same: Equal<Expected, T> extends true ? [] : [never]) => void;
type True<T extends true> = T;

// Layers and models as other packages declare them; `packages/testing` has the same tests with the real ones.
interface Model<In extends Shape, Out extends Shape> extends WithShapeRule<ModelRule<In, Out>> {
  readonly '~shapes': [In, Out];
}
interface UnitsRule<U extends number> extends ShapeRule {
  readonly output: UnitsShape<InputShape<this>, U>;
}
type UnitsShape<S extends Shape, U extends number> =
  IsDynamic<S> extends true
    ? [number, U]
    : S extends readonly [infer Batch extends number, number]
      ? [Batch, U]
      : ShapeMistake<`units: expects rank 2, got ${Show<S>}`>;
interface JoinRule extends ShapeRule {
  readonly output: InputShape<this> extends readonly [infer Batch, ...Shape] ? [Batch, 12] : Shape;
}
declare function input<const S extends Shape>(shape: S): { readonly shape: S };
declare function sequential<S extends Shape, const L extends readonly WithShapeRule[]>(
  input: { readonly shape: S },
  ...layers: CheckedLayers<Batched<S>, L>
): Model<Batched<S>, SequentialOutput<Batched<S>, L>>;
declare function units<const U extends number>(units: U): WithShapeRule<UnitsRule<U>>;
declare function join(): WithShapeRule<JoinRule>;
declare function same(): WithShapeRule<SameShapeRule>;
declare const n: number;
declare const custom: WithShapeRule;
declare const list: WithShapeRule[];

is<Model<[number, 4], [number, 4]>>()(sequential(input([4])));
is<Model<[number, 4], [number, 10]>>()(sequential(input([4]), units(128), same(), units(10)));
is<Model<[number, 3, 4], [number, 12]>>()(sequential(input([3, 4]), same(), join()));

// Models in models.
const inner = sequential(input([12]), units(5));
is<Model<[number, 3, 4], [number, 5]>>()(sequential(input([3, 4]), join(), inner));
// @ts-expect-error layer 0: model: expects [?,12], got [?,11]
sequential(input([11]), inner);

// Unknown sizes, layers and lists.
is<Model<[number, number, 4], [number, number]>>()(sequential(input([n, 4]), join(), units(n)));
is<Model<[number, 4], [number, 10]>>()(sequential(input([4]), custom, units(10)));
is<Model<[number, 4], Shape>>()(sequential(input([4]), custom));
is<Model<[number, 4], Shape>>()(sequential(input([4]), ...list));
is<Model<[number, 4], Shape>>()(sequential(input([4]), same(), ...list));

sequential(
  input([3, 4]),
  same(),
  // @ts-expect-error the error is reported at the wrong layer
  units(5),
  units(10),
);
// @ts-expect-error not a layer
sequential(input([28]), 'units');

type Wrong = CheckLayers<
  [number, 3, 4],
  [WithShapeRule<SameShapeRule>, WithShapeRule<UnitsRule<5>>, WithShapeRule<JoinRule>]
>;
type Message = 'layer 1: units: expects rank 2, got [?,3,4]';
export type Mistakes = [
  True<Equal<Wrong, [WithShapeRule<SameShapeRule>, ShapeMistake<Message>, WithShapeRule<JoinRule>]>>,
];
