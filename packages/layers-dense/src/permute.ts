import {
  defineLayer,
  type InputShape,
  type Layer,
  nameCheck,
  type NameOption,
  type ShapeRule,
} from '@chainrule/layers-core';
import { OptionError, ShapeError, showShape, showValue } from '@chainrule/errors';
import { anInteger, checkOptions, listOf } from '@chainrule/errors/check';
import { type IsDynamic, type Shape, type ShapeMistake, type Show, transpose } from '@chainrule/tensor';

/** `[batch, ...rest]` with the axes after the batch in the order `D`, counted from 1. */
export interface PermuteRule<D extends Shape> extends ShapeRule {
  readonly output: PermutedShape<InputShape<this>, D>;
}
type PermutedShape<S extends Shape, D extends Shape> =
  IsDynamic<D> extends true
    ? Shape
    : IsDynamic<S> extends true
      ? [number, ...{ -readonly [I in keyof D]: number }]
      : S extends readonly [infer Batch extends number, ...infer Rest extends Shape]
        ? Rest['length'] extends D['length']
          ? [Batch, ...{ -readonly [I in keyof D]: S[D[I]] }]
          : ShapeMistake<`permute: dims ${Show<D>} do not fit ${Show<S>}`>
        : ShapeMistake<`permute: dims ${Show<D>} do not fit ${Show<S>}`>;

/**
 * Reorders the axes after the batch: axis i of the output is axis `dims[i − 1]` of the input, both counted from 1.
 *
 * @param dims - a permutation of 1 … rank − 1, as in Keras' Permute
 * @throws OptionError if `dims` is not a permutation; ShapeError for an input of another rank
 * @example
 * permute([2, 1]).outputShape([[32, 10, 64]]); // => 32,64,10
 */
export function permute<const D extends Shape>(dims: D, options: NameOption = {}): Layer<PermuteRule<D>> {
  listOf('a list of integers', anInteger)('permute', 'dims', dims);
  checkOptions('permute', options, nameCheck);
  if ([...dims].sort((a, b) => a - b).some((d, i) => d !== i + 1)) {
    throw new OptionError(
      `permute: \`dims\` must be the numbers from 1 to ${dims.length} in some order, got ${showValue(dims)}`,
    );
  }
  return defineLayer<PermuteRule<D>>({
    type: 'permute',
    name: options.name,
    args: [dims, options],
    outputShape(shape) {
      if (shape.length !== dims.length + 1)
        throw new ShapeError(`permute: dims ${showShape(dims)} do not fit ${showShape(shape)}`);
      return [shape[0]!, ...dims.map((d) => shape[d]!)];
    },
    call: (x) => transpose(x, [0, ...dims]),
    passesMask: false,
  });
}
