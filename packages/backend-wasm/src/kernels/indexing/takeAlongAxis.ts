import type { NodeOf } from '@chainrule/tensor/graph';
import { type FunctionBuilder, type I32, i32 } from '../../asm/index.ts';
import { partitionRows } from '../common/partition.ts';
import { aroundAxis, type AroundAxis, elementBytes } from '../common/elements.ts';
import { type ComputeKernel, kernelParams, type Lowered } from '../common/kernel.ts';
import { resolveIndex, statusBuffer } from '../common/status.ts';

/** Lowers `takeAlongAxis`, which copies one element for each index. Takes the status block. */
export function lowerTakeAlongAxis(node: NodeOf<'takeAlongAxis'>): Lowered | undefined {
  const [x, indices] = node.inputs;
  const { axis, labels } = node.attrs;
  const bytes = elementBytes(x!.dtype);
  if (!bytes) return undefined;
  return {
    temporaries: [],
    steps: [
      {
        kernel: takeKernel(aroundAxis(x!.shape, axis), indices!.shape[axis]!, bytes, labels),
        buffers: [0, 1, 2, statusBuffer],
      },
    ],
  };
}

/**
 * x has shape `[outer, count, inner]`; indices and result `[outer, indexCount, inner]`. A unit is some rows of `inner`.
 */
function takeKernel(
  { outer, count, inner }: AroundAxis,
  indexCount: number,
  elementSize: 1 | 4,
  labels: boolean,
): ComputeKernel {
  const name = `takeAlongAxis ${outer}x${count}x${inner} ${indexCount} of ${elementSize} bytes${labels ? ' by labels' : ''}`;
  const { units, bounds } = partitionRows(outer * indexCount, 4 * inner);
  return {
    key: name,
    name,
    buffers: 4,
    units,
    flops: 0,
    bytes: outer * indexCount * inner * (4 + 2 * elementSize),
    scratch: 0,
    emit: (module) =>
      module.func(kernelParams(4), [], (f, x, indices, out, status, _scratch, first, last) => {
        const [begin, end] = bounds(first, last);
        const [row, i] = f.locals('i32', 2);
        const from = f.let(i32.add(indices, i32.mul(begin, i32.const(4 * inner))));
        const to = f.let(i32.add(out, i32.mul(begin, i32.const(elementSize * inner))));
        f.for(row, begin, end, 1, () => {
          const base = f.let(i32.mul(i32.divU(row, i32.const(indexCount)), i32.const(count)));
          f.for(i, 0, inner, 1, () => {
            const at = i32.add(base, resolveIndex(f, status, i32.load(from), count, labels));
            const source = i32.add(i32.mul(at, i32.const(inner)), i);
            copyElement(f, to, i32.add(x, i32.mul(source, i32.const(elementSize))), elementSize);
            f.increase(from, 4);
            f.increase(to, elementSize);
          });
        });
      }),
  };
}

function copyElement(f: FunctionBuilder, to: I32, from: I32, bytes: 1 | 4): void {
  f.add(bytes === 4 ? i32.store(to, i32.load(from)) : i32.store8(to, i32.load8u(from)));
}
