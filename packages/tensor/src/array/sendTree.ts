import { tensorFromTransferable, tensorToTransferable } from './serialize.ts';
import { isTensor } from './tensor.ts';
import { isBranch, treeMap } from './tree.ts';

/** The key that marks a tensor in a message. */
const mark = '~tensor';

/**
 * A tree as a message to another thread: tensors become plain objects, whose arrays move there. Other leaves stay.
 *
 * @example
 * const { value, transfer } = sendTree({ x: tensor([1, 2]), name: 'a' });
 * receiveTree(structuredClone(value, { transfer })).x.toArray(); // => 1,2
 */
export function sendTree(tree: unknown): { value: unknown; transfer: ArrayBuffer[] } {
  const transfer: ArrayBuffer[] = [];
  const value = treeMap(tree, (leaf) => {
    if (!isTensor(leaf)) return leaf;
    const sent = tensorToTransferable(leaf);
    transfer.push(...sent.transfer);
    return { [mark]: sent.value };
  });
  return { value, transfer };
}

/** The tree from {@link sendTree}. */
export function receiveTree(value: unknown): unknown {
  if (!isBranch(value)) return value;
  if (Array.isArray(value)) return value.map(receiveTree);
  if (mark in value) return tensorFromTransferable(value[mark]);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, receiveTree(item)]));
}
