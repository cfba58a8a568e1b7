import { OptionError, showValue } from '@chainrule/errors';
import { aName, checkOptions, isPlain, oneOf } from '@chainrule/errors/check';
import type { DType, Shape } from '@chainrule/tensor';
import { makeNode, type SymbolicTensor } from './symbolicTensor.ts';

/** Options of {@link input}. */
export interface InputOptions<D extends DType = DType> {
  /** The name in summaries and errors. Default `input`; a model numbers inputs with equal names. */
  readonly name?: string;
  /** The dtype of samples; arrays are converted to it. Default that of the weights, or int32 before an `embedding`. */
  readonly dtype?: D;
}

/** The shape that {@link input} takes, with `null` for a size that differs between batches. */
export type InputSizes = readonly (number | null)[];

/** The shape of an input: unknown sizes are `number`. */
export type SizesOf<S extends InputSizes> = { -readonly [K in keyof S]: S[K] extends number ? S[K] : number };

/**
 * An input of a model: the shape of a sample.
 *
 * @param shape - without the batch axis; `null` for a size that differs between batches, such as the length of sentences
 * @throws OptionError for sizes that are not positive integers
 * @example
 * input([28, 28, 1]).shape; // => 28,28,1
 */
export function input<const S extends InputSizes, const D extends DType = DType>(
  shape: S,
  options: InputOptions<D> = {},
): SymbolicTensor<SizesOf<S>, D> {
  if (!areSizes(shape)) {
    // Other libraries write -1 for the batch.
    const sizes: unknown = isPlain(shape) ? shape['shape'] : [shape].flat().filter((n) => n !== -1);
    const remedy = areSizes(sizes) ? `; write \`input(${showValue(sizes)})\`` : '';
    throw new OptionError(
      `input: \`shape\` must hold positive integers, or null for sizes that differ, without the batch, got ${showValue(shape)}${remedy}`,
    );
  }
  checkOptions('input', options, { name: aName, dtype: oneOf('float32', 'float64', 'int32', 'uint8', 'bool') });
  const { name = 'input', dtype } = options;
  const sizes: Shape = shape.map((n: number | null) => n ?? Infinity);
  return makeNode(undefined, [], [sizes], name, dtype).outputs[0] as SymbolicTensor<SizesOf<S>, D>;
}

function areSizes(value: unknown): boolean {
  return Array.isArray(value) && value.every((n) => n === null || (Number.isInteger(n) && n >= 1));
}
