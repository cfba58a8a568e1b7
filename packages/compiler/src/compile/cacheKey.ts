import { isTensor } from '@chainrule/tensor';
import { isBranch } from '@chainrule/tensor/graph';
import { identityOf } from '../graph/identity.ts';

/** Describes everything in the arguments on which a program depends: the path of each leaf, and its type or value. */
export type CacheKey = ReadonlyMap<string, string>;

/**
 * The key holds shapes and dtypes of tensors, the identity of variables, generators, layers and functions, the values
 * of everything else, and the structure of the tree.
 */
export function cacheKey(args: readonly unknown[]): CacheKey {
  const leaves = new Map<string, string>();
  const visit = (value: unknown, path: string): void => {
    if (!isBranch(value)) {
      leaves.set(path, leafKey(value));
      return;
    }
    leaves.set(path, Array.isArray(value) ? `array ${value.length}` : 'object');
    const entries = Array.isArray(value)
      ? value.map((v, i) => [`[${i}]`, v] as const)
      : Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([k, v]) => [keyStep(k), v] as const);
    for (const [step, child] of entries) visit(child, path + step);
  };
  args.forEach((arg, i) => visit(arg, `argument ${i}`));
  return leaves;
}

/** Quotes keys that are not identifiers, so that a key cannot be mistaken for a longer path. */
function keyStep(key: string): string {
  return /^\w+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function leafKey(value: unknown): string {
  if (isTensor(value)) return `${value.dtype} [${value.shape.join()}]`;
  if (typeof value === 'function') return `function #${identityOf(value)}`;
  if (typeof value === 'object' && value !== null)
    return `${value.constructor?.name ?? 'object'} #${identityOf(value)}`;
  return `${typeof value} ${Object.is(value, -0) ? '-0' : String(value)}`;
}

export function keyText(key: CacheKey): string {
  return JSON.stringify([...key]);
}

/** Finds the first leaf in which two keys differ, and returns both descriptions. */
export function keyDifference(a: CacheKey, b: CacheKey): { path: string; from: string; to: string } | undefined {
  for (const path of new Set([...a.keys(), ...b.keys()])) {
    const [from, to] = [a.get(path) ?? 'absent', b.get(path) ?? 'absent'];
    if (from !== to) return { path, from, to };
  }
  return undefined;
}
