import { type Context, drop, type Value } from '@chainrule/layers-core';
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
import { cutGradient } from './cutGradient.ts';
import type { RnnOptions } from './rnnOptions.ts';

/** The output of a recurrent layer, and the states after the last step. */
interface Run {
  readonly output: Value;
  readonly states: readonly Tensor[];
}

/** Runs a cell over `[batch, time, features]`; `first` are the states before the first step, by default 0. */
export function runCell<W>(
  cell: Cell<number, W>,
  weights: W,
  { data: x, mask }: Value,
  first: readonly Tensor[],
  context: Context,
  options: RnnOptions,
): Run {
  const { returnSequences = false, goBackwards: reverse = false, checkpointEvery } = options;
  const [batch, time, features] = x.shape as [number, number, number];
  const seen = drop(transpose(x, [1, 0, 2]), options.dropout ?? 0, [1, batch, features], context);
  const loop = cell.start(seen, weights);
  const step = makeStep(loop, dropMask(cell, x, context, options), (t) => isCut(t, time, options));
  const [states, outputs] = scan(
    (state: readonly Tensor[], [projected, counts]: readonly Tensor[], _: undefined, t: Tensor) => {
      const next = step(state, projected!, counts, t);
      return [next, returnSequences ? [next[0]!] : []] as const;
    },
    first.length > 0
      ? first
      : cell.stateSizes.map((size) => broadcastTo(zeros([], x.dtype as 'float32'), [batch, size])),
    [loop.projected, ...(mask ? [expandDims(transpose(mask), -1)] : [])],
    { reverse, ...(checkpointEvery !== undefined && { checkpointEvery }) },
  );
  if (!returnSequences) return { output: { data: states[0]! }, states };
  const inOrder = (t: Tensor): Tensor => (reverse ? flip(t, 1) : t);
  return { output: { data: inOrder(transpose(outputs[0]!, [1, 0, 2])), ...(mask && { mask: inOrder(mask) }) }, states };
}

type Step = (state: readonly Tensor[], projected: Tensor, counts: Tensor | undefined, t: Tensor) => readonly Tensor[];

/** The cell's step with dropout, and with what a step that does not count leaves as it was: states, and so the output. */
function makeStep(
  { step }: CellLoop,
  recurrentMask: Tensor | undefined,
  cutAt: (t: Tensor) => Tensor | undefined,
): Step {
  return (state, projected, counts, t) => {
    const cut = cutAt(t);
    const before = cut ? state.map((s) => cutGradient(s, cut)) : state;
    const after = step(projected, before, recurrentMask ? mul(before[0]!, recurrentMask) : before[0]!);
    return counts
      ? after.map((s, i) => map((counted, now, old) => e.select(counted, now, old), [counts, s, before[i]!]))
      : after;
  };
}

/** What the output is multiplied by before a step sees it: one mask for all steps. */
function dropMask(
  { stateSizes: [units] }: Cell,
  x: Tensor,
  context: Context,
  { recurrentDropout = 0 }: RnnOptions,
): Tensor | undefined {
  if (!context.training || recurrentDropout === 0) return undefined;
  const shape = [x.shape[0]!, units];
  return drop(ones(shape, x.dtype as 'float32'), recurrentDropout, shape, context);
}

/** Whether step t, counted from where the loop starts, is the first of a stretch that gradients stay in. */
function isCut(t: Tensor, time: number, { truncateEvery, goBackwards = false }: RnnOptions): Tensor | undefined {
  if (truncateEvery === undefined) return undefined;
  return map(
    (i) => {
      const done = goBackwards ? e.sub(time - 1, i) : i;
      return e.and(e.gt(done, 0), e.eq(e.mod(done, truncateEvery), 0));
    },
    [t],
  );
}
