import type { Buffer } from '@chainrule/compiler/backend';
import type { Call, KernelCall, Slot, Storage } from './calls.ts';

/** The calls of a scan's body after hoisting. */
export interface Hoisted {
  /**
   * Calls whose results are the same in every step. They run once, before the scan, and write the buffers in `filled`.
   */
  readonly before: readonly KernelCall[];
  readonly filled: ReadonlySet<Storage>;
  /** Calls that run in every step. */
  readonly body: readonly Call[];
}

/** Whether all steps and all row partitions of the scan read the same memory in this slot. */
export function isFixed({ storage }: Slot): boolean {
  return storage.kind === 'slice' && storage.step === 0 && storage.partition === 0;
}

/**
 * Moves kernels out of a scan if they read only memory that no step changes, and if no other call writes to their
 * buffers. An example is the kernel that packs a weight.
 */
export function hoist(calls: readonly Call[], owns: (buffer: Buffer) => boolean): Hoisted {
  const writers = new Map<Storage, number>();
  for (const { storage } of calls.flatMap(writesOf)) writers.set(storage, (writers.get(storage) ?? 0) + 1);
  const filled = new Set<Storage>();
  const before: KernelCall[] = [];
  const stays = (call: Call): boolean => {
    if (
      call.kind !== 'kernel' ||
      !call.buffers.slice(0, call.reads).every((slot) => isFixed(slot) || filled.has(slot.storage))
    )
      return true;
    const written = writesOf(call).map(({ storage }) => storage);
    if (!written.every((storage) => owns(storage) && writers.get(storage) === 1)) return true;
    for (const storage of written) filled.add(storage);
    before.push({ ...call, buffers: call.buffers.map(outside) });
    return false;
  };
  return { body: calls.filter(stays), before, filled };
}

function writesOf(call: Call): readonly Slot[] {
  return call.kind === 'kernel' ? call.buffers.slice(call.reads) : call.kind === 'host' ? call.outputs : call.writes;
}

/** The same memory as a slot of the enclosing level. */
function outside(slot: Slot): Slot {
  const { storage, offset } = slot;
  return storage.kind === 'slice' ? { storage: storage.of.storage, offset: storage.of.offset + offset } : slot;
}
