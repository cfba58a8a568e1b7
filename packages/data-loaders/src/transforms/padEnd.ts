import { ShapeError, showShape } from '@chainrule/errors';
import { type DType, type Shape, Tensor } from '@chainrule/tensor';
import { allocate, aTensor } from '@chainrule/tensor/graph';
import { fromZero, missingNumber } from '../checks.ts';

type Padded<S extends Shape> = S extends readonly [unknown, ...infer Rest extends Shape] ? [number, ...Rest] : Shape;

/**
 * Appends rows of `value` to a sequence `[time, …]`, up to `[length, …]`.
 *
 * @throws ShapeError if the tensor has no axes or is longer than `length`
 * @throws OptionError if `length` is not an integer of at least 0
 * @example
 * padEnd(tensor([[1, 2], [3, 4]]), 3).toArray(); // => [[1,2],[3,4],[0,0]]
 */
export function padEnd<S extends Shape, D extends DType>(
  sequence: Tensor<S, D>,
  length: number,
  value = 0,
): Tensor<Padded<S>, D> {
  aTensor('padEnd', 'sequence', sequence);
  fromZero('padEnd', 'length', length);
  missingNumber('padEnd', 'value', value);
  const { shape, dtype } = sequence;
  if (shape.length === 0 || shape[0] > length) {
    throw new ShapeError(
      `padEnd: expects a sequence of at most \`length\` ${length} rows, got shape ${showShape(shape)}`,
    );
  }
  const padded = [length, ...shape.slice(1)];
  const values = allocate(dtype, padded, 'padEnd').fill(value);
  values.set(sequence['~values']);
  return new Tensor<Padded<S>, D>(padded, dtype as D, values);
}
