import { OptionError, ShapeError } from '@chainrule/errors';
import { aBoolean, aCount, aFunction, anything, checkOptions, integerFrom, refuse } from '@chainrule/errors/check';
import { asUser, withOpName } from '../../graph/opName.ts';
import * as e from '../../expr/build.ts';
import { concatNode } from '../../nodes/concat.ts';
import type { Tensor } from '../../array/tensor.ts';
import { treeReplace, treeTensors } from '../../array/tree.ts';
import { map } from '../../nodes/map.ts';
import { type ScanBody, scanNode } from '../../nodes/scan.ts';
import { reshapeNode, sliceNode } from '../../nodes/view.ts';

export interface ScanOptions<K = undefined> {
  /** Number of steps, where there are no `xs` to tell it. */
  readonly length?: number;
  /** Tensors that every step sees whole; what the body closes over is treated alike. */
  readonly consts?: K;
  /** From the last step to the first. Default false. */
  readonly reverse?: boolean;
  /**
   * Keep the state at the start of every so many steps only, and compute what is between again in the backward pass:
   * memory for time. √length keeps least. By default everything needed is kept.
   */
  readonly checkpointEvery?: number;
}

/**
 * A loop with state, as one operation: memory and compile time do not grow with its code, and it has a gradient.
 *
 * (carry, y[t]) = body(carry, x[t], consts, t), for t = 0 … length − 1
 *
 * @param body - one step; `carry`, `x` and what it returns are tensors, or arrays and objects of them; `t` is int32.
 *   It may read variables, and draw random numbers that differ from step to step, but assign nothing
 * @param init - the carry before the first step; shapes and dtypes stay
 * @param xs - one slice a step along the first axis
 * @returns the last carry, and the ys stacked along a new first axis
 * @throws ShapeError, DTypeError when the carry changes or the lengths of `xs` differ
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
  if (length === undefined) throw new OptionError('scan: `length` must be given where there are no `xs`');
  if (options.length !== undefined && slices.some((x) => x.shape[0] !== length)) {
    throw new ShapeError(`scan: \`length\` ${length} must match the first axis of \`xs\``);
  }
  let shape: Y | undefined;
  const flat: ScanBody = (carry, x, t) => {
    const result: unknown = asUser(() =>
      body(treeReplace(init, carry), treeReplace(xs, x), options.consts as K, t as Tensor<[], 'int32'>),
    );
    if (!Array.isArray(result) || result.length !== 2)
      refuse('scan', 'body', 'a function that returns [carry, output]', result);
    const [next, y] = result as unknown as [C, Y];
    shape = y;
    return [treeTensors(next), treeTensors(y)];
  };
  return withOpName('scan', () => {
    const run = checkpointEvery === undefined ? scanNode : segmented(checkpointEvery);
    const [carry, ys] = run(flat, treeTensors(init), slices, { length, reverse });
    return [treeReplace(init, carry), treeReplace(shape as Y, ys)];
  });
}

/**
 * A scan over segments, each a scan: the outer one saves its carries alone, and its gradient runs each segment again.
 * Steps that do not fill a segment are a scan of their own, at the end in the order of the loop.
 */
function segmented(every: number): typeof scanNode {
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
