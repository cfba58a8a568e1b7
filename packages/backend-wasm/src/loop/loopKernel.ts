import { byteSize, sizeOf } from '@chainrule/tensor/graph';
import { i32 } from '../asm/index.ts';
import { type ComputeKernel, kernelArgs, kernelParams } from '../kernels/common/kernel.ts';
import { LoopWriter } from './loopWriter.ts';
import { type LoopSpec, specKey } from './spec.ts';

/** Elements of a unit. Small loops are split into a few units anyway, because two threads finish them sooner. */
const unitElements = 16384;
const minUnits = 8;
const minElements = 1024;

/** How a loop is split into units. A row is one index along the kept axes before the innermost. */
export interface LoopPartition {
  readonly rows: number;
  readonly rowsPerUnit: number;
  /** Whether the loop has one axis and is split along it, so that each element is a row. */
  readonly flat: boolean;
}

function partitionLoop({ axes, reduces }: LoopSpec): LoopPartition {
  const outer = axes.slice(0, -1);
  const rows = sizeOf(outer.filter(({ reduced }) => !reduced).map(({ size }) => size));
  const flat = outer.length === 0 && reduces.length === 0;
  const elements = sizeOf(axes.map(({ size }) => size));
  const wanted = Math.min(unitElements, Math.max(minElements, Math.ceil(elements / minUnits / 4) * 4));
  return { rows, flat, rowsPerUnit: flat ? wanted : Math.max(1, Math.round((wanted * rows) / elements)) };
}

/**
 * The kernel of a loop. Its buffers are inputs, stores and reductions, in this order. Sums of floats run in 4 to 16
 * lanes. If a lane would take more than 64 additions, blocks of them are added to float64 totals, so that the error
 * does not grow with the length: it stays below 150·2⁻²⁴·Σ|x|, even if `lowerLoop` splits the sum. Products of floats
 * are carried in float64.
 */
export function loopKernel(spec: LoopSpec, name: string): ComputeKernel {
  const partition = partitionLoop(spec);
  const elements = sizeOf(spec.axes.map(({ size }) => size));
  const inner = spec.axes.at(-1)?.size ?? 1;
  const operands = [...spec.inputs, ...spec.stores, ...spec.reduces];
  const buffers = operands.length;
  return {
    key: `loop ${specKey(spec)}`,
    name,
    buffers,
    units: Math.ceil((partition.flat ? inner : partition.rows) / partition.rowsPerUnit),
    flops:
      elements * (spec.computed.reduce((sum, { expr }) => sum + countOperations(expr.key), 0) + spec.reduces.length),
    bytes: operands.reduce(
      (sum, { dtype, strides }) =>
        sum + byteSize(dtype) * sizeOf(spec.axes.map(({ size }, i) => (strides[i] === 0 ? 1 : size))),
      0,
    ),
    scratch: 0,
    emit: (module, target) =>
      module.func(kernelParams(buffers), [], (f, ...params) => {
        const writer = new LoopWriter(f, target, spec);
        const { buffers: bases, begin, end } = kernelArgs(params);
        if (partition.flat && inner <= partition.rowsPerUnit) return writer.wholeFlat(bases, inner);
        const perUnit = i32.const(partition.rowsPerUnit);
        const [from, to] = f.lets(i32.mul(begin, perUnit), i32.mul(end, perUnit));
        const limit = i32.const(partition.flat ? inner : partition.rows);
        f.set(to, i32.select(i32.ltS(to, limit), to, limit));
        if (partition.flat) writer.flat(bases, from, to);
        else writer.rows(bases, from, to);
      }),
  };
}

/** The number of operations of an expression: its key has an opening parenthesis for each. */
function countOperations(key: string): number {
  return key.split('(').length - 1;
}
