import { ValueError } from '@chainrule/errors';
import { indexMessage } from '@chainrule/tensor/graph';
import type { Memory } from '../runtime/memory.ts';
import type { Call, StatusBlock } from './calls.ts';

/** The blocks in which kernels report indices out of range. */
export function statusesOf(calls: readonly Call[]): StatusBlock[] {
  return calls.flatMap((call) =>
    call.kind === 'kernel' && call.status ? [call.status] : call.kind === 'scan' ? statusesOf(call.body) : [],
  );
}

/**
 * Throws the error of the reference for the first kernel that reported an index out of range, and clears all reports.
 */
export function checkStatuses(blocks: readonly StatusBlock[], memory: Memory): void {
  for (const { address, node } of blocks) {
    const [code, index] = memory.ints(address, 2) as unknown as [number, number];
    if (code === 0) continue;
    for (const block of blocks) memory.ints(block.address, 2).fill(0);
    throw new ValueError(indexMessage(node, index, node.inputs[0]!.shape[node.attrs.axis]!));
  }
}
