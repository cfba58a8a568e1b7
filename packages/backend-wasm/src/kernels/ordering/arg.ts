import type { NodeOf } from '@chainrule/tensor/graph';
import { type FunctionBuilder, type I32, i32 } from '../../asm/index.ts';
import { partitionRows } from '../common/partition.ts';
import { aroundAxis, type AroundAxis } from '../common/elements.ts';
import { type ComputeKernel, kernelParams, type Lowered, type Target } from '../common/kernel.ts';

/** Lowers argmax and argmin of float32. The first of equal values wins, and NaN wins over all numbers. */
export function lowerArg(node: NodeOf<'reduce'>): Lowered | undefined {
  const { op, axes } = node.attrs;
  const { shape, dtype } = node.inputs[0]!;
  if ((op !== 'argmax' && op !== 'argmin') || dtype !== 'float32' || axes.length !== 1) return undefined;
  return { temporaries: [], steps: [{ kernel: argKernel(aroundAxis(shape, axes[0]!), op), buffers: [0, 1] }] };
}

/** Vectors lie along `inner` of `[outer, count, inner]`. Each lane keeps a value and its position. */
function argKernel({ outer, count, inner }: AroundAxis, op: 'argmax' | 'argmin'): ComputeKernel {
  const name = `${op} ${outer}x${count}x${inner}`;
  const { units, bounds } = partitionRows(outer, count * inner);
  return {
    key: name,
    name,
    buffers: 2,
    units,
    flops: outer * count * inner,
    bytes: 4 * outer * (count + 1) * inner,
    scratch: 0,
    emit: (module, target) =>
      module.func(kernelParams(2), [], (f, x, out, _scratch, first, last) => {
        const [begin, end] = bounds(first, last);
        const [row, column] = f.locals('i32', 2);
        const from = f.let(i32.add(x, i32.mul(begin, i32.const(4 * count * inner))));
        const to = f.let(i32.add(out, i32.mul(begin, i32.const(4 * inner))));
        const whole = Math.floor(inner / target.vector.width) * target.vector.width;
        f.for(row, begin, end, 1, () => {
          f.for(column, 0, 4 * whole, 4 * target.vector.width, () =>
            emitColumn(f, target.vector, i32.add(from, column), i32.add(to, column), { count, inner }, op),
          );
          if (whole < inner)
            f.for(column, 4 * whole, 4 * inner, 4, () =>
              emitColumn(f, target.scalar, i32.add(from, column), i32.add(to, column), { count, inner }, op),
            );
          f.increase(from, 4 * count * inner);
          f.increase(to, 4 * inner);
        });
      }),
  };
}

/** A later element replaces the best so far if it is better, or if it is the first NaN. */
function emitColumn(
  f: FunctionBuilder,
  l: Target['vector'],
  from: I32,
  to: I32,
  { count, inner }: Pick<AroundAxis, 'count' | 'inner'>,
  op: 'argmax' | 'argmin',
): void {
  const at = f.let(from);
  const best = f.let(l.load(at));
  const position = f.let(l.ints.const(0));
  const k = f.local('i32');
  f.for(k, 1, count, 1, () => {
    f.increase(at, 4 * inner);
    const value = f.let(l.load(at));
    const beyond = op === 'argmax' ? l.lt(best, value) : l.lt(value, best);
    const wins = f.let(l.or(beyond, l.and(l.ne(value, value), l.eq(best, best))));
    f.set(best, l.select(wins, value, best));
    f.set(position, l.selectInts(wins, l.ints.splat(k), position));
  });
  f.add(l.ints.store(to, position));
}
