import { OptionError, ShapeError, showShape } from '@chainrule/errors';
import { aString, anInteger, checkOptions } from '@chainrule/errors/check';
import {
  defineMultiLayer,
  type InputShapes,
  type Layer,
  type NameOption,
  type ShapeRule,
  type Value,
} from '@chainrule/layers-core';
import { concat, type ConcatShape, ones, type Shape, type Tensor, type TypedTensor } from '@chainrule/tensor';
import { normalizeAxis } from '@chainrule/tensor/graph';
import { anyOf } from './mergeLayer.ts';

/** Joins all inputs along an axis. */
export interface ConcatenateRule<A extends number> extends ShapeRule {
  readonly output: Joined<InputShapes<this>, A>;
}
type Joined<All extends readonly Shape[], A extends number> = number extends All['length']
  ? Shape
  : ConcatShape<{ [K in keyof All]: TypedTensor<All[K]> }, A>;

/** Options of {@link concatenate}. */
export interface ConcatenateOptions<A extends number = number> extends NameOption {
  /** The axis; the batch is axis 0, and negative axes count from the end. Default −1, the features. */
  readonly axis?: A;
}

/**
 * Concatenates its inputs along an axis, as Keras' Concatenate. Along `axis` 1, the steps, masks are concatenated, too. Along
 * the features, the output's mask has the steps that are in any input's mask.
 *
 * @returns a layer with any number of inputs that have equal sizes on all other axes
 * @throws ShapeError if other sizes differ; OptionError for the batch axis
 * @example
 * const [a, b] = [input([2]), input([1])];
 * const model = functional([a, b], apply([a, b], concatenate())).build();
 * model.call([tensor([[1, 4]]), tensor([[3]])]).toArray(); // => [[1,4,3]]
 */
export function concatenate<const A extends number = -1>(
  options: ConcatenateOptions<A> = {},
): Layer<ConcatenateRule<A>> {
  checkOptions('concatenate', options, { axis: anInteger, name: aString });
  const { axis = -1, name = 'concatenate' } = options;
  const place = (first: Shape | undefined): number => {
    if (!first) throw new OptionError(`${name}: \`inputs\` must hold at least one tensor, got 0`);
    const at = normalizeAxis(name, axis, first.length);
    if (at === 0) throw new OptionError(`${name}: \`axis\` must not be that of the batch, got ${axis}`);
    return at;
  };
  return defineMultiLayer<ConcatenateRule<A>>({
    type: 'concatenate',
    name,
    args: [options],
    outputShape(inputs) {
      const at = place(inputs[0]);
      return [inputs.reduce((a, b) => joined(name, a, b, at))];
    },
    call(inputs) {
      const at = place(inputs[0]?.data.shape);
      const data: Tensor = concat(
        inputs.map((value) => value.data),
        { axis: at },
      );
      const mask = joinedMask(inputs, at);
      return [{ data, ...(mask && { mask }) }];
    },
  });
}

function joined(name: string, a: Shape, b: Shape, axis: number): Shape {
  const agree =
    a.length === b.length && a.every((n, i) => i === axis || n === b[i] || n === Infinity || b[i] === Infinity);
  if (!agree) throw new ShapeError(`${name}: ${showShape(a)} and ${showShape(b)} must agree outside axis ${axis}`);
  return a.map((n, i) => (i === axis ? n + b[i]! : n === Infinity ? b[i]! : n));
}

/** The mask of the concatenated steps. An input without a mask contributes all of its steps. */
function joinedMask(inputs: readonly Value[], axis: number): Tensor | undefined {
  if (inputs.every(({ mask }) => !mask)) return undefined;
  if (axis === 1)
    return concat(
      inputs.map(({ data, mask }) => mask ?? ones(data.shape.slice(0, 2), 'bool')),
      { axis: 1 },
    );
  return anyOf(inputs.map(({ mask }) => mask));
}
