import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { OpDescriptor, Tensor } from '@chainrule/tensor';

/** An op with any signature. */
export type AnyOp = ((...args: readonly unknown[]) => Tensor) & { readonly op: OpDescriptor };

/**
 * The ops among the exports of a module, by their exported names.
 *
 * @example
 * opsOf({ relu }).get('relu').op.name; // => relu
 */
export function opsOf(module: object): Map<string, AnyOp> {
  return new Map(
    Object.entries(module).filter(
      (entry): entry is [string, AnyOp] => typeof entry[1] === 'function' && 'op' in entry[1],
    ),
  );
}

/**
 * Every op that a file in `packages/tensor/src/ops` exports, even if the index does not.
 *
 * @example
 * (await findOps()).has('relu'); // => true
 */
export async function findOps(): Promise<Map<string, AnyOp>> {
  const folder = new URL('../../tensor/src/ops/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !/[.]test(-d)?[.]ts$|index[.]ts$/.test(path),
  );
  const modules = await Promise.all(
    files.map((name) => import(/* @vite-ignore */ fileURLToPath(new URL(name, folder))) as Promise<object>),
  );
  return new Map(modules.flatMap((module) => [...opsOf(module)]));
}
