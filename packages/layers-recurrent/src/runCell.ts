import { type Context, applyDropout, type Value } from '@chainrule/layers-core';
import {
  broadcastTo,
  expandDims,
  flip,
  map,
  mul,
  ones,
  scalar as e,
  scan,
  type Tensor,
  transpose,
  zeros,
} from '@chainrule/tensor';
import type { Cell, CellLoop } from './cell.ts';
import { stopGradientIf } from './stopGradientIf.ts';
import type { RnnOptions } from './rnnOptions.ts';

/** The output of a recurrent layer, and its last states. */
interface CellOutput {
  readonly output: Value;
  readonly states: readonly Tensor[];
}

/** Runs a cell over `[batch, time, features]` from the given initial states, or from 0 if `initial` is empty. */
export function runCell<W>(
  cell: Cell<number, W>,
  weights: W,
  { data: x, mask }: Value,
  initial: readonly Tensor[],
  context: Context,
  options: RnnOptions,
): CellOutput {
  const { returnSequences = false, goBackwards: reverse = false, checkpointEvery } = options;
  const [batch, time, features] = x.shape;
  const inputs = applyDropout(transpose(x, [1, 0, 2]), options.dropout ?? 0, [1, batch, features], context);
  const loop = cell.start(inputs, weights);
  const step = makeStep(loop, recurrentDropoutMask(cell, x, context, options), (t) => isTruncated(t, time, options));
  const [states, outputs] = scan(
    (state: readonly Tensor[], [projected, counts]: readonly Tensor[], _: undefined, t: Tensor) => {
      const next = step(state, projected!, counts, t);
      return [next, returnSequences ? [next[0]!] : []] as const;
    },
    initial.length > 0
      ? initial
      : cell.stateSizes.map((size) => broadcastTo(zeros([], x.dtype as 'float32'), [batch, size])),
    [loop.projected, ...(mask ? [expandDims(transpose(mask), -1)] : [])],
    { reverse, ...(checkpointEvery !== undefined && { checkpointEvery }) },
  );
  if (!returnSequences) return { output: { data: states[0]! }, states };
  const inOrder = (t: Tensor): Tensor => (reverse ? flip(t, 1) : t);
  return { output: { data: inOrder(transpose(outputs[0]!, [1, 0, 2])), ...(mask && { mask: inOrder(mask) }) }, states };
}

type Step = (state: readonly Tensor[], projected: Tensor, counts: Tensor | undefined, t: Tensor) => readonly Tensor[];

/** The step of the cell with recurrent dropout, truncation, and masked steps, which keep the state. */
function makeStep(
  { step }: CellLoop,
  recurrentMask: Tensor | undefined,
  truncatedAt: (t: Tensor) => Tensor | undefined,
): Step {
  return (state, projected, counts, t) => {
    const stop = truncatedAt(t);
    const before = stop ? state.map((s) => stopGradientIf(s, stop)) : state;
    const after = step(projected, before, recurrentMask ? mul(before[0]!, recurrentMask) : before[0]!);
    return counts
      ? after.map((s, i) => map((counted, now, old) => e.select(counted, now, old), [counts, s, before[i]!]))
      : after;
  };
}

/** The mask of recurrent dropout, which all steps share. */
function recurrentDropoutMask(
  { stateSizes: [units] }: Cell,
  x: Tensor,
  context: Context,
  { recurrentDropout = 0 }: RnnOptions,
): Tensor | undefined {
  if (!context.training || recurrentDropout === 0) return undefined;
  const shape = [x.shape[0], units];
  return applyDropout(ones(shape, x.dtype as 'float32'), recurrentDropout, shape, context);
}

/** Whether the gradient stops at step t, counted from the start of the loop. */
function isTruncated(t: Tensor, time: number, { truncateEvery, goBackwards = false }: RnnOptions): Tensor | undefined {
  if (truncateEvery === undefined) return undefined;
  return map(
    (i) => {
      const done = goBackwards ? e.sub(time - 1, i) : i;
      return e.and(e.gt(done, 0), e.eq(e.mod(done, truncateEvery), 0));
    },
    [t],
  );
}
