import { type NodeOf, sizeOf } from '@chainrule/tensor/graph';
import { i32 } from '../../asm/index.ts';
import { copyRun } from '../common/copyRun.ts';
import { partitionRows } from '../common/partition.ts';
import { aroundAxis, type AroundAxis, elementBytes } from '../common/elements.ts';
import { type ComputeKernel, kernelParams, type Lowered } from '../common/kernel.ts';
import { resolveIndex, statusBuffer } from '../common/status.ts';

/** Lowers `gather`. For each index, it copies a run of the axes after `axis`. Takes the status block. */
export function lowerGather(node: NodeOf<'gather'>): Lowered | undefined {
  const [x, indices] = node.inputs;
  const bytes = elementBytes(x!.dtype);
  if (!bytes) return undefined;
  return {
    temporaries: [],
    steps: [
      {
        kernel: gatherKernel(aroundAxis(x!.shape, node.attrs.axis), sizeOf(indices!.shape), bytes, node.attrs.labels),
        buffers: [0, 1, 2, statusBuffer],
      },
    ],
  };
}

/**
 * Buffers: x `[outer, count, inner]`, indices `[indexCount]`, result `[outer, indexCount, inner]`. A unit is some rows
 * of the result.
 */
function gatherKernel(
  { outer, count, inner }: AroundAxis,
  indexCount: number,
  elementSize: number,
  labels: boolean,
): ComputeKernel {
  const run = inner * elementSize;
  const name = `gather ${outer}x${count}x${inner} ${indexCount} of ${elementSize} bytes${labels ? ' by labels' : ''}`;
  const { units, bounds } = partitionRows(outer * indexCount, run / 4);
  return {
    key: name,
    name,
    buffers: 4,
    units,
    flops: 0,
    bytes: 2 * outer * indexCount * run + 4 * indexCount,
    scratch: 0,
    emit: (module, target) =>
      module.func(kernelParams(4), [], (f, x, indices, out, status, _scratch, first, last) => {
        const [begin, end] = bounds(first, last);
        const row = f.local('i32');
        const to = f.let(i32.add(out, i32.mul(begin, i32.const(run))));
        f.for(row, begin, end, 1, () => {
          const pick = outer === 1 ? row : i32.remU(row, i32.const(indexCount));
          const at = resolveIndex(f, status, i32.load(i32.add(indices, i32.mul(pick, i32.const(4)))), count, labels);
          const source =
            outer === 1 ? at : i32.add(i32.mul(i32.divU(row, i32.const(indexCount)), i32.const(count)), at);
          copyRun(f, target, to, i32.add(x, i32.mul(source, i32.const(run))), run);
          f.increase(to, run);
        });
      }),
  };
}
