import type { Program } from '@chainrule/compiler';
import { type Buffer, type Plan, placeBuffers, planGraph } from '@chainrule/compiler/backend';
import type { Tensor } from '@chainrule/tensor';
import { byteSize, sizeOf, type VariableLike } from '@chainrule/tensor/graph';
import type { ModuleBuilder } from '../asm/index.ts';
import type { ComputeKernel, LoweringOptions, Target } from '../kernels/common/kernel.ts';
import { isLoopReduction } from '../loop/spec.ts';
import { emitJobs } from '../runtime/jobs.ts';
import { accessOf, ProgramBuilder, whole } from './build.ts';
import type { Call, ScanCall, Slot } from './calls.ts';
import { type EmitOptions, emitProgram } from './emit.ts';
import { frameBytes } from './frame.ts';
import { rowPartitionsOf } from './rowPartitions.ts';
import { hasShared, hostCallsOf, kernelsOf } from './work.ts';

/** The target and the resources for compiling a program. */
export interface CompileHost {
  readonly options: LoweringOptions;
  readonly shared: boolean;
  /** The most threads that run it. */
  readonly threads: number;
  readonly target: (module: ModuleBuilder) => Target;
  /** Allocates memory for the given bytes, as long as the program lives. */
  constant(values: ArrayBufferView): number;
}

/** A compiled program: its calls, memory and code. */
export interface CompiledProgram {
  readonly plan: Plan;
  readonly calls: readonly Call[];
  readonly inputs: readonly Slot[];
  readonly outputs: readonly Slot[];
  readonly variables: readonly VariableLike[];
  readonly table: number;
  readonly hostArguments: number;
  /** Offsets of arena buffers, and the size of the arena including the working memory of all threads. */
  readonly offsets: ReadonlyMap<Buffer, number>;
  readonly arenaBytes: number;
  /** The bytes that the arena's buffers would take without reuse. */
  readonly sumBytes: number;
  emit(profile: boolean): Uint8Array<ArrayBuffer>;
}

/** Plans a program, lowers its steps to kernels, places its buffers, and prepares the code of its module. */
export function compileProgram(program: Program, host: CompileHost): CompiledProgram {
  const { graph, results, assigns } = program;
  const plan = planGraph(graph, { fuse: program.fuse, results, loops: hasLoop, partitions: rowPartitionsOf });
  const reads = graph.nodes.flatMap((node) => (node.kind === 'variable' ? [node.attrs.variable] : []));
  const variables = [...new Set([...reads, ...assigns])];
  const numbers = new Map(variables.map((variable, i) => [variable, i]));
  const builder = new ProgramBuilder(plan, host);
  for (const node of graph.nodes) {
    const [t] = node.outputs;
    if (node.kind === 'constant') builder.bind(t!, constantSlot(host, node.attrs.value));
    if (node.kind === 'variable') builder.bind(t!, variableSlot(numbers.get(node.attrs.variable)!, t!, false));
  }
  assigns.forEach((variable, i) => {
    const { root } = plan.views.get(plan.outputs[results + i]!)!;
    builder.bind(root, variableSlot(numbers.get(variable)!, root, true));
  });
  const built = builder.build();
  const inputs = graph.inputs.map(built.slotOf);
  const outputs = plan.outputs.map(built.slotOf);
  const arena = placeBuffers(
    built.calls.map(accessOf),
    built.owns,
    outputs.map(({ storage }) => storage),
    inputs.map(({ storage }) => storage),
  );
  const offsets = withBodies(built, arena.offsets);
  const scratch = { offset: arena.bytes, bytes: scratchBytes(kernelsOf(built.calls)) };
  const table = host.constant(new Int32Array(2 * variables.length));
  const most = hostCallsOf(built.calls).reduce(
    (max, call) => Math.max(max, call.inputs.length + call.outputs.length),
    0,
  );
  const hostArguments = host.constant(new Int32Array(most));
  const frames = host.threads > 1 ? framesOf(built.calls, host) : new Map<ScanCall, number>();
  const options: EmitOptions = {
    shared: host.shared,
    threads: host.threads,
    target: host.target,
    offsets,
    scratch,
    table,
    hostArguments,
    frames,
    jobs: emitJobs,
  };
  return {
    plan,
    calls: built.calls,
    inputs,
    outputs,
    variables,
    table,
    hostArguments,
    offsets,
    arenaBytes: arena.bytes + scratch.bytes * host.threads,
    sumBytes: arena.sum,
    emit: (profile) => emitProgram(built.calls, options, profile),
  };
}

/** Loops have code for float32, int32 and bytes, and for all reductions but argmax and argmin. */
const hasLoop: Parameters<typeof planGraph>[1]['loops'] = (node) =>
  [...node.inputs, ...node.types].every(({ dtype, shape }) => dtype !== 'float64' && !shape.includes(0)) &&
  (node.kind === 'map' ? !node.attrs.expr.key.includes('float64') : isLoopReduction(node.attrs.op));

function constantSlot(host: CompileHost, value: Tensor): Slot {
  return whole({
    kind: 'constant',
    address: host.constant(value['~values']),
    bytes: value.size * byteSize(value.dtype),
  });
}

function variableSlot(index: number, t: Tensor, next: boolean): Slot {
  return whole({ kind: 'variable', index, next, bytes: sizeOf(t.shape) * byteSize(t.dtype) });
}

/** Adds the buffers in the bodies of scans, with their offsets from the start of the arena. */
function withBodies(
  { calls }: { readonly calls: readonly Call[] },
  offsets: ReadonlyMap<Buffer, number>,
): Map<Buffer, number> {
  const all = new Map(offsets);
  const visit = (list: readonly Call[]): void => {
    for (const call of list) {
      if (call.kind !== 'scan') continue;
      const base = all.get(call.scratch)!;
      for (const [buffer, offset] of call.offsets) all.set(buffer, base + offset);
      visit(call.body);
    }
  };
  visit(calls);
  return all;
}

/** Allocates a block for each scan whose steps have jobs. */
function framesOf(calls: readonly Call[], host: CompileHost): Map<ScanCall, number> {
  const scans = calls
    .filter((call) => call.kind === 'scan')
    .filter(({ partitions, body }) => partitions === 1 && hasShared(body));
  return new Map(
    scans.flatMap((call) => [
      [call, host.constant(new Uint8Array(frameBytes(call)))] as const,
      ...framesOf(call.body, host),
    ]),
  );
}

function scratchBytes(kernels: readonly ComputeKernel[]): number {
  return Math.ceil(kernels.reduce((most, { scratch }) => Math.max(most, scratch), 0) / 64) * 64;
}
