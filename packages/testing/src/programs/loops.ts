import { scan, type Tensor } from '@chainrule/tensor';
import type { Instruction } from './instruction.ts';
import { isFloating, op } from './dynamic.ts';

/**
 * A loop that adds half the carry to a function of the row and of a value from outside. Returns the stack or the last
 * carry.
 */
function loop(a: Tensor, b: Tensor, k: number): Tensor {
  const scale = op('tanh')(op('mean')(b.size > 0 ? b : a));
  const start = op('mul')(
    op('reshape')(
      op('slice')(
        a,
        a.shape.map(() => 0),
        a.shape.map((n, i) => (i === 0 ? 1 : n)),
      ),
      a.shape.slice(1),
    ),
    0.25,
  );
  const [last, [stack, other]] = scan(
    (c: Tensor, row: Tensor) => {
      const next = op('add')(op('mul')(c, 0.5), op('tanh')(op('mul')(row, scale)));
      return [next, [op('softplus')(next), op('sigmoid')(op('mul')(next, c))]] as const;
    },
    start,
    a,
    { reverse: k % 2 === 1, ...(k % 3 === 0 && { checkpointEvery: 2 }) },
  );
  return k % 4 > 1 ? last : k % 4 ? stack : other;
}

/** A recurrent layer of one or a few units, as layers write it: products with the carry, gates that are slices. */
function recurrence(a: Tensor, b: Tensor, k: number): Tensor | readonly Tensor[] {
  const units = 1 + (k % 3);
  const flat = op('reshape')(b, [-1]);
  const bias = op('tanh')(op('broadcastTo')(op('mean')(flat), [2 * units]));
  const kernel = op('mul')(op('broadcastTo')(bias, [units, 2 * units]), 0.5);
  const start = op('mul')(op('broadcastTo')(op('mean')(a), [a.shape[1], units]), 0.1);
  const part = (x: Tensor, i: number): Tensor => op('slice')(x, [0, i * units], [-1, units]);
  const [last, ys] = scan(
    (h: Tensor, row: Tensor) => {
      const z = op('add')(op('add')(op('matmul')(h, kernel), bias), op('mean')(row, { axis: 1, keepDims: true }));
      const next = op('add')(op('mul')(op('sigmoid')(part(z, 0)), h), op('tanh')(part(z, 1)));
      return [op('mul')(next, 0.5), next] as const;
    },
    start,
    a,
    { reverse: k % 2 === 1 },
  );
  return [last, ys];
}

/** Loops with a carry. */
export const loops: Readonly<Record<string, Instruction>> = {
  loop: (a, b, k) =>
    a.rank > 0 && a.shape[0] > 0 && a.shape[0] < 40 && isFloating(a) && a.dtype === b.dtype ? loop(a, b, k) : undefined,
  recurrence: (a, b, k) =>
    a.rank === 3 && a.size > 0 && b.size > 0 && a.shape[0] < 40 && isFloating(a) && a.dtype === b.dtype
      ? recurrence(a, b, k)
      : undefined,
};
