import { broadcastTo, scan, type Tensor, transpose, zeros } from '@chainrule/tensor';
import type { Cell } from './cell.ts';

/** The gates and the states h and c of each step over `[batch, time, features]`, by name, `[batch, time, units]`. */
export function runGates<W>(
  cell: Cell<number, W>,
  weights: W,
  x: Tensor,
  initial: readonly Tensor[],
  reverse: boolean,
): Readonly<Record<string, Tensor>> {
  const { projected, step, gates } = cell.start(transpose(x, [1, 0, 2]), weights);
  let names: readonly string[] = [];
  const start =
    initial.length > 0
      ? initial
      : cell.stateSizes.map((size) => broadcastTo(zeros([], x.dtype as 'float32'), [x.shape[0], size]));
  const [, outputs] = scan(
    (state: readonly Tensor[], [inputs]: readonly Tensor[]) => {
      const next = step(inputs!, state, state[0]!);
      const all = {
        ...gates?.(inputs!, state, state[0]!),
        ...Object.fromEntries(next.map((s, i) => [stateName(i), s])),
      };
      names = Object.keys(all);
      return [next, Object.values(all)] as const;
    },
    start,
    [projected],
    { reverse },
  );
  return Object.fromEntries(names.map((name, i) => [name, transpose(outputs[i]!, [1, 0, 2])]));
}

/** h, c, and numbers for further states of other cells. */
function stateName(i: number): string {
  return ['h', 'c'][i] ?? `state ${i}`;
}
