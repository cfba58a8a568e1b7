import type { NodeOf } from '@chainrule/tensor/graph';
import { type FunctionBuilder, i32, type I32, type Local, type Statement } from '../../asm/index.ts';
import type { Doubles } from '../../lanes/doubles.ts';
import type { Lanes } from '../../lanes/lanes.ts';
import { partitionRows } from '../common/partition.ts';
import { eachVector } from '../common/eachVector.ts';
import { aroundAxis, type AroundAxis } from '../common/elements.ts';
import { type ComputeKernel, kernelParams, type Lowered } from '../common/kernel.ts';

/**
 * Lowers `prefix`. A running total stays in registers, for one vector of the inner axes at a time. Totals of floats are
 * float64, as in the reference, so that the error does not grow with the length.
 */
export function lowerPrefix(node: NodeOf<'prefix'>): Lowered | undefined {
  const { shape, dtype } = node.types[0]!;
  if (dtype !== 'float32' && dtype !== 'int32') return undefined;
  return {
    temporaries: [],
    steps: [{ kernel: prefixKernel(aroundAxis(shape, node.attrs.axis), node.attrs, dtype), buffers: [0, 1] }],
  };
}

function prefixKernel(
  { outer, count, inner }: AroundAxis,
  { op, reverse }: NodeOf<'prefix'>['attrs'],
  dtype: 'float32' | 'int32',
): ComputeKernel {
  const name = `prefix ${op} ${reverse ? 'reverse ' : ''}${outer}x${count}x${inner} ${dtype}`;
  const { units, bounds } = partitionRows(outer, count * inner);
  const step = 4 * inner * (reverse ? -1 : 1);
  return {
    key: name,
    name,
    buffers: 2,
    units,
    flops: outer * count * inner,
    bytes: 8 * outer * count * inner,
    scratch: 0,
    emit: (module, target) =>
      module.func(kernelParams(2), [], (f, x, out, _scratch, first, last) => {
        const [begin, end] = bounds(first, last);
        const [row, k] = f.locals('i32', 2);
        const toOut = f.let(i32.sub(out, x));
        f.for(row, begin, end, 1, () => {
          const start = f.let(
            i32.add(
              x,
              i32.add(i32.mul(row, i32.const(4 * count * inner)), i32.const(reverse ? 4 * (count - 1) * inner : 0)),
            ),
          );
          eachVector(f, target, inner, (l, offset) => {
            const at = f.let(i32.add(start, offset));
            if (dtype === 'float32' && op === 'sum') return sumPairs(f, l, { at, toOut, count, step });
            const next = dtype === 'float32' ? floatProduct(f, l, at) : intTotal(f, l, op, at);
            f.for(k, 0, count, 1, () => {
              f.add(next(i32.add(at, toOut)));
              f.increase(at, step);
            });
          });
        });
      }),
  };
}

/** Adds (or multiplies) the elements at an address to a total, and stores it. */
type Next = (to: I32) => Statement;

function floatProduct(f: FunctionBuilder, l: Lanes, at: I32): Next {
  const { doubles } = l;
  const total = doubles.const(1).map((start) => f.let(start));
  return (to) => {
    doubles.mul(total, doubles.widen(f, l.load(at))).forEach((next, i) => f.set(total[i]!, next));
    return l.store(to, doubles.narrow(total));
  };
}

interface Line {
  readonly at: Local<'i32'>;
  readonly toOut: I32;
  readonly count: number;
  readonly step: number;
}

/** Adds two elements before it adds their sum to the total, because additions to the total wait for each other. */
function sumPairs(f: FunctionBuilder, l: Lanes, { at, toOut, count, step }: Line): void {
  const { doubles } = l;
  const total = doubles.const(0).map((start) => f.let(start));
  const value = (address: I32): Doubles => doubles.widen(f, l.load(address)).map((x) => f.let(x));
  const store = (address: I32, sum: Doubles): void => f.add(l.store(i32.add(address, toOut), doubles.narrow(sum)));
  f.for(f.local('i32'), 0, count >> 1, 1, () => {
    const next = i32.add(at, i32.const(step));
    const [a, b] = [value(at), value(next)];
    store(at, doubles.add(total, a));
    doubles.add(total, doubles.add(a, b)).forEach((sum, i) => f.set(total[i]!, sum));
    store(next, total);
    f.increase(at, 2 * step);
  });
  if (count % 2) store(at, doubles.add(total, value(at)));
}

function intTotal(f: FunctionBuilder, { ints }: Lanes, op: 'sum' | 'prod', at: I32): Next {
  const total = f.let(ints.const(op === 'sum' ? 0 : 1));
  return (to) => {
    f.set(total, op === 'sum' ? ints.add(total, ints.load(at)) : ints.mul(total, ints.load(at)));
    return ints.store(to, total);
  };
}
