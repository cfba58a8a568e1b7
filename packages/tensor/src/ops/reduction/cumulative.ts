import { aBoolean, type Checks } from '@chainrule/errors/check';
import { anAxis } from '../../array/checks.ts';
import { normalizeAxis } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { prefixNode } from '../../nodes/prefix.ts';
import { padNode, sliceNode } from '../../nodes/view.ts';

export interface CumulativeOptions {
  /** By default the last. */
  readonly axis?: number;
  /** Whether to exclude each element from its own result. The first result is that of no elements. Default false. */
  readonly exclusive?: boolean;
  /** Whether to start from the end. Default false. */
  readonly reverse?: boolean;
}

export const cumulativeChecks: Checks<CumulativeOptions> = { axis: anAxis, exclusive: aBoolean, reverse: aBoolean };

/** The cumulative sum or product, in the name of `name`. */
export function cumulative(
  name: string,
  op: 'sum' | 'prod',
  x: Tensor,
  { axis = -1, exclusive = false, reverse = false }: CumulativeOptions,
): Tensor {
  const at = normalizeAxis(name, axis, x.rank);
  return prefixNode(exclusive ? shift(x, at, reverse, op === 'sum' ? 0 : 1) : x, op, at, reverse);
}

/**
 * Shifts all elements by one position along an axis, toward the end or the start. The last one is dropped, and `value`
 * enters.
 */
function shift(x: Tensor, axis: number, towardStart: boolean, value: number): Tensor {
  if (x.size === 0) return x;
  const along = (isMoved: boolean): number[] => x.shape.map((_, i) => (i === axis && isMoved ? 1 : 0));
  const kept = sliceNode(
    x,
    along(towardStart),
    x.shape.map((n, i) => (i === axis ? n - 1 : n)),
  );
  return padNode(kept, along(!towardStart), x.shape, { value });
}
