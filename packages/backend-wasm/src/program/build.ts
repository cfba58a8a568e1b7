import {
  type Access,
  type Buffer,
  type Plan,
  placeBuffers,
  type ScanPartition,
  type ScanStep,
  type PlanStep,
} from '@chainrule/compiler/backend';
import type { Tensor, TypedArray } from '@chainrule/tensor';
import { allocate, byteSize, type IndexingNode, type Node, sizeOf } from '@chainrule/tensor/graph';
import type { Lowered, LoweringOptions } from '../kernels/common/kernel.ts';
import { statusBuffer } from '../kernels/common/status.ts';
import { lowerLoop } from '../loop/lowerLoop.ts';
import { lowerNode } from './lowerings.ts';
import type { Call, ScanCall, ScanCarry, Slot, Storage } from './calls.ts';
import { hoist, type Hoisted, isFixed } from './hoist.ts';

/** What building a program needs to know. */
export interface BuildHost {
  readonly options: LoweringOptions;
  /** Allocates memory for the given bytes, as long as the program lives. */
  constant(values: ArrayBufferView): number;
}

/** Calls in order, with the storage of all their operands. */
export interface Built {
  readonly calls: readonly Call[];
  readonly slotOf: (t: Tensor) => Slot;
  /** Whether a buffer belongs to the arena that the build made, and not to the body of a scan. */
  readonly owns: (buffer: Buffer) => boolean;
}

/** Converts the steps of a plan to calls. `bind` sets the storage of a root that is an input or has a fixed place. */
export class ProgramBuilder {
  readonly calls: Call[] = [];
  private readonly producers: ReadonlyMap<Tensor, Node>;
  private readonly storages = new Map<Tensor, Slot>();
  /** The arena buffers of this level; enclosing levels have their own. */
  private readonly own = new Set<Buffer>();

  constructor(
    private readonly plan: Plan,
    private readonly host: BuildHost,
  ) {
    this.producers = new Map(plan.graph.nodes.flatMap((node) => node.outputs.map((t) => [t, node] as const)));
  }

  bind(root: Tensor, slot: Slot): void {
    this.storages.set(root, slot);
  }

  build(): Built {
    for (const step of this.plan.steps) this.add(step);
    return { calls: this.calls, slotOf: (t) => this.slot(t), owns: (buffer) => this.own.has(buffer) };
  }

  private arena(bytes: number): Slot {
    const storage: Storage = { kind: 'arena', bytes };
    this.own.add(storage);
    return whole(storage);
  }

  /** Returns the storage of a tensor. A root without storage gets a new buffer of the arena. */
  private slot(t: Tensor): Slot {
    const { root, offset } = this.plan.views.get(t)!;
    let base = this.storages.get(root);
    if (!base) this.storages.set(root, (base = this.arena(bytesOf(root))));
    return { storage: base.storage, offset: base.offset + offset * byteSize(t.dtype) };
  }

  private add(step: PlanStep): void {
    if (step.outputs.every((t) => t.size === 0)) return step.outputs.forEach((t) => void this.slot(t));
    if (step.kind === 'scan') return this.scan(step);
    const inputs = step.inputs.map((t) => this.slot(t));
    if (step.kind === 'loop' && !step.inputs.some((t) => t.size === 0)) {
      const stored = step.nodes
        .filter((node) => node.kind === 'map')
        .flatMap((node) => node.outputs.filter((t) => step.outputs.includes(t)));
      const reduced = step.nodes.filter((node) => node.kind === 'reduce').flatMap((node) => node.outputs);
      return this.kernels(
        lowerLoop(step, this.plan.views),
        inputs,
        [...stored, ...reduced].map((t) => this.slot(t)),
        step.nodes[0]!.op,
      );
    }
    const lowered =
      step.kind === 'node'
        ? lowerNode(step, {
            ...this.host.options,
            producer: (t) => this.producers.get(this.plan.views.get(t)!.root),
            fixed: (t) => isFixed(this.slot(t)),
          })
        : undefined;
    if (step.kind === 'node' && lowered)
      return this.kernels(
        lowered,
        inputs,
        step.outputs.map((t) => this.slot(t)),
        step.node.op,
        step,
      );
    for (const node of step.kind === 'node' ? [step.zeroBase ? withoutBase(step.node) : step.node] : step.nodes) {
      this.calls.push({
        kind: 'host',
        node,
        inputs: node.inputs.map((t) => this.slot(t)),
        outputs: node.outputs.map((t) => this.slot(t)),
      });
    }
  }

  private kernels(
    lowered: Lowered,
    inputs: readonly Slot[],
    outputs: readonly Slot[],
    op: string,
    step?: Extract<PlanStep, { kind: 'node' }>,
  ): void {
    const all = [...inputs, ...outputs, ...lowered.temporaries.map((bytes) => this.arena(bytes))];
    // Only lookups take the status block.
    for (const { kernel, buffers: numbers, writes = 1, inPlace = [] } of lowered.steps) {
      const buffers = numbers.filter((i) => i !== statusBuffer);
      const reads = buffers.length - writes;
      const status =
        numbers.includes(statusBuffer) && step
          ? { address: this.host.constant(new Int32Array(2)), node: step.node as IndexingNode }
          : undefined;
      this.calls.push({
        kind: 'kernel',
        kernel,
        op,
        buffers: buffers.map((i) => all[i]!),
        reads,
        status,
        inPlace: inPlace.flatMap(([to, from]) => pairInPlace(all, to, from, inputs) ?? []),
      });
    }
  }

  private scan(step: ScanStep): void {
    const { partition } = step;
    const partitioned = partition && this.scanOf(step, partition);
    // A partition runs on one thread, which cannot call JavaScript or run a nested scan.
    const { before, filled, call } = partitioned?.call.body.every(({ kind }) => kind === 'kernel')
      ? partitioned
      : this.scanOf(step, { partitions: 1, body: step.body, rows: new Set() });
    for (const buffer of filled) this.own.add(buffer);
    this.calls.push(...before, call);
  }

  private scanOf(step: ScanStep, { partitions, body, rows }: ScanPartition): Hoisted & { readonly call: ScanCall } {
    const { length, carries, xs, reverse } = step.node.attrs;
    const inner = new ProgramBuilder(body, this.host);
    const outer = { inputs: step.inputs.map((t) => this.slot(t)), outputs: step.outputs.map((t) => this.slot(t)) };
    const carryBytes = body.graph.inputs.slice(0, carries).map(bytesOf);
    /** A buffer outside the scan. Each step uses its own slice of it, or all steps use the whole. */
    const around = (of: Slot, t: Tensor, steps: boolean, inRows = rows.has(t)): Slot => {
      const bytes = bytesOf(t);
      return whole({
        kind: 'slice',
        of,
        bytes,
        partition: inRows ? bytes : 0,
        step: steps ? (inRows ? partitions : 1) * bytes : 0,
      });
    };
    body.graph.inputs.forEach((symbol, i) => {
      if (i < carries) inner.bind(symbol, whole({ kind: 'carry', index: i, next: false, bytes: carryBytes[i]! }));
      else if (i < carries + xs) inner.bind(symbol, around(outer.inputs[i]!, symbol, true));
      else if (i === carries + xs) inner.bind(symbol, around(this.steps(length), symbol, true));
      else inner.bind(symbol, around(outer.inputs[i - 1]!, symbol, false));
    });
    const stacks = outer.outputs.filter((_, i) => ![...step.kept.values()].includes(i));
    body.outputs.forEach((t, i) => {
      const slot =
        i < carries
          ? whole({ kind: 'carry', index: i, next: true, bytes: carryBytes[i]! })
          : around(stacks[i]!, t, true, partitions > 1);
      inner.bind(body.views.get(t)!.root, slot);
    });
    for (const { attrs, outputs } of body.graph.nodes.filter((n) => n.kind === 'constant'))
      inner.bind(outputs[0]!, around(this.constant(attrs.value), outputs[0]!, false));
    const { calls, owns } = inner.build();
    // A scan without steps must not run hoisted kernels.
    const hoisted = length > 0 ? hoist(calls, owns) : { before: [], filled: new Set<Storage>(), body: calls };
    const arena = placeBuffers(
      hoisted.body.map(accessOf),
      (buffer) => owns(buffer) && !hoisted.filled.has(buffer as Storage),
      [],
    );
    const scratch = this.arena(partitions * arena.bytes).storage;
    const others: Slot[] = [];
    const iterations = carryBytes.map((bytes, i): ScanCarry => {
      const stack = step.kept.get(i);
      const between =
        stack === undefined ? { other: this.arena(partitions * bytes) } : { stack: outer.outputs[stack]! };
      if ('other' in between) others.push(between.other);
      return { init: outer.inputs[i]!, last: outer.outputs[i]!, between, bytes };
    });
    const call: ScanCall = {
      kind: 'scan',
      length,
      reverse,
      body: hoisted.body,
      partitions,
      carries: iterations,
      scratch,
      scratchBytes: arena.bytes,
      offsets: arena.offsets,
      reads: [...outer.inputs, ...[...hoisted.filled].map(whole)],
      writes: [...outer.outputs, ...others, whole(scratch)],
    };
    return { ...hoisted, call };
  }

  /** The step numbers. Each step reads its own. */
  private steps(length: number): Slot {
    const values = Int32Array.from({ length: Math.max(1, length) }, (_, i) => i);
    return whole({ kind: 'constant', address: this.host.constant(values), bytes: values.byteLength });
  }

  private constant(value: Tensor): Slot {
    return whole({ kind: 'constant', address: this.host.constant(value['~values']), bytes: bytesOf(value) });
  }
}

/** Lowers a `scatterAdd` whose base of zeros no step has written, so it makes the zeros itself. */
function withoutBase(node: Node): Node {
  const { shape, dtype } = node.types[0]!;
  const evaluate = (_: Node, values: readonly TypedArray[]): TypedArray[] =>
    (node.evaluate as HostEvaluate)(node, [allocate(dtype, sizeOf(shape)), ...values]);
  return { ...node, inputs: node.inputs.slice(1), evaluate };
}

type HostEvaluate = (node: Node, inputs: readonly TypedArray[]) => TypedArray[];

/** The two storages, if both are whole arena buffers of equal size and no other input uses the same memory. */
function pairInPlace(
  slots: readonly Slot[],
  to: number,
  from: number,
  inputs: readonly Slot[],
): [readonly [Storage, Storage]] | undefined {
  const [written, read] = [slots[to]!, slots[from]!];
  const alone = inputs.filter(({ storage }) => storage === read.storage).length === 1;
  const fits =
    written.storage.kind === 'arena' &&
    read.storage.kind === 'arena' &&
    written.offset === 0 &&
    read.offset === 0 &&
    written.storage.bytes === read.storage.bytes;
  return alone && fits ? [[written.storage, read.storage]] : undefined;
}

/** The storages that a call reads and writes. */
export function accessOf(call: Call): Access {
  const of = (slots: readonly Slot[]): Storage[] =>
    slots.flatMap(({ storage }) => (storage.kind === 'slice' ? [storage.of.storage] : [storage]));
  if (call.kind === 'kernel') {
    return {
      reads: of(call.buffers.slice(0, call.reads)),
      writes: of(call.buffers.slice(call.reads)),
      inPlace: call.inPlace,
    };
  }
  return call.kind === 'host'
    ? { reads: of(call.inputs), writes: of(call.outputs) }
    : { reads: of(call.reads), writes: of(call.writes) };
}

export function whole(storage: Storage): Slot {
  return { storage, offset: 0 };
}

function bytesOf(t: Tensor): number {
  return sizeOf(t.shape) * byteSize(t.dtype);
}
