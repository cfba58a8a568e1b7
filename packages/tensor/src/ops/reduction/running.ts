import { aBoolean, type Checks } from '@chainrule/errors/check';
import { anAxis } from '../../array/checks.ts';
import { normalizeAxis } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { prefixNode } from '../../nodes/prefix.ts';
import { padNode, sliceNode } from '../../nodes/view.ts';

export interface RunningOptions {
  /** By default the last. */
  readonly axis?: number;
  /** Whether to exclude each element from its own result. The first result is that of no elements. Default false. */
  readonly exclusive?: boolean;
  /** Whether to start from the end. Default false. */
  readonly reverse?: boolean;
}

export const runningChecks: Checks<RunningOptions> = { axis: anAxis, exclusive: aBoolean, reverse: aBoolean };

/** The cumulative sum or product, in the name of `name`. */
export function running(
  name: string,
  op: 'sum' | 'prod',
  x: Tensor,
  { axis = -1, exclusive = false, reverse = false }: RunningOptions,
): Tensor {
  const at = normalizeAxis(name, axis, x.rank);
  return prefixNode(exclusive ? moved(x, at, reverse, op === 'sum' ? 0 : 1) : x, op, at, reverse);
}

/**
 * Shifts all elements by one position along an axis, toward the end or the start. The last one is dropped, and `value`
 * enters.
 */
function moved(x: Tensor, axis: number, towardsStart: boolean, value: number): Tensor {
  if (x.size === 0) return x;
  const along = (isMoved: boolean): number[] => x.shape.map((_, i) => (i === axis && isMoved ? 1 : 0));
  const kept = sliceNode(
    x,
    along(towardsStart),
    x.shape.map((n, i) => (i === axis ? n - 1 : n)),
  );
  return padNode(kept, along(!towardsStart), x.shape, { value });
}
