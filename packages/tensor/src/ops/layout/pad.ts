import { OptionError, ShapeError, showShape, showValue } from '@chainrule/errors';
import { aNumber, anything, checkOptions, checkThat } from '@chainrule/errors/check';
import { defineOp, type Op } from '../defineOp.ts';
import { aTensor } from '../../array/checks.ts';
import { Tensor } from '../../array/tensor.ts';
import { gatherNode } from '../../nodes/gather.ts';
import { padNode } from '../../nodes/view.ts';
import type { Pad, PadOptions } from '../signatures/index.ts';

/** Checks for pairs of numbers. `pad` compares their number with the rank. */
const pairs = /* @__PURE__ */ checkThat(
  'a list of pairs [before, after]',
  (value) =>
    Array.isArray(value) &&
    !value.includes(undefined) &&
    value.every(
      (pair) => Array.isArray(pair) && pair.length === 2 && Number.isInteger(pair[0]) && Number.isInteger(pair[1]),
    ),
);

/**
 * Pads a tensor.
 *
 * @param x - any shape
 * @param paddings - `[before, after]` for each axis
 * @param options - the padding value, by default 0; or `mode` and `value`. 'constant' pads with `value`; 'reflect'
 *   mirrors without repeating the outermost elements; 'symmetric' mirrors and repeats them; 'edge' repeats the
 *   outermost elements; 'wrap' continues at the other end
 * @throws ShapeError for a wrong number of pairs, negative pairs, or an axis without elements to mirror; OptionError
 *   for an unknown mode
 * @example
 * pad(tensor([1, 2]), [[1, 2]], 9).toArray(); // => 9,1,2,9,9
 * pad(tensor([1, 2, 3]), [[2, 1]], { mode: 'reflect' }).toArray(); // => 3,2,1,2,3,2
 * pad(tensor([1, 2, 3]), [[2, 1]], { mode: 'symmetric' }).toArray(); // => 2,1,1,2,3,3
 * pad(tensor([1, 2, 3]), [[2, 1]], { mode: 'edge' }).toArray(); // => 1,1,1,2,3,3
 * pad(tensor([1, 2, 3]), [[2, 1]], { mode: 'wrap' }).toArray(); // => 2,3,1,2,3,1
 */
export const pad: Op<Pad> = /* @__PURE__ */ defineOp({
  name: 'pad',
  params: { x: aTensor, paddings: pairs },
  lower: (x: Tensor, paddings: readonly (readonly [number, number])[], options: number | PadOptions = 0) => {
    if (paddings.length !== x.rank)
      throw new ShapeError(`pad: needs ${x.rank} pairs for ${showShape(x.shape)}, got ${paddings.length}`);
    if (typeof options !== 'number') checkOptions('pad', options, { mode: anything, value: aNumber });
    const { mode = 'constant', value = 0 } = typeof options === 'number' ? { value: options } : options;
    if (mode === 'constant') {
      const before = paddings.map(([b]) => b);
      return padNode(
        x,
        before,
        x.shape.map((n, i) => n + before[i]! + paddings[i]![1]),
        { value },
      );
    }
    if (!Object.hasOwn(borderModes, mode))
      throw new OptionError(
        `pad: \`mode\` must be "constant", "reflect", "symmetric", "edge" or "wrap", got ${showValue(mode)}`,
      );
    return paddings.reduce((y, pair, axis) => padAxis(y, pair, axis, mode), x);
  },
  domain: {
    sample: (s) => [
      s.uniform([2, 3]),
      s.pick([
        [
          [1, 0],
          [0, 2],
        ],
        [
          [0, 0],
          [2, 1],
        ],
      ]),
      s.pick([0.5, { value: 2 }, ...Object.keys(borderModes).map((mode) => ({ mode }))]),
    ],
  },
});

/** i modulo n, from 0 to n − 1. */
function modulo(i: number, n: number): number {
  return ((i % n) + n) % n;
}

/** The position in the axis that position `i` copies. `i` may be outside of the axis, whose size is `n`. */
const borderModes = {
  /** A triangle wave of period 2(n − 1). */
  reflect: (i: number, n: number): number => {
    const period = Math.max(1, 2 * (n - 1));
    const at = modulo(i, period);
    return Math.min(at, period - at) % n;
  },
  /** A triangle wave of period 2n, which stays at each end for two steps. */
  symmetric: (i: number, n: number): number => {
    const at = modulo(i, 2 * n);
    return Math.min(at, 2 * n - 1 - at);
  },
  edge: (i: number, n: number): number => Math.min(Math.max(i, 0), n - 1),
  wrap: (i: number, n: number): number => modulo(i, n),
};

function padAxis(
  x: Tensor,
  [before, after]: readonly [number, number],
  axis: number,
  mode: keyof typeof borderModes,
): Tensor {
  const n = x.shape[axis]!;
  if (![before, after].every((count) => Number.isInteger(count) && count >= 0)) {
    throw new ShapeError(`pad: \`paddings\` must be integers of at least 0, got ${showShape([before, after])}`);
  }
  if (before + after === 0) return x;
  if (n === 0) throw new ShapeError(`pad: axis ${axis} of ${showShape(x.shape)} has no elements to repeat`);
  const positions = Int32Array.from({ length: before + n + after }, (_, i) => borderModes[mode](i - before, n));
  return gatherNode(x, new Tensor([positions.length], 'int32', positions), axis);
}
