import { isFloat, type Tensor } from '@chainrule/tensor';
import * as tensor from '@chainrule/tensor';
import { type AnyOp, opsOf } from '../ops.ts';

const ops = opsOf(tensor);

/** An op without its static types: shapes of random programs are known only when they run. */
export function op(name: string): AnyOp {
  const found = ops.get(name);
  if (!found) throw new Error(`no op is called ${name}`);
  return found;
}

/** One of the choices. */
export function pick<T>(choices: readonly T[], k: number): T {
  return choices[k % choices.length]!;
}

export const isFloating = (x: Tensor): boolean => isFloat(x.dtype);

/** The axes whose bit is set in `k`; all of them for 7, as well as none. */
export function axesOf({ rank }: Tensor, k: number): number[] {
  return Array.from({ length: rank }, (_, axis) => axis).filter((axis) => (k >> axis) % 2 === 1);
}

/** The axis that `k` counts to, from either end. */
export function axisOf({ rank }: Tensor, k: number): number {
  const axis = k % rank;
  return k % 3 === 0 ? axis - rank : axis;
}
