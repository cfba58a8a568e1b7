import { ShapeError, showShape } from '@chainrule/errors';
import { mean, type Shape, square, sub, type Tensor } from '@chainrule/tensor';

/** Mean and biased variance along axes, which stay with size 1. */
export function momentsAlong(x: Tensor, axis: readonly number[]): { mean: Tensor; variance: Tensor } {
  const center = mean(x, { axis, keepDims: true });
  return { mean: center, variance: mean(square(sub(x, center)), { axis, keepDims: true }) };
}

/** The axes of a layer's `axis` option in ascending order; they must not include the batch axis. */
export function normalizedAxes(type: string, axis: number | readonly number[], input: Shape): readonly number[] {
  const list = typeof axis === 'number' ? [axis] : axis;
  const axes = list.map((a) => (a < 0 ? a + input.length : a)).sort((a, b) => a - b);
  const fits =
    axes.length > 0 && axes.every((a, i) => Number.isInteger(a) && a > 0 && a < input.length && a !== axes[i - 1]);
  if (!fits)
    throw new ShapeError(
      `${type}: \`axis\` must be different axes of ${showShape(input)} after the batch axis, got ${showShape(list)}`,
    );
  return axes;
}

/** The shape in which a weight of the given axes broadcasts to `x`. */
export function alignedShape(x: Tensor, axes: readonly number[]): number[] {
  return x.shape.map((n, i) => (axes.includes(i) ? n : 1));
}
