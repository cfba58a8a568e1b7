import { readText } from './node.ts';

/** Addresses that are left to the engine's heap and code, and those that a helper thread takes. */
export const engineBytes: number = 2 ** 30;
export const helperBytes: number = 0.8 * 2 ** 30;

/** Bytes of addresses that the process may still take (`ulimit -v`), as far as Linux tells. */
export function addressSpace(read: (path: string) => string | undefined = readText): number {
  const limit = Number(/^Max address space +(\d+)/m.exec(read('/proc/self/limits') ?? '')?.[1] ?? Infinity);
  if (limit === Infinity) return Infinity;
  const used = Number(/^VmSize:\s+(\d+) kB/m.exec(read('/proc/self/status') ?? '')?.[1] ?? 0);
  return limit - 1024 * used;
}

/** The most helpers for which there are addresses: the engine ends the process where a thread finds none. */
export function helpersThatFit(): number {
  return Math.max(0, Math.floor((addressSpace() - engineBytes) / helperBytes));
}
