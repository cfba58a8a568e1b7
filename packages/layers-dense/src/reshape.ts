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
import { reshape as reshapeTensor, type ReshapeShape, type Shape } from '@chainrule/tensor';
import { sizeOf } from '@chainrule/tensor/graph';

/** `[batch, ...rest]` to `[batch, ...T]`. */
export interface ReshapeRule<T extends Shape> extends ShapeRule {
  readonly output: ReshapedShape<InputShape<this>, T>;
}
type ReshapedShape<S extends Shape, T extends Shape> = S extends readonly [
  infer Batch extends number,
  ...infer Rest extends Shape,
]
  ? ReshapeShape<Rest, T> extends infer R
    ? R extends Shape
      ? [Batch, ...R]
      : R
    : never
  : [number, ...T];

/**
 * Changes the shape of each sample: `[batch, …]` to `[batch, …targetShape]`.
 *
 * @param targetShape - shape without the batch axis; one size may be −1, and follows from the others
 * @throws OptionError for invalid sizes; ShapeError if the numbers of elements differ
 * @example
 * reshape([7, 7, -1]).outputShape([[32, 3136]]); // => 32,7,7,64
 */
export function reshape<const T extends Shape>(targetShape: T, options: NameOption = {}): Layer<ReshapeRule<T>> {
  listOf('a list of integers', anInteger)('reshape', 'targetShape', targetShape);
  checkOptions('reshape', options, nameCheck);
  const inferred = targetShape.indexOf(-1);
  const fits = targetShape.every((n, i) => Number.isInteger(n) && (n >= 0 || i === inferred));
  if (!fits)
    throw new OptionError(
      `reshape: \`targetShape\` must be sizes of at least 0, one of which may be -1, got ${showValue(targetShape)}`,
    );
  const rest = sizeOf(targetShape.filter((_, i) => i !== inferred));
  const target = ([batch, ...sizes]: Shape): number[] => {
    const size = sizeOf(sizes);
    if (inferred < 0 ? size !== rest : rest === 0 || size % rest !== 0) {
      throw new ShapeError(
        inferred < 0
          ? `reshape: ${showShape(sizes)} has ${size} elements, ${showShape(targetShape)} has ${rest}`
          : `reshape: ${showShape(sizes)} does not divide into ${showShape(targetShape)}`,
      );
    }
    return [batch!, ...targetShape.map((n, i) => (i === inferred ? size / rest : n))];
  };
  return defineLayer<ReshapeRule<T>>({
    type: 'reshape',
    name: options.name,
    args: [targetShape, options],
    outputShape: target,
    call: (x) => reshapeTensor(x, target(x.shape)),
    passesMask: false,
  });
}
