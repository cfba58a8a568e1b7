import { ValueError } from '@chainrule/errors';
import { indexMessage } from '@chainrule/tensor';
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
    const { attrs } = node;
    const size = node.inputs[0]!.shape['axis' in attrs ? attrs.axis : 0]!;
    throw new ValueError(indexMessage(index, size, node.op, 'labels' in attrs && attrs.labels));
  }
}
