import type { LoopStep, StridedView } from '@chainrule/compiler/backend';
import type { DType, Expr, Tensor } from '@chainrule/tensor';
import { type NodeOf, type ReduceOp, sizeOf, stridesOf } from '@chainrule/tensor/graph';

/** The dtype of an operand, and its stride along each axis, in elements. */
export interface Operand {
  readonly dtype: DType;
  readonly strides: readonly number[];
}

/** An elementwise operation on values: the inputs, followed by the results of earlier operations. */
export interface Computed {
  readonly expr: Expr;
  readonly args: readonly number[];
  readonly dtype: DType;
}

export interface Stored extends Operand {
  readonly value: number;
}

export interface Reduction extends Stored {
  readonly op: 'sum' | 'prod' | 'max' | 'min';
}

/** One axis of the loop nest, from the outermost in. */
export interface Axis {
  readonly size: number;
  readonly reduced: boolean;
}

/**
 * Everything that the code of a loop depends on: axes in the order of the loop nest, and operands with a stride for
 * each.
 */
export interface LoopSpec {
  readonly axes: readonly Axis[];
  readonly inputs: readonly Operand[];
  readonly computed: readonly Computed[];
  readonly stores: readonly Stored[];
  readonly reduces: readonly Reduction[];
  /**
   * A reduced axis that is split: the first axis counts its parts. `total` is its size; the last part may be smaller.
   */
  readonly split?: { readonly axis: number; readonly total: number };
}

/** The loop of a step. `views` tells where its inputs are. Outputs have the order of the step's outputs. */
export function loopSpec(step: LoopStep, views: ReadonlyMap<Tensor, StridedView>): LoopSpec {
  const { space } = step;
  const values = new Map<Tensor, number>(step.inputs.map((t, i) => [t, i]));
  const computed: Computed[] = [];
  for (const node of step.nodes) {
    if (node.kind !== 'map') continue;
    computed.push({ expr: node.attrs.expr, args: node.inputs.map((t) => values.get(t)!), dtype: node.types[0]!.dtype });
    values.set(node.outputs[0]!, values.size);
  }
  const reductions = step.nodes.filter((node): node is NodeOf<'reduce'> => node.kind === 'reduce');
  const axes = reductions[0]?.attrs.axes ?? [];
  const spec: LoopSpec = {
    axes: space.map((size, i) => ({ size, reduced: axes.includes(i) })),
    inputs: step.inputs.map((t) => ({
      dtype: t.dtype,
      strides: broadcastStrides(views.get(t)!.strides, t.shape, space),
    })),
    computed,
    stores: step.outputs
      .filter((t) => values.has(t))
      .map((t) => ({ value: values.get(t)!, dtype: t.dtype, strides: views.get(t)!.strides })),
    reduces: reductions.map((node) => ({
      op: node.attrs.op as Reduction['op'],
      value: values.get(node.inputs[0]!)!,
      dtype: node.types[0]!.dtype,
      strides: keptStrides(space, axes),
    })),
  };
  return nest(spec);
}

/** A loop that reduces the first axis of `[parts, …kept]`, for partial results. */
export function partialsSpec(op: Reduction['op'], dtype: DType, parts: number, size: number): LoopSpec {
  return nest({
    axes: [
      { size: parts, reduced: true },
      { size, reduced: false },
    ],
    inputs: [{ dtype, strides: [size, 1] }],
    computed: [],
    stores: [],
    reduces: [{ op, value: 0, dtype, strides: [0, 1] }],
  });
}

function broadcastStrides(strides: readonly number[], shape: readonly number[], space: readonly number[]): number[] {
  const lead = space.length - shape.length;
  return space.map((_, i) => (i < lead || shape[i - lead] === 1 ? 0 : strides[i - lead]!));
}

function keptStrides(space: readonly number[], axes: readonly number[]): number[] {
  const kept = space.map((_, i) => i).filter((i) => !axes.includes(i));
  const strides = stridesOf(kept.map((i) => space[i]!));
  return space.map((_, i) => (axes.includes(i) ? 0 : strides[kept.indexOf(i)]!));
}

/**
 * Orders the axes: kept, reduced, innermost (which stays last, so that memory is read in order). Drops axes of size 1,
 * and merges neighbors if the strides of every operand allow it.
 */
function nest(spec: LoopSpec): LoopSpec {
  const long = spec.axes.map((_, i) => i).filter((i) => spec.axes[i]!.size !== 1);
  const inner = long.at(-1);
  const order =
    inner === undefined
      ? []
      : [
          ...long.filter((i) => i !== inner && !spec.axes[i]!.reduced),
          ...long.filter((i) => i !== inner && spec.axes[i]!.reduced),
          inner,
        ];
  const groups: number[][] = [];
  const operands = [...spec.inputs, ...spec.stores, ...spec.reduces];
  for (const axis of order) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    const joins =
      before !== undefined &&
      spec.axes[before]!.reduced === spec.axes[axis]!.reduced &&
      operands.every(({ strides }) => strides[before] === strides[axis]! * spec.axes[axis]!.size);
    if (joins) last!.push(axis);
    else groups.push([axis]);
  }
  const walk = <T extends Operand>(operand: T): T => ({
    ...operand,
    strides: groups.map((axes) => operand.strides[axes.at(-1)!]!),
  });
  return {
    axes: groups.map((axes) => ({
      size: sizeOf(axes.map((i) => spec.axes[i]!.size)),
      reduced: spec.axes[axes[0]!]!.reduced,
    })),
    inputs: spec.inputs.map(walk),
    computed: spec.computed,
    stores: spec.stores.map(walk),
    reduces: spec.reduces.map(walk),
  };
}

/** The key of a loop. Loops of equal keys have the same code. */
export function specKey({ axes, inputs, computed, stores, reduces, split }: LoopSpec): string {
  const operand = ({ dtype, strides }: Operand): string => `${dtype}:${strides.join()}`;
  return [
    axes.map(({ size, reduced }) => `${size}${reduced ? 'r' : ''}`).join(),
    inputs.map(operand).join(' '),
    computed.map((c) => `${c.expr.key}(${c.args.join()})${c.dtype}`).join(' '),
    stores.map((s) => `${s.value}@${operand(s)}`).join(' '),
    reduces.map((r) => `${r.op}${r.value}@${operand(r)}`).join(' '),
    split ? `${split.axis}:${split.total}` : '',
  ].join('|');
}

/** Whether loops have code for a reduction. */
export function isLoopReduction(op: ReduceOp): op is Reduction['op'] {
  return op !== 'argmax' && op !== 'argmin';
}
