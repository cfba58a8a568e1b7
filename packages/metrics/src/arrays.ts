import { ShapeError, ValueError } from '@chainrule/errors';
import { refuse } from '@chainrule/errors/check';
import { isTensor, type Tensor } from '@chainrule/tensor';

/** The values of a whole data set: a tensor or a list. */
export type Values = Tensor | ArrayLike<number>;

/**
 * The values of a tensor or a list. Throws for NaN.
 *
 * @param like - other values, which must have the same length
 */
export function valuesOf(
  op: string,
  name: string,
  given: Values,
  like?: { readonly name: string; readonly length: number },
): ArrayLike<number> {
  const values = isTensor(given) ? given.data : given;
  if (!Array.isArray(values) && !ArrayBuffer.isView(values)) refuse(op, name, 'a tensor or a list of numbers', given);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as unknown;
    if (typeof value !== 'number') refuse(op, `${name}[${i}]`, 'a number', value);
    if (Number.isNaN(value)) throw new ValueError(`${op}: \`${name}\` must be numbers, got NaN at ${i}`);
  }
  if (like && values.length !== like.length)
    throw new ShapeError(
      `${op}: \`${name}\` must have as many values as \`${like.name}\`, ${like.length}, got ${values.length}`,
    );
  return values;
}

/** Checks that labels are 0 or 1. */
export function binaryLabels(op: string, given: Values): ArrayLike<number> {
  const labels = valuesOf(op, 'labels', given);
  for (let i = 0; i < labels.length; i++)
    if (labels[i] !== 0 && labels[i] !== 1)
      throw new ValueError(`${op}: \`labels\` must be 0 or 1, got ${labels[i]} at ${i}`);
  return labels;
}

/** Weights of samples, at least 0; 1 by default. */
export function weightsOf(op: string, given: Values | undefined, length: number): ArrayLike<number> {
  if (given === undefined) return new Float64Array(length).fill(1);
  const weights = valuesOf(op, 'weights', given, { name: 'labels', length });
  for (let i = 0; i < length; i++)
    if (!(weights[i]! >= 0 && weights[i]! < Infinity))
      throw new ValueError(`${op}: \`weights\` must be at least 0, got ${weights[i]} at ${i}`);
  return weights;
}
