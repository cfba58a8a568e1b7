import type { DType } from '@chainrule/tensor';
import type { NodeOf } from '@chainrule/tensor/graph';
import { f32, type FunctionBuilder, type I32, i32, memory } from '../../asm/index.ts';
import { copyRun } from '../common/copyRun.ts';
import { partitionRows } from '../common/partition.ts';
import { elementBytes } from '../common/elements.ts';
import { type ComputeKernel, kernelParams, type Lowered, type Target } from '../common/kernel.ts';

/** Padding along one axis: element i of x goes to position `before + i·step` of `size`. */
interface PadAxis {
  readonly count: number;
  readonly size: number;
  readonly before: number;
  readonly step: number;
}

/** Lowers a padding view. Fills with `value`, then copies runs along those last axes that are not padded. */
export function lowerPad(node: NodeOf<'view'>): Lowered | undefined {
  const { attrs } = node;
  const { shape, dtype } = node.types[0]!;
  const bytes = elementBytes(dtype);
  if (attrs.view !== 'pad' || !bytes) return undefined;
  const axes = node.inputs[0]!.shape.map((count, i) => ({
    count,
    size: shape[i]!,
    before: attrs.before[i]!,
    step: 1 + attrs.interior[i]!,
  }));
  const merged = mergeAxes(axes);
  const run = isWhole(merged.at(-1)!) && merged.length > 1 ? merged.pop()!.count * bytes : bytes;
  return { temporaries: [], steps: [{ kernel: padKernel(merged, run, attrs.value, dtype), buffers: [0, 1] }] };
}

function isWhole({ count, size, before }: PadAxis): boolean {
  return count === size && before === 0;
}

/** Merges neighboring axes that are not padded. A scalar has one axis. */
function mergeAxes(axes: readonly PadAxis[]): PadAxis[] {
  const merged: PadAxis[] = [];
  for (const axis of axes) {
    const last = merged.at(-1);
    if (last && isWhole(last) && isWhole(axis))
      merged.push({ ...last, count: merged.pop()!.count * axis.count, size: last.size * axis.size });
    else if (axis.size > 1) merged.push(axis);
  }
  return merged.length > 0 ? merged : [{ count: 1, size: 1, before: 0, step: 1 }];
}

/** A unit is a slab of the result along its first axis. */
function padKernel(axes: readonly PadAxis[], run: number, value: number, dtype: DType): ComputeKernel {
  const sizes = axes.map((_, i) => axes.slice(i + 1).reduce((n, { size }) => n * size, run));
  const counts = axes.map((_, i) => axes.slice(i + 1).reduce((n, { count }) => n * count, run));
  const [{ size, before, step, count }] = axes as [PadAxis];
  const name = `pad ${axes.map((a) => `${a.count}+${a.before}*${a.step}:${a.size}`).join(' ')} ${run} ${Object.is(value, -0) ? '-0' : value} ${dtype}`;
  const { units, bounds } = partitionRows(size, sizes[0]! / 2);
  return {
    key: name,
    name,
    buffers: 2,
    units,
    flops: 0,
    bytes: size * sizes[0]! + count * counts[0]!,
    scratch: 0,
    emit: (module, target) =>
      module.func(kernelParams(2), [], (f, x, out, _scratch, first, last) => {
        const [begin, end] = f.lets(...bounds(first, last));
        const slab = i32.const(sizes[0]!);
        fill(f, i32.add(out, i32.mul(begin, slab)), i32.mul(i32.sub(end, begin), slab), value, dtype);
        const row = f.local('i32');
        f.for(row, begin, end, 1, () => {
          const at = f.let(i32.sub(row, i32.const(before)));
          const source = f.let(step === 1 ? at : i32.divU(at, i32.const(step)));
          const isPlace = i32.and(i32.ltU(source, i32.const(count)), i32.eq(i32.mul(source, i32.const(step)), at));
          f.if(isPlace, () =>
            copyAxes(
              f,
              target,
              axes,
              counts,
              sizes,
              1,
              i32.add(x, i32.mul(source, i32.const(counts[0]!))),
              i32.add(out, i32.mul(row, slab)),
            ),
          );
        });
      }),
  };
}

/** Copies all of x's elements along the axes from `i` on. */
function copyAxes(
  f: FunctionBuilder,
  target: Target,
  axes: readonly PadAxis[],
  counts: readonly number[],
  sizes: readonly number[],
  i: number,
  from: I32,
  to: I32,
): void {
  const axis = axes[i];
  if (!axis) return copyRun(f, target, to, from, counts[i - 1]!);
  const [source, place] = [f.let(from), f.let(i32.add(to, i32.const(axis.before * sizes[i]!)))];
  // Elements that stay adjacent are one run.
  if (i === axes.length - 1 && axis.step === 1) return copyRun(f, target, place, source, axis.count * counts[i]!);
  f.for(f.local('i32'), 0, axis.count, 1, () => {
    copyAxes(f, target, axes, counts, sizes, i + 1, source, place);
    f.increase(source, counts[i]!);
    f.increase(place, axis.step * sizes[i]!);
  });
}

function fill(f: FunctionBuilder, start: I32, bytes: I32, value: number, dtype: DType): void {
  if (elementBytes(dtype) === 1 || Object.is(value, 0)) return f.add(memory.fill(start, i32.const(value), bytes));
  const at = f.let(start);
  f.for(f.local('i32'), 0, f.let(bytes), 4, () => {
    f.add(dtype === 'float32' ? f32.store(at, f32.const(value)) : i32.store(at, i32.const(value)));
    f.increase(at, 4);
  });
}
