import { OptionError, showValue, ValueError } from '@chainrule/errors';
import { aCount, anything, checkOptions } from '@chainrule/errors/check';
import type { TypedArray } from '../../array/dtype.ts';
import { aTensor } from '../../array/checks.ts';
import { linspace } from '../creation/sequences.ts';
import { Tensor } from '../../array/tensor.ts';
import { eagerValues } from './eager.ts';

export interface HistogramOptions<N extends number> {
  /** The number of bins, which have equal width. Default 10. */
  readonly bins?: N;
  /** The range to count, including both ends. By default from the smallest element to the largest. */
  readonly range?: readonly [number, number];
}

/**
 * Counts the elements in bins of equal width, as NumPy's `histogram`. A bin includes its lower edge; the last bin
 * includes both edges. Elements outside the range are ignored, including NaN if a range is given. Runs only eagerly.
 *
 * @param x - any shape
 * @param options - `bins`, by default 10; `range`, by default that of the elements
 * @returns `counts`, int32, and the `edges` of the bins, float64, one more than bins
 * @throws OptionError for invalid bins or an invalid range; ValueError if elements are not finite and no range is
 *   given; CaptureError under `compile` and in bodies of scans
 * @example
 * const { counts, edges } = histogram(tensor([1, 2, 1, 4]), { bins: 3 });
 * counts.toArray(); // => 2,1,1
 * edges.toArray(); // => 1,2,3,4
 */
export function histogram<const N extends number = 10>(
  x: Tensor,
  options: HistogramOptions<N> = {},
): { counts: Tensor<[N], 'int32'>; edges: Tensor<[number], 'float64'> } {
  aTensor('histogram', 'x', x);
  checkOptions<HistogramOptions<number>>('histogram', options, { bins: aCount, range: anything });
  const bins: number = options.bins ?? 10;
  const values = eagerValues('histogram', x, 'call it outside, on a result of the program');
  const [low, high] = options.range ? checkRange(options.range) : dataRange(values);
  const edges = linspace(low, high, bins + 1, 'float64');
  const counts = new Int32Array(bins);
  for (const value of values) if (value >= low && value <= high) counts[binOf(value, edges['~values'])]!++;
  return { counts: new Tensor([bins], 'int32', counts), edges };
}

/** Returns the last bin whose lower edge is not above the value. The division alone may round across an edge. */
function binOf(value: number, edges: TypedArray): number {
  const bins = edges.length - 1;
  let bin = Math.min(bins - 1, Math.floor(((value - edges[0]!) / (edges[bins]! - edges[0]!)) * bins));
  if (bin < bins - 1 && value >= edges[bin + 1]!) bin++;
  if (bin > 0 && value < edges[bin]!) bin--;
  return bin;
}

function checkRange(range: readonly [number, number]): readonly [number, number] {
  if (
    !Array.isArray(range) ||
    (range as readonly unknown[]).length !== 2 ||
    !range.every(Number.isFinite) ||
    !(range[0] <= range[1])
  ) {
    throw new OptionError(`histogram: \`range\` must be two finite numbers in order, got ${showValue(range)}`);
  }
  return widenEmpty(range[0], range[1]);
}

function dataRange(values: TypedArray): readonly [number, number] {
  if (values.length === 0) return [0, 1];
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value))
      throw new ValueError(`histogram: needs a \`range\` if elements are not finite, got ${value}`);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return widenEmpty(low, high);
}

/** Widens an empty range to width 1. */
function widenEmpty(low: number, high: number): readonly [number, number] {
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}
