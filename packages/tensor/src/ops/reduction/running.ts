import { aBoolean, type Checks } from '@chainrule/errors/check';
import { anAxis } from '../../array/checks.ts';
import { normalizeAxis } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { prefixNode } from '../../nodes/prefix.ts';
import { padNode, sliceNode } from '../../nodes/view.ts';

export interface RunningOptions {
  /** By default the last. */
  readonly axis?: number;
  /** Leave each element out of its own result; the first is that of nothing. Default false. */
  readonly exclusive?: boolean;
  /** Run from the end. Default false. */
  readonly reverse?: boolean;
}

export const runningChecks: Checks<RunningOptions> = { axis: anAxis, exclusive: aBoolean, reverse: aBoolean };

/** The running sum or product in the name of `name`. */
export function running(
  name: string,
  op: 'sum' | 'prod',
  x: Tensor,
  { axis = -1, exclusive = false, reverse = false }: RunningOptions,
): Tensor {
  const at = normalizeAxis(name, axis, x.rank);
  return prefixNode(exclusive ? moved(x, at, reverse, op === 'sum' ? 0 : 1) : x, op, at, reverse);
}

/** All elements one place on along an axis, towards the end or the start; the last falls off, `value` comes in. */
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
