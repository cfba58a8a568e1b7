import { OptionError, ShapeError, showShape } from '@chainrule/errors';
import { checkOptions } from '@chainrule/errors/check';
import {
  defineMultiLayer,
  type InputShapes,
  type Layer,
  nameCheck,
  type NameOption,
  type ShapeRule,
  type Value,
} from '@chainrule/layers-core';
import { type Broadcast, type IsDynamic, logicalOr, reshape, type Shape, type Tensor } from '@chainrule/tensor';

/** Broadcasts all inputs to one shape. `Name` is the layer's type. */
export interface MergeRule<Name extends string> extends ShapeRule {
  readonly output: Merged<InputShapes<this>, Name>;
}
type Merged<All extends readonly Shape[], Name extends string> = All extends readonly [
  infer First extends Shape,
  ...infer Rest extends readonly Shape[],
]
  ? MergeRest<First, Rest, Name>
  : Shape;
type MergeRest<Done, Rest extends readonly Shape[], Name extends string> = Done extends Shape
  ? Rest extends readonly [infer Next extends Shape, ...infer Others extends readonly Shape[]]
    ? MergeRest<MergeTwo<Done, Next, Name>, Others, Name>
    : Done
  : Done;
type MergeTwo<A extends Shape, B extends Shape, Name extends string> = true extends IsDynamic<A> | IsDynamic<B>
  ? Shape
  : A['length'] extends B['length']
    ? Broadcast<A, B, Name>
    : Shape;

/** The parts that differ between elementwise merge layers. */
export interface MergeSpec {
  /** Whether the layer takes exactly two inputs. */
  readonly two?: boolean;
  /** Merges two tensors that broadcast. Each mask is true for steps that count, and broadcasts to its tensor. */
  readonly merge: (a: Value, b: Value) => Tensor;
  /** Computes the output from the merged data. */
  readonly finish?: (merged: Value, inputs: number) => Tensor;
}

/**
 * Common implementation of elementwise merge layers. As in Keras, an input of lower rank gets axes of size 1 after the batch. If
 * all inputs have masks, the output's mask has the steps that are in any of them; otherwise the output has no mask.
 */
export function mergeLayer<Name extends string>(
  type: Name,
  options: NameOption,
  { two = false, merge, finish = ({ data }) => data }: MergeSpec,
): Layer<MergeRule<Name>> {
  checkOptions(type, options, nameCheck);
  const { name = type } = options;
  const check = (count: number): void => {
    if (two ? count !== 2 : count < 1)
      throw new OptionError(
        `${name}: \`inputs\` must hold ${two ? 'two tensors' : 'at least one tensor'}, got ${count}`,
      );
  };
  return defineMultiLayer<MergeRule<Name>>({
    type,
    name,
    args: [options],
    outputShape(inputs) {
      check(inputs.length);
      const rank = Math.max(...inputs.map((shape) => shape.length));
      return [inputs.map((shape) => withRank(shape, rank)).reduce((a, b) => broadcast(name, a, b))];
    },
    call(inputs) {
      check(inputs.length);
      const rank = Math.max(...inputs.map((value) => value.data.rank));
      const merged = inputs
        .map((value) => aligned(value, rank))
        .reduce((a, b) => ({ data: merge(a, b), mask: anyOf([a.mask, b.mask]) }) as Value);
      const mask = anyOf(inputs.map((value) => value.mask));
      return [{ data: finish(merged, inputs.length), ...(mask && { mask }) }];
    },
  });
}

/** A value with `rank` axes, and a mask that broadcasts to it. */
function aligned({ data, mask }: Value, rank: number): Value {
  const x = data.rank === rank ? data : reshape(data, withRank(data.shape, rank));
  if (!mask) return { data: x };
  const ones = new Array<number>(data.rank - mask.rank).fill(1);
  return { data: x, mask: reshape(mask, withRank([...mask.shape, ...ones], rank)) };
}

/** The shape with axes of size 1 after the batch. */
function withRank([batch, ...rest]: Shape, rank: number): Shape {
  return [batch!, ...new Array<number>(rank - rest.length - 1).fill(1), ...rest];
}

function broadcast(name: string, a: Shape, b: Shape): Shape {
  return a.map((n, i) => {
    const m = b[i]!;
    if (n === m || m === 1) return n;
    if (n === 1 || n === Infinity) return m;
    if (m === Infinity) return n;
    throw new ShapeError(`${name}: cannot broadcast ${showShape(a)} with ${showShape(b)}`);
  });
}

/** True where any mask is true; undefined unless every input has a mask. */
export function anyOf(masks: readonly (Tensor | undefined)[]): Tensor | undefined {
  return masks.reduce((a, b) => a && b && (logicalOr(a, b) as Tensor));
}
