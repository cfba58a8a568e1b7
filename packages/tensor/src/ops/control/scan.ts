import { OptionError, ShapeError } from '@chainrule/errors';
import { aBoolean, aCount, aFunction, anything, checkOptions, integerFrom, refuse } from '@chainrule/errors/check';
import { withoutOpName, withOpName } from '../../graph/opName.ts';
import * as e from '../../expr/build.ts';
import { concatNode } from '../../nodes/concat.ts';
import type { Tensor } from '../../array/tensor.ts';
import { treeReplace, treeTensors } from '../../array/tree.ts';
import { map } from '../../nodes/map.ts';
import { type ScanBody, scanNode } from '../../nodes/scan.ts';
import { reshapeNode, sliceNode } from '../../nodes/view.ts';

export interface ScanOptions<K = undefined> {
  /** The number of steps. Required without `xs`. */
  readonly length?: number;
  /** Tensors that every step reads as a whole. Tensors that the body closes over are treated the same. */
  readonly consts?: K;
  /** Whether to run from the last step to the first. Default false. */
  readonly reverse?: boolean;
  /**
   * Keeps the state only at the start of every `checkpointEvery` steps and recomputes the steps between in the backward
   * pass, to save memory. √length needs the least memory. By default everything that the gradient needs is kept.
   */
  readonly checkpointEvery?: number;
}

/**
 * A loop with state as one differentiable operation. Memory and compile time do not grow with the code of the loop.
 *
 * (carry, y[t]) = body(carry, x[t], consts, t), for t = 0 … length − 1
 *
 * @param body - one step. `carry`, `x` and the results are tensors, or arrays and objects of tensors; `t` is int32. The
 *   body may read variables and draw random numbers, which differ from step to step, but it may not assign variables
 * @param init - the carry before the first step; its shapes and dtypes are fixed
 * @param xs - tensors whose first axis holds one slice for each step
 * @returns the last carry, and the outputs stacked along a new first axis
 * @throws ShapeError or DTypeError if the carry changes its type or the lengths of `xs` differ
 * @example
 * const [total, sums] = scan((c, x) => { const s = add(c, x); return [s, s]; }, tensor(0), tensor([1, 2, 3]));
 * sums.toArray(); // => 1,3,6
 */
export function scan<C, X, Y, K = undefined>(
  body: (carry: C, x: X, consts: K, t: Tensor<[], 'int32'>) => readonly [C, Y],
  init: C,
  xs: X,
  options: ScanOptions<K> = {},
): [C, Y] {
  aFunction('scan', 'body', body);
  checkOptions<ScanOptions<unknown>>('scan', options, {
    length: integerFrom(0),
    consts: anything,
    reverse: aBoolean,
    checkpointEvery: aCount,
  });
  const { reverse = false, checkpointEvery } = options;
  const slices = treeTensors(xs);
  const length = options.length ?? slices[0]?.shape[0];
  if (length === undefined) throw new OptionError('scan: `length` must be given without `xs`');
  if (options.length !== undefined && slices.some((x) => x.shape[0] !== length)) {
    throw new ShapeError(`scan: \`length\` ${length} must match the first axis of \`xs\``);
  }
  let shape: Y | undefined;
  const flat: ScanBody = (carry, x, t) => {
    const result: unknown = withoutOpName(() =>
      body(treeReplace(init, carry), treeReplace(xs, x), options.consts as K, t as Tensor<[], 'int32'>),
    );
    if (!Array.isArray(result) || result.length !== 2)
      refuse('scan', 'body', 'a function that returns [carry, output]', result);
    const [next, y] = result as unknown as [C, Y];
    shape = y;
    return [treeTensors(next), treeTensors(y)];
  };
  return withOpName('scan', () => {
    const run = checkpointEvery === undefined ? scanNode : checkpointedScan(checkpointEvery);
    const [carry, ys] = run(flat, treeTensors(init), slices, { length, reverse });
    return [treeReplace(init, carry), treeReplace(shape as Y, ys)];
  });
}

/**
 * A scan over segments, each of which is a scan. The outer scan saves only its carries, and its gradient runs each
 * segment again. Steps that do not fill a segment are a scan of their own, at the end of the loop.
 */
function checkpointedScan(every: number): typeof scanNode {
  return (body, init, xs, { length, reverse }) => {
    const segments = Math.floor(length / every);
    const rest = length - segments * every;
    const part = (x: Tensor, begin: number, count: number): Tensor =>
      sliceNode(x, [begin, ...x.shape.slice(1).map(() => 0)], [count, ...x.shape.slice(1)]);
    const start = reverse ? rest : 0;
    const split = xs.map((x) => reshapeNode(part(x, start, segments * every), [segments, every, ...x.shape.slice(1)]));
    const [middle, ys] = scanNode(
      (carry, x, segment) =>
        scanNode(body, carry, x, {
          length: every,
          reverse,
          step: (t) => map((s, i) => e.add(e.add(e.mul(s, every), start), i), [segment, t]),
        }),
      init,
      split,
      { length: segments, reverse, step: null, advances: rest === 0 },
    );
    const joined = ys.map((y) => reshapeNode(y, [segments * every, ...y.shape.slice(2)]));
    if (rest === 0) return [middle, joined];
    const at = reverse ? 0 : segments * every;
    const [last, tail] = scanNode(
      body,
      middle,
      xs.map((x) => part(x, at, rest)),
      { length: rest, reverse, step: (t) => map((i) => e.add(i, at), [t]) },
    );
    return [last, joined.map((y, i) => concatNode(reverse ? [tail[i]!, y] : [y, tail[i]!], 0))];
  };
}
