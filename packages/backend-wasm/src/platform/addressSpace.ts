import { readText } from './node.ts';

/** Bytes of addresses for the engine's heap and code, and for a helper thread. */
export const engineBytes: number = 2 ** 30;
export const helperBytes: number = 0.8 * 2 ** 30;

/** Bytes of addresses that the process may still use (`ulimit -v`). Infinity if the limit is unknown. */
export function addressSpace(read: (path: string) => string | undefined = readText): number {
  const limit = Number(/^Max address space +(\d+)/m.exec(read('/proc/self/limits') ?? '')?.[1] ?? Infinity);
  if (limit === Infinity) return Infinity;
  const used = Number(/^VmSize:\s+(\d+) kB/m.exec(read('/proc/self/status') ?? '')?.[1] ?? 0);
  return limit - 1024 * used;
}

/** The most helpers that the address space allows. The engine aborts the process if a thread finds no addresses. */
export function helpersThatFit(): number {
  return Math.max(0, Math.floor((addressSpace() - engineBytes) / helperBytes));
}
