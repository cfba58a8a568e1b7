import { showShape } from '@chainrule/errors';
import type { Buffer } from '@chainrule/compiler/backend';
import type { Tensor } from '@chainrule/tensor';
import type { Call } from './calls.ts';
import type { CompiledProgram } from './compileProgram.ts';
import { isParallel } from './work.ts';

/** The plan of a program as text: a line for each kernel, in order, and the memory. */
export function explainProgram(compiled: CompiledProgram, threads: number): string {
  const { calls, arenaBytes, sumBytes, offsets } = compiled;
  const lines = calls.flatMap((call) => explainCall(call, offsets, '', threads));
  const flops = totalOf(calls, 'flops');
  return [
    ...lines,
    `${countKernels(calls)} kernels, ${countHost(calls)} nodes in JavaScript, ${show(flops)}FLOP, ${show(totalOf(calls, 'bytes'))}B read and written`,
    `arena ${show(arenaBytes)}B; its buffers without reuse ${show(sumBytes)}B`,
  ].join('\n');
}

function explainCall(call: Call, offsets: ReadonlyMap<Buffer, number>, indent: string, threads: number): string[] {
  if (call.kind === 'host') return [`${indent}JavaScript: ${call.node.op} ${showShape(call.node.types[0]!.shape)}`];
  if (call.kind === 'scan')
    return [
      `${indent}scan, ${call.length} steps${call.partitions > 1 ? ` in ${call.partitions} partitions` : ''}:`,
      ...call.body.flatMap((inner) => explainCall(inner, offsets, `${indent}  `, call.partitions > 1 ? 1 : threads)),
    ];
  const { kernel, buffers, reads } = call;
  const places = buffers
    .slice(reads)
    .map(({ storage, offset }) => (storage.kind === 'arena' ? `@${offsets.get(storage)! + offset}` : storage.kind));
  const units = isParallel(kernel) && threads > 1 ? ` in ${kernel.units} units` : '';
  return [`${indent}${kernel.name}: ${show(kernel.flops)}FLOP, ${show(kernel.bytes)}B → ${places.join(', ')}${units}`];
}

/** 1234567 → 1.2 M */
function show(value: number): string {
  const [scale, unit] = value >= 1e9 ? [1e9, 'G'] : value >= 1e6 ? [1e6, 'M'] : value >= 1e3 ? [1e3, 'k'] : [1, ''];
  return `${(value / scale).toFixed(scale === 1 ? 0 : 1)} ${unit}`;
}

function totalOf(calls: readonly Call[], key: 'flops' | 'bytes'): number {
  return calls.reduce(
    (sum, call) =>
      sum +
      (call.kind === 'kernel'
        ? call.kernel[key]
        : call.kind === 'scan'
          ? call.partitions * call.length * totalOf(call.body, key)
          : 0),
    0,
  );
}

function countKernels(calls: readonly Call[]): number {
  return calls.reduce(
    (sum, call) => sum + (call.kind === 'kernel' ? 1 : call.kind === 'scan' ? countKernels(call.body) : 0),
    0,
  );
}

function countHost(calls: readonly Call[]): number {
  return calls.reduce(
    (sum, call) => sum + (call.kind === 'host' ? 1 : call.kind === 'scan' ? countHost(call.body) : 0),
    0,
  );
}

/** The largest values of a program, for an error message. */
export function largestBuffers({ plan }: CompiledProgram): string {
  const made = plan.steps.flatMap((step) =>
    step.outputs.map((t) => ({ t, op: step.kind === 'loop' ? step.nodes.at(-1)!.op : step.node.op })),
  );
  const bytes = (t: Tensor): number => t.size * 4;
  return made
    .sort((a, b) => bytes(b.t) - bytes(a.t))
    .slice(0, 3)
    .map(({ t, op }) => `${op} ${showShape(t.shape)} (${(bytes(t) / 2 ** 20).toFixed(1)} MiB)`)
    .join(', ');
}
