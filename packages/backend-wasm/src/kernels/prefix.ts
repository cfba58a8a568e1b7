import type { NodeOf } from '@chainrule/tensor';
import { i32, type I32, type Local, type Statement, type Value } from '../asm/index.ts';
import type { Lanes } from '../lanes.ts';
import { cutRows } from './cutRows.ts';
import { eachVector } from './eachVector.ts';
import { aroundAxis, type AroundAxis } from './elements.ts';
import { type Kernel, kernelParams, type Lowered } from './kernel.ts';

/** Node `prefix`, in float32: a running total in a register, for a vector of the axes behind at a time. c = 1. */
export function lowerPrefix(node: NodeOf<'prefix'>): Lowered | undefined {
  const { shape, dtype } = node.types[0]!;
  if (dtype !== 'float32' && dtype !== 'int32') return undefined;
  return { temporaries: [], steps: [{ kernel: prefixKernel(aroundAxis(shape, node.attrs.axis), node.attrs, dtype), buffers: [0, 1] }] };
}

function prefixKernel({ outer, count, inner }: AroundAxis, { op, reverse }: NodeOf<'prefix'>['attrs'], dtype: 'float32' | 'int32'): Kernel {
  const name = `prefix ${op} ${reverse ? 'reverse ' : ''}${outer}x${count}x${inner} ${dtype}`;
  const { units, bounds } = cutRows(outer, count * inner);
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
        const [row, k] = f.locals('i32', 2) as [Local<'i32'>, Local<'i32'>];
        const toOut = f.let(i32.sub(out, x));
        f.for(row, begin, end, 1, () => {
          const start = f.let(i32.add(x, i32.add(i32.mul(row, i32.const(4 * count * inner)), i32.const(reverse ? 4 * (count - 1) * inner : 0))));
          eachVector(f, target, inner, (l, offset) => {
            const numbers = arithmetic(l, dtype);
            const at = f.let(i32.add(start, offset));
            const total = f.let(numbers.const(op === 'sum' ? 0 : 1));
            f.for(k, 0, count, 1, () => {
              f.set(total, op === 'sum' ? numbers.add(total, numbers.load(at)) : numbers.mul(total, numbers.load(at)));
              f.add(numbers.store(i32.add(at, toOut), total));
              f.increase(at, step);
            });
          });
        });
      }),
  };
}

/** What floats and ints have in common. */
interface Arithmetic {
  load(at: I32): Value;
  store(at: I32, value: Value): Statement;
  add(a: Value, b: Value): Value;
  mul(a: Value, b: Value): Value;
  const(value: number): Value;
}

function arithmetic(l: Lanes, dtype: 'float32' | 'int32'): Arithmetic {
  return dtype === 'float32' ? l : l.ints;
}
