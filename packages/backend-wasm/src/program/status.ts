import { ValueError } from '@chainrule/errors';
import type { Memory } from '../runtime/memory.ts';
import type { Call, StatusBlock } from './calls.ts';

function statusesOf(calls: readonly Call[]): StatusBlock[] {
  return calls.flatMap((call) => (call.kind === 'kernel' && call.status ? [call.status] : call.kind === 'scan' ? statusesOf(call.body) : []));
}

/** Throws for the first kernel that met an index out of range, as the reference does, and clears what it wrote. */
export function checkStatus(calls: readonly Call[], memory: Memory): void {
  for (const { address, node } of statusesOf(calls)) {
    const words = memory.ints(address, 2);
    if (words[0] === 0) continue;
    const index = words[1]!;
    for (const block of statusesOf(calls)) memory.ints(block.address, 2).fill(0);
    const size = node.inputs[0]!.shape['axis' in node.attrs ? node.attrs.axis : 0]!;
    throw new ValueError(`${node.op}: \`indices\` must be in [${-size}, ${size}), got ${index}`);
  }
}
