import { OptionError, showShape, showValue } from '@chainrule/errors';
import { aBoolean, checkOptions, integerFrom } from '@chainrule/errors/check';
import type { DType } from '../../array/dtype.ts';
import { withOpName } from '../../graph/opName.ts';
import { anAxis, aTensor } from '../../array/checks.ts';
import { normalizeAxis } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { argsortNode } from '../../nodes/argsort.ts';
import { takeAlongAxisNode } from '../../nodes/gather.ts';
import { sliceNode } from '../../nodes/view.ts';
import type { TopKShape } from '../../types/rearrange.ts';
import type { Guard, Ok, NonInferrable, Shape } from '../../types/tensor.ts';

export interface TopKOptions<K extends number, A extends number> {
  /** The number of elements. */
  readonly k: K;
  /** By default the last. */
  readonly axis?: A;
  /** False for the smallest elements. Default true. */
  readonly largest?: boolean;
}

/**
 * The k largest elements along an axis, largest first, and their positions. Equal elements keep their order; NaN comes
 * last.
 *
 * @param x - any shape of rank 1 or more
 * @param options - `k`; `axis`, by default the last; `largest`, by default true
 * @returns `values`, and their positions `indices` in int32, both with size `k` on the axis
 * @throws OptionError if `k` is not an integer between 0 and the size of the axis; ShapeError for a missing axis
 * @example
 * const { values, indices } = topK(tensor([3, 1, 4, 1]), { k: 2 });
 * values.toArray(); // => 4,3
 * indices.toArray(); // => 2,0
 */
export function topK<S extends Shape, D extends DType, const K extends number, const A extends number = -1>(
  x: Tensor<S, D> & Guard<TopKShape<S, K, A>>,
  options: TopKOptions<K, A>,
): {
  values: Tensor<Ok<TopKShape<S, K, NonInferrable<A>>>, D>;
  indices: Tensor<Ok<TopKShape<S, K, NonInferrable<A>>>, 'int32'>;
} {
  aTensor('topK', 'x', x);
  checkOptions<TopKOptions<number, number>>(
    'topK',
    options,
    { k: integerFrom(0), axis: anAxis, largest: aBoolean },
    'k',
  );
  const { k, axis, largest = true } = options;
  return withOpName('topK', () => {
    const given: Tensor = x;
    const at = normalizeAxis('topK', axis ?? -1, given.rank);
    if (k > given.shape[at]!) {
      throw new OptionError(
        `topK: \`k\` must be an integer of at most the size of axis ${at} of ${showShape(given.shape)}, got ${showValue(k)}`,
      );
    }
    const order = argsortNode(given, at, largest);
    const indices = sliceNode(
      order,
      given.shape.map(() => 0),
      given.shape.map((n, i) => (i === at ? k : n)),
    );
    return { values: takeAlongAxisNode(given, indices, at), indices };
  });
}
