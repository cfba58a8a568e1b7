import { allocate, type DType } from '../../array/dtype.ts';
import { aTensor } from '../../array/checks.ts';
import { Tensor } from '../../array/tensor.ts';
import { eagerValues } from './eager.ts';

/** What {@link unique} finds. */
export interface Unique<D extends DType> {
  /** The distinct values in ascending order. */
  readonly values: Tensor<[number], D>;
  /** For each element of `x` in row-major order, the index of its value in `values`. */
  readonly inverse: Tensor<[number], 'int32'>;
  /** The number of occurrences of each value. */
  readonly counts: Tensor<[number], 'int32'>;
}

/**
 * The distinct values of a tensor, as NumPy's `unique`. All NaNs count as one value, which comes last; −0 equals 0. The
 * size of the result depends on the values, so it runs only eagerly and has no gradient.
 *
 * @param x - any shape
 * @throws CaptureError under `compile` and in bodies of scans
 * @example
 * const { values, counts } = unique(tensor([3, 1, 3]));
 * values.toArray(); // => 1,3
 * counts.toArray(); // => 1,2
 */
export function unique<D extends DType>(x: Tensor<readonly number[], D>): Unique<D> {
  aTensor('unique', 'x', x);
  const all = eagerValues(
    'unique',
    x,
    'call it outside, on a result of the program, or use `sort`, whose result has a known size',
  );
  const places = new Map<number, number>();
  for (const value of all) places.set(value, 0); // A Map's keys take −0 for 0 and all NaNs for one.
  const sorted = [...places.keys()].sort((a, b) =>
    Number.isNaN(a) || Number.isNaN(b) ? Number(Number.isNaN(a)) - Number(Number.isNaN(b)) : a - b,
  );
  sorted.forEach((value, i) => places.set(value, i));
  const values = allocate(x.dtype, sorted.length);
  values.set(sorted);
  const counts = new Int32Array(sorted.length);
  const inverse = Int32Array.from(all, (value) => {
    const at = places.get(value)!;
    counts[at]!++;
    return at;
  });
  return {
    values: new Tensor([sorted.length], x.dtype as D, values),
    inverse: new Tensor([inverse.length], 'int32', inverse),
    counts: new Tensor([counts.length], 'int32', counts),
  };
}
