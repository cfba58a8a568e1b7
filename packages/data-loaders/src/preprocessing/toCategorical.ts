import { ShapeError, showShape, showValue, ValueError } from '@chainrule/errors';
import { aCount, checkThat, refuse } from '@chainrule/errors/check';
import { Tensor } from '@chainrule/tensor';

const checkLabels = /* @__PURE__ */ checkThat(
  'a tensor or a list of integers',
  (value) =>
    value instanceof Tensor ||
    (typeof value === 'object' && value !== null && 'length' in value && typeof value.length === 'number'),
);

/**
 * One-hot encoding of class numbers. (Keras: `to_categorical`; PyTorch: `one_hot`, which returns integers.)
 *
 * @param labels - integers, of shape `[…]`
 * @param classes - the number of classes; by default one more than the greatest label
 * @returns `[…, classes]`
 * @throws ValueError if a label is not an integer from 0 to `classes` − 1
 * @throws OptionError if `classes` is not a positive integer
 * @example
 * toCategorical([2, 0]).toArray(); // => [[0,0,1],[1,0,0]]
 */
export function toCategorical(labels: Tensor | ArrayLike<number>, classes?: number): Tensor<number[], 'float32'> {
  checkLabels('toCategorical', 'labels', labels);
  const isList = !(labels instanceof Tensor);
  const values = isList ? labels : labels['~values'];
  const shape = isList ? [labels.length] : labels.shape;
  let greatest = 0;
  for (let i = 0; i < values.length; i++) {
    if (typeof values[i] !== 'number')
      refuse('toCategorical', 'labels', 'integers', values[i], 'number the classes with `ordinalEncoder`');
    greatest = Math.max(greatest, values[i]!);
  }
  const count = classes ?? greatest + 1;
  aCount('toCategorical', 'classes', count);
  if (values.length * count > 2 ** 31 - 1)
    throw new ShapeError(
      `toCategorical: expects at most ${2 ** 31 - 1} elements, got shape ${showShape([...shape, count])}`,
    );
  const hot = new Float32Array(values.length * count);
  for (let i = 0; i < values.length; i++) {
    const label = values[i]!;
    if (!(Number.isInteger(label) && label >= 0 && label < count)) {
      throw new ValueError(
        `toCategorical: \`labels\` must be integers from 0 to ${count - 1}, got ${showValue(label)} at ${i}; classes count from 0`,
      );
    }
    hot[i * count + label] = 1;
  }
  return new Tensor<number[], 'float32'>([...shape, count], 'float32', hot);
}
