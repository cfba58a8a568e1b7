import { isTensor, type Tensor } from '@chainrule/tensor';
import { showShape } from '@chainrule/errors';

/** Describes an item, such as `{ x: float32 [28,28,1], y: int32 [] }`; `outer` are the batch axes in front. */
export type Kinds = (outer: readonly number[]) => string;

/** The kinds of rows of tensors. */
export function kindsOfRows(tensors: unknown): Kinds {
  return (outer) =>
    showTree(tensors, ({ dtype, shape }) => `${dtype} ${showShape([...outer, ...shape.slice(1)])}`, outer.length);
}

/** The kind of an item. */
export function kindsOfItem(item: unknown): Kinds {
  return (outer) => showTree(item, ({ dtype, shape }) => `${dtype} ${showShape([...outer, ...shape])}`, outer.length);
}

/** The kinds of batches. */
export function batched(kinds: Kinds, size: number): Kinds {
  return (outer) => kinds([...outer, size]);
}

/** The kinds of pairs. */
export function paired(left: Kinds, right: Kinds): Kinds {
  return (outer) => `[${left(outer)}, ${right(outer)}]`;
}

function showTree(tree: unknown, showTensor: (leaf: Tensor) => string, batches: number): string {
  const show = (part: unknown): string => showTree(part, showTensor, batches);
  if (isTensor(tree)) return showTensor(tree);
  if (Array.isArray(tree) && tree.length <= 4) return `[${tree.map(show).join(', ')}]`;
  if (typeof tree === 'object' && tree !== null && Object.getPrototypeOf(tree) === Object.prototype) {
    const entries = Object.entries(tree).map(([name, part]) => `${name}: ${show(part)}`);
    return entries.length > 0 ? `{ ${entries.join(', ')} }` : '{}';
  }
  return `${'lists of '.repeat(batches)}${nameOf(tree)}`;
}

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return 'arrays';
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : `${typeof value}s`;
  return (value.constructor as { readonly name?: string } | undefined)?.name ?? 'objects';
}
