import type { ProfileRow } from '@chainrule/compiler';
import type { BackendState } from './backendState.ts';
import type { Call } from '../program/calls.ts';
import { measurePeak } from './peak.ts';

/** The calls of a program, with their times and their shares of the peak rates. */
export function profileRows(
  calls: readonly Call[],
  micros: readonly number[],
  { target, pool, memory }: Pick<BackendState, 'target' | 'pool' | 'memory'>,
): ProfileRow[] {
  const peak = measurePeak(target, memory);
  return calls.map((call, i): ProfileRow => {
    const { flops, bytes } = workOf(call);
    const least = Math.max(flops / peak.flopsPerMicro / pool.threads, bytes / peak.bytesPerMicro);
    return { name: nameOf(call), micros: micros[i]!, flops, bytes, share: least / micros[i]! };
  });
}

function workOf(call: Call): { readonly flops: number; readonly bytes: number } {
  if (call.kind === 'kernel') return call.kernel;
  if (call.kind === 'host') return { flops: NaN, bytes: NaN };
  const body = call.body.map(workOf);
  const times = call.partitions * call.length;
  return {
    flops: times * body.reduce((sum, { flops }) => sum + flops, 0),
    bytes: times * body.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function nameOf(call: Call): string {
  if (call.kind === 'kernel') return call.kernel.name;
  return call.kind === 'host'
    ? `${call.node.op} [${call.node.types[0]!.shape.join()}] in JavaScript`
    : `scan of ${call.length} steps`;
}
