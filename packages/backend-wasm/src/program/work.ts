import type { ComputeKernel } from '../kernels/common/kernel.ts';
import type { Call, HostCall } from './calls.ts';

/** Work that takes less than this is finished by one thread before two have synchronized. */
const minParallelMicros = 6;

/** If the shared kernels of a program take less than this, waking helpers costs more than it saves. */
const minSharedMicros = 500;

/** Whether threads share a kernel's work. */
export function isParallel({ units, flops, bytes }: ComputeKernel): boolean {
  return units > 1 && flops / 20e3 + bytes / 10e3 > minParallelMicros;
}

/**
 * Whether a second thread pays off for a program. Depends on the time that its shared kernels would take on one thread.
 */
export function paysThreads(calls: readonly Call[]): boolean {
  return sharedMicros(calls) > minSharedMicros;
}

function sharedMicros(calls: readonly Call[], inParts = false): number {
  return calls.reduce((sum, call) => {
    if (call.kind === 'scan') return sum + call.partitions * call.length * sharedMicros(call.body, call.partitions > 1);
    return call.kind === 'kernel' && (inParts || isParallel(call.kernel))
      ? sum + call.kernel.flops / 40e3 + call.kernel.bytes / 20e3
      : sum;
  }, 0);
}

export function kernelsOf(calls: readonly Call[]): ComputeKernel[] {
  return calls.flatMap((call) =>
    call.kind === 'kernel' ? [call.kernel] : call.kind === 'scan' ? kernelsOf(call.body) : [],
  );
}

/** Calls into JavaScript, ordered by their numbers. */
export function hostCallsOf(calls: readonly Call[]): HostCall[] {
  return calls.flatMap((call) => (call.kind === 'host' ? [call] : call.kind === 'scan' ? hostCallsOf(call.body) : []));
}

/** Whether threads share any of these calls. */
export function hasShared(calls: readonly Call[]): boolean {
  return calls.some((call) =>
    call.kind === 'scan'
      ? call.partitions > 1 || hasShared(call.body)
      : call.kind === 'kernel' && isParallel(call.kernel),
  );
}
