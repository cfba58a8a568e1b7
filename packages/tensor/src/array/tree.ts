import { isPlain } from '@chainrule/errors/check';
import { isTensor, type Tensor } from './tensor.ts';

/** Nested arrays and plain objects with tensors in them. Everything else is a leaf and is kept. */
export type Tree<T = Tensor> = T | readonly Tree<T>[] | { readonly [key: string]: Tree<T> };

/**
 * Tells whether `value` is an array or a plain object, which are the branches of a tree.
 *
 * @example
 * isBranch([1]); // => true
 */
export function isBranch(value: unknown): value is readonly unknown[] | Record<string, unknown> {
  return Array.isArray(value) || isPlain(value);
}

/**
 * Lists the leaves with their paths in a fixed order: arrays by index, objects by sorted key.
 *
 * @example
 * treeLeaves({ b: [1, 2], a: 3 }).map(({ path }) => path); // => a,b[0],b[1]
 */
export function treeLeaves(tree: unknown, path = ''): { path: string; leaf: unknown }[] {
  const leaves: { path: string; leaf: unknown }[] = [];
  treeMap(tree, (leaf, at) => leaves.push({ path: at, leaf }), path);
  return leaves;
}

/**
 * Replaces every leaf. Visits leaves in the order of {@link treeLeaves}.
 *
 * @example
 * treeMap({ a: [1, 2] }, (leaf) => leaf * 2); // => {"a":[2,4]}
 */
export function treeMap(tree: unknown, replace: (leaf: unknown, path: string) => unknown, path = ''): unknown {
  if (!isBranch(tree)) return replace(tree, path);
  if (Array.isArray(tree)) return tree.map((item, i) => treeMap(item, replace, `${path}[${i}]`));
  const record = tree as Record<string, unknown>;
  return Object.fromEntries(
    Object.keys(record)
      .sort()
      .map((key) => [key, treeMap(record[key], replace, path ? `${path}.${key}` : key)]),
  );
}

/**
 * Lists the tensors among the leaves.
 *
 * @example
 * treeTensors({ a: tensor(1), b: 2 }).length; // => 1
 */
export function treeTensors(tree: unknown): Tensor[] {
  return treeLeaves(tree)
    .map(({ leaf }) => leaf)
    .filter(isTensor);
}

/**
 * Replaces the tensors of a tree, in the order of {@link treeTensors}.
 *
 * @example
 * treeReplace({ a: tensor(1), b: 2 }, [tensor(5)]).a.item(); // => 5
 */
export function treeReplace<T>(tree: T, tensors: readonly Tensor[]): T {
  let at = 0;
  return treeMap(tree, (leaf) => (isTensor(leaf) ? tensors[at++] : leaf)) as T;
}
