import type { LoopStep, StridedView } from '@chainrule/compiler/backend';
import type { Tensor } from '@chainrule/tensor';
import { byteSize, sizeOf } from '@chainrule/tensor/graph';
import type { Lowered } from '../kernels/common/kernel.ts';
import { loopKernel } from './loopKernel.ts';
import { type Axis, partialsSpec, type LoopSpec, loopSpec, type Operand, type Reduction } from './spec.ts';

/**
 * Lowers a loop to one kernel, or to two if it reduces many elements to few. The first kernel then reduces each part,
 * so that threads can share the work and sums stay short, and the second combines the partial results in order. Buffers
 * are the inputs of the step, then its outputs: stores, reductions.
 */
export function lowerLoop(step: LoopStep, views: ReadonlyMap<Tensor, StridedView>): Lowered {
  const spec = loopSpec(step, views);
  const name = nameOf(step);
  const [inputs, outputs] = [spec.inputs.length, spec.stores.length + spec.reduces.length];
  const all = Array.from({ length: inputs + outputs }, (_, i) => i);
  const parts = reductionParts(spec);
  if (parts === 1)
    return {
      temporaries: [],
      steps: [{ kernel: loopKernel(spec, name), buffers: all, writes: outputs, inPlace: inPlacePairs(spec) }],
    };
  const size = keptSize(spec);
  const first = inputs + spec.stores.length;
  const partial = spec.reduces.map((_, i) => inputs + outputs + i);
  return {
    temporaries: spec.reduces.map(({ dtype }) => parts * size * byteSize(dtype)),
    steps: [
      {
        kernel: loopKernel(splitReduction(spec, parts, size), name),
        buffers: [...all.slice(0, first), ...partial],
        writes: outputs,
        inPlace: inPlacePairs(spec),
      },
      ...spec.reduces.map(({ op, dtype }, i) => ({
        kernel: loopKernel(partialsSpec(op, dtype, parts, size), `${op} of ${parts} parts`),
        buffers: [partial[i]!, first + i],
      })),
    ],
  };
}

function nameOf({ space, nodes }: LoopStep): string {
  const ops = [...new Set(nodes.map((node) => node.op))];
  return `${ops.slice(0, 4).join(' ')}${ops.length > 4 ? ' …' : ''} [${space.join()}]`;
}

/**
 * Pairs of a store and an input with the same strides, which may share memory. Returns an empty list if the vectors at
 * the ends of rows overlap, because they would read elements that the loop has already overwritten.
 */
function inPlacePairs({ axes, inputs, stores, reduces }: LoopSpec): (readonly [number, number])[] {
  const flat = axes.length <= 1 && reduces.length === 0;
  if (!flat && (axes.at(-1)?.size ?? 0) % 4 !== 0) return [];
  return stores.flatMap((to, i) =>
    inputs.flatMap((from, j) =>
      to.dtype === from.dtype && to.strides.join() === from.strides.join() ? [[inputs.length + i, j] as const] : [],
    ),
  );
}

const keptSize = ({ axes }: LoopSpec): number => sizeOf(axes.filter(({ reduced }) => !reduced).map(({ size }) => size));

const maxParts = 1024;

/**
 * The number of parts of the first reduced axis. It is 1 if there are enough rows, and for products, which are float64.
 */
function reductionParts(spec: LoopSpec): number {
  const elements = sizeOf(spec.axes.map(({ size }) => size));
  const rows = sizeOf(
    spec.axes
      .slice(0, -1)
      .filter(({ reduced }) => !reduced)
      .map(({ size }) => size),
  );
  const at = spec.axes.findIndex(({ reduced }) => reduced);
  if (
    at < 0 ||
    rows >= 16 ||
    elements < 32768 ||
    spec.reduces.some(({ op, dtype }) => op === 'prod' && dtype === 'float32')
  )
    return 1;
  const { size } = spec.axes[at]!;
  const wanted = Math.max(16, Math.ceil(elements / keptSize(spec) / 4096));
  const parts = Math.min(size, maxParts, Math.ceil(wanted / rows));
  for (let even = parts; even <= Math.min(size, 2 * parts); even++) if (size % even === 0) return even;
  return Math.ceil(size / Math.ceil(size / parts));
}

/** The same loop with the first reduced axis split into `[parts, length]`. The axis of the parts is kept. */
function splitReduction(spec: LoopSpec, parts: number, size: number): LoopSpec {
  const at = spec.axes.findIndex(({ reduced }) => reduced);
  const total = spec.axes[at]!.size;
  const length = Math.ceil(total / parts);
  const withAxis = <T extends Operand>(operand: T, stride: number): T => ({
    ...operand,
    strides: [stride, ...operand.strides],
  });
  const along = <T extends Operand>(operand: T): T => withAxis(operand, operand.strides[at]! * length);
  const axes: Axis[] = spec.axes.map((axis, i) => (i === at ? { ...axis, size: length } : axis));
  return {
    axes: [{ size: parts, reduced: false }, ...axes],
    inputs: spec.inputs.map(along),
    computed: spec.computed,
    stores: spec.stores.map(along),
    reduces: spec.reduces.map((r): Reduction => withAxis(r, size)),
    ...(total % parts !== 0 && { split: { axis: at + 1, total } }),
  };
}
