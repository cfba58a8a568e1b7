import { OptionError, ShapeError, showShape, showValue } from '@chainrule/errors';
import { aCount, checkOptions } from '@chainrule/errors/check';
import { type DType, type Shape, Tensor } from '@chainrule/tensor';
import { allocate, aTensor, sizeOf } from '@chainrule/tensor/graph';

/** Options of {@link slidingWindows}. */
export interface SlidingWindowsOptions<H extends number | undefined = number | undefined> {
  /** The number of steps in a window, at least 1. */
  readonly size: number;
  /** The number of steps in a target, at least 1. By default the target is the next step, without a time axis. */
  readonly horizon?: H;
  /** The distance between the starts of successive windows, at least 1; by default 1. */
  readonly stride?: number;
}

type Step<S extends Shape> = S extends readonly [unknown, ...infer Rest extends Shape] ? Rest : Shape;

/** Windows of a series, and the target of each. */
export type SlidingWindows<S extends Shape, D extends DType, H> = {
  readonly x: Tensor<[number, number, ...Step<S>], D>;
  readonly y: Tensor<H extends number ? [number, number, ...Step<S>] : [number, ...Step<S>], D>;
};

/**
 * All windows of a series with a complete target; window i starts at step i · `stride`. (Keras:
 * `timeseries_dataset_from_array`, here with targets from the series itself.)
 *
 * To hold out the end of a series, split the windows rather than the series: `Dataset.fromTensors(windows).split(…)`. Then
 * the first test target has a complete window before it.
 *
 * @param series - `[time, …]`, in order
 * @returns `x` of shape `[count, size, …]`; `y` of shape `[count, …]`, or `[count, horizon, …]` if `horizon` is given
 * @throws OptionError if `size`, `horizon` or `stride` is not a positive integer
 * @throws ShapeError if the series has no time axis, or is shorter than a window with its target
 * @example
 * const { x, y } = slidingWindows(tensor([1, 2, 3, 4, 5]), { size: 3 });
 * x.toArray(); // => [[1,2,3],[2,3,4]]
 * y.toArray(); // => [4,5]
 * @example
 * const { x, y } = slidingWindows(zeros([100, 4]), { size: 10, horizon: 5, stride: 5 });
 * [x.shape, y.shape]; // => [[18,10,4],[18,5,4]]
 */
export function slidingWindows<S extends Shape, D extends DType, const H extends number | undefined = undefined>(
  series: Tensor<S, D>,
  options: SlidingWindowsOptions<H>,
): SlidingWindows<S, D, H> {
  aTensor('slidingWindows', 'series', series);
  checkOptions('slidingWindows', options, { size: aCount, horizon: aCount, stride: aCount }, 'size');
  const { size, horizon, stride = 1 } = options;
  const targetSteps = horizon ?? 1;
  const { shape } = series;
  const steps = shape[0];
  if (steps === undefined || steps < size + targetSteps) {
    throw new ShapeError(
      `slidingWindows: \`series\` must have at least ${size + targetSteps} steps, a window of ${size} and ${targetSteps} after it, got shape ${showShape(shape)}`,
    );
  }
  const count = Math.floor((steps - size - targetSteps) / stride) + 1;
  const cut = (from: number, length: number): Tensor => runs(series, { count, stride, from, length });
  const y = cut(size, targetSteps);
  return {
    x: cut(0, size),
    y: horizon === undefined ? new Tensor([count, ...shape.slice(1)], series.dtype, y['~values']) : y,
  };
}

/** Runs of `length` steps as `[count, length, …]`; the first begins at `from`. */
function runs(
  series: Tensor,
  {
    count,
    stride,
    from,
    length,
  }: { readonly count: number; readonly stride: number; readonly from: number; readonly length: number },
): Tensor {
  const step = series.shape.slice(1);
  const shape = [count, length, ...step];
  const width = sizeOf(step);
  if (sizeOf(shape) > 2 ** 31 - 1)
    throw new OptionError(
      `slidingWindows: \`stride\` must leave at most ${2 ** 31 - 1} values, got ${showValue(stride)}, which gives shape ${showShape(shape)}`,
    );
  const values = series['~values'];
  const copy = allocate(series.dtype, shape, 'slidingWindows');
  for (let i = 0; i < count; i++) {
    const at = (from + i * stride) * width;
    copy.set(values.subarray(at, at + length * width), i * length * width);
  }
  return new Tensor(shape, series.dtype, copy);
}
