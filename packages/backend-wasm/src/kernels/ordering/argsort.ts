import type { DType } from '@chainrule/tensor';
import type { NodeOf } from '@chainrule/tensor/graph';
import { f32, type FunctionBuilder, type I32, i32, type Local } from '../../asm/index.ts';
import { partitionRows } from '../common/partition.ts';
import { aroundAxis, type AroundAxis, elementBytes } from '../common/elements.ts';
import { type ComputeKernel, kernelParams, type Lowered } from '../common/kernel.ts';

/**
 * Lowers `argsort` to a bottom-up merge sort of pairs of a key and a position, in scratch memory. Keys are int32 that
 * have the order of the values (both zeros are equal, NaN comes last), so one comparison serves all dtypes.
 */
export function lowerArgsort(node: NodeOf<'argsort'>): Lowered | undefined {
  const { shape, dtype } = node.inputs[0]!;
  if (!elementBytes(dtype)) return undefined;
  return {
    temporaries: [],
    steps: [
      { kernel: argsortKernel(aroundAxis(shape, node.attrs.axis), dtype, node.attrs.descending), buffers: [0, 1] },
    ],
  };
}

function argsortKernel({ outer, count, inner }: AroundAxis, dtype: DType, descending: boolean): ComputeKernel {
  const name = `argsort ${descending ? 'descending ' : ''}${outer}x${count}x${inner} ${dtype}`;
  const passes = Math.ceil(Math.log2(count));
  const { units, bounds } = partitionRows(outer * inner, 4 * count * (passes + 1));
  const bytes = elementBytes(dtype)!;
  return {
    key: name,
    name,
    buffers: 2,
    units,
    flops: outer * count * inner * passes,
    bytes: outer * count * inner * (bytes + 4),
    scratch: 16 * count,
    emit: (module) =>
      module.func(kernelParams(2), [], (f, x, out, scratch, first, last) => {
        const [begin, end] = bounds(first, last);
        const [line, k] = f.locals('i32', 2);
        const [source, target, at] = f.locals('i32', 3);
        f.for(line, begin, end, 1, () => {
          const start = f.let(
            i32.add(
              i32.mul(i32.divU(line, i32.const(inner)), i32.const(count * inner)),
              i32.remU(line, i32.const(inner)),
            ),
          );
          f.set(source, scratch);
          f.set(target, i32.add(scratch, i32.const(8 * count)));
          f.set(at, i32.add(x, i32.mul(start, i32.const(bytes))));
          f.for(k, 0, count, 1, () => {
            const pair = f.let(i32.add(source, i32.mul(k, i32.const(8))));
            f.add(i32.store(pair, sortKey(f, at, dtype, descending)));
            f.add(i32.store(pair, k, 4));
            f.increase(at, bytes * inner);
          });
          for (let pass = 0; pass < passes; pass++) mergeRuns(f, source, target, count, 2 ** pass);
          f.set(at, i32.add(out, i32.mul(start, i32.const(4))));
          f.for(k, 0, count, 1, () => {
            f.add(i32.store(at, i32.load(i32.add(source, i32.mul(k, i32.const(8))), 4)));
            f.increase(at, 4 * inner);
          });
        });
      }),
  };
}

/**
 * The int32 key of a value. The bits of positive floats have the order of the floats, and those of negative floats the
 * reverse order. A complement reverses the order of all keys.
 */
function sortKey(f: FunctionBuilder, at: I32, dtype: DType, descending: boolean): I32 {
  const directed = (key: I32): I32 => (descending ? i32.xor(key, i32.const(-1)) : key);
  if (dtype !== 'float32') return directed(elementBytes(dtype) === 1 ? i32.load8u(at) : i32.load(at));
  const value = f.let(f32.load(at));
  const bits = f.let(i32.reinterpretF32(f32.add(value, f32.const(0))));
  const key = i32.xor(bits, i32.shrU(i32.shrS(bits, i32.const(31)), i32.const(1)));
  return i32.select(f32.ne(value, value), i32.const(0x7fffffff), directed(key));
}

/** Merges neighboring runs of `run` pairs from `source` to `target`, and swaps the two. */
function mergeRuns(f: FunctionBuilder, source: Local<'i32'>, target: Local<'i32'>, count: number, run: number): void {
  const end = f.let(i32.add(source, i32.const(8 * count)));
  const to = f.let(target);
  const [left, right, leftEnd, rightEnd, from] = f.locals('i32', 5);
  const atMost = (a: I32): I32 => i32.select(i32.ltU(a, end), a, end);
  f.set(left, source);
  f.loop((again) => {
    f.set(right, f.let(atMost(i32.add(left, i32.const(8 * run)))));
    f.set(leftEnd, right);
    f.set(rightEnd, f.let(atMost(i32.add(right, i32.const(8 * run)))));
    f.block((done) => {
      f.loop((next) => {
        f.block((isRight) => {
          f.block((isLeft) => {
            f.brIf(isLeft, i32.eq(right, rightEnd));
            f.brIf(isLeft, i32.and(i32.ltU(left, leftEnd), i32.leS(i32.load(left), i32.load(right))));
            f.set(from, right);
            f.increase(right, 8);
            f.br(isRight);
          });
          f.brIf(done, i32.eq(left, leftEnd));
          f.set(from, left);
          f.increase(left, 8);
        });
        f.add(i32.store(to, i32.load(from)));
        f.add(i32.store(to, i32.load(from, 4), 4));
        f.increase(to, 8);
        f.br(next);
      });
    });
    f.set(left, rightEnd);
    f.brIf(again, i32.ltU(left, end));
  });
  const other = f.let(source);
  f.set(source, target);
  f.set(target, other);
}
