import type { NodeOf } from '@chainrule/tensor/graph';
import { type FunctionBuilder, i32, type I32, type Local, memory } from '../../asm/index.ts';
import { copyRun } from '../common/copyRun.ts';
import { partitionRows, type RowPartition, unitStart } from '../common/partition.ts';
import { aroundAxis, elementBytes } from '../common/elements.ts';
import { type ComputeKernel, kernelArgs, kernelParams, type Lowered, type Target } from '../common/kernel.ts';

/** Engines refuse functions of more than 1,000 parameters. */
const maxInputs = 500;

/** Lowers `concat`. Copies runs of the axes from `axis` on, one of each input in turn. Empty inputs have no buffers. */
export function lowerConcat(node: NodeOf<'concat'>): Lowered | undefined {
  const { shape, dtype } = node.types[0]!;
  const bytes = elementBytes(dtype);
  if (!bytes) return undefined;
  const { outer } = aroundAxis(shape, node.attrs.axis);
  const used = node.inputs.flatMap((x, i) => (x.size > 0 ? [i] : []));
  const runs = used.map((i) => (node.inputs[i]!.size / outer) * bytes);
  const total = sum(runs);
  const steps = [];
  for (let i = 0, before = 0; i < used.length; i += maxInputs) {
    const part = runs.slice(i, i + maxInputs);
    steps.push({
      kernel: concatKernel(outer, part, before, total),
      buffers: [...used.slice(i, i + maxInputs), node.inputs.length],
    });
    before += sum(part);
  }
  return { temporaries: [], steps };
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((a, b) => a + b, 0);
}

/** Each input has `outer` runs of the given bytes. Its runs begin at byte `before` of rows of `total` bytes. */
function concatKernel(outer: number, runs: readonly number[], before: number, total: number): ComputeKernel {
  const row = sum(runs);
  const name = `concat ${outer} ${runs.join(' ')}${row < total ? ` at ${before} of ${total}` : ''}`;
  const partition = partitionRows(outer === 1 ? Math.ceil(row / 1024) : outer, outer === 1 ? 256 : row / 4);
  return {
    key: name,
    name,
    buffers: runs.length + 1,
    units: partition.units,
    flops: 0,
    bytes: 2 * outer * row,
    scratch: 0,
    emit: (module, target) =>
      module.func(kernelParams(runs.length + 1), [], (f, ...params) => {
        const { buffers, begin, end } = kernelArgs(params);
        f.increase(buffers.at(-1)!, before);
        if (outer === 1) copyShares(f, runs, buffers, begin, end, partition.units);
        else copyRows(f, target, runs, buffers, total, partition, begin, end);
      }),
  };
}

function copyRows(
  f: FunctionBuilder,
  target: Target,
  runs: readonly number[],
  buffers: readonly Local<'i32'>[],
  total: number,
  partition: RowPartition,
  first: I32,
  last: I32,
): void {
  const [begin, end] = f.lets(...partition.bounds(first, last));
  const out = buffers[runs.length]!;
  f.increase(out, i32.mul(begin, i32.const(total)));
  runs.forEach((bytes, i) => f.increase(buffers[i]!, i32.mul(begin, i32.const(bytes))));
  f.for(f.local('i32'), begin, end, 1, () => {
    runs.forEach((bytes, i) => {
      copyRun(f, target, out, buffers[i]!, bytes);
      f.increase(out, bytes);
      f.increase(buffers[i]!, bytes);
    });
    f.increase(out, total - sum(runs));
  });
}

/** Copies one run of each input. Every unit copies a share of each run. */
function copyShares(
  f: FunctionBuilder,
  runs: readonly number[],
  buffers: readonly Local<'i32'>[],
  first: I32,
  last: I32,
  units: number,
): void {
  let offset = 0;
  runs.forEach((bytes, i) => {
    const share = Math.ceil(bytes / units / 64) * 64;
    const bound = (unit: I32): Local<'i32'> => {
      const at = unitStart(f, unit, share, bytes);
      return at;
    };
    const [begin, end] = [bound(first), bound(last)];
    f.add(
      memory.copy(
        i32.add(i32.add(buffers[runs.length]!, begin), i32.const(offset)),
        i32.add(buffers[i]!, begin),
        i32.sub(end, begin),
      ),
    );
    offset += bytes;
  });
}
