import { OptionError, showValue } from '@chainrule/errors';
import { isBranch } from '@chainrule/tensor/graph';

/**
 * The values at the leaves of `structure`, in the order of `treeLeaves`. What stands at a leaf may be anything, such as
 * nested arrays.
 *
 * @throws OptionError if `given` has other keys or another length than `structure`
 */
export function flattenLike<T>(op: string, name: string, structure: unknown, given: unknown): T[] {
  if (!isBranch(structure)) return [given as T];
  if (Array.isArray(structure)) {
    if (!Array.isArray(given) || given.length !== structure.length)
      throw new OptionError(
        `${op}: \`${name}\` must be a list of ${structure.length}, one for each of the model's, got ${show(given)}`,
      );
    return structure.flatMap((part, i) => flattenLike<T>(op, `${name}[${i}]`, part, given[i]));
  }
  const keys = Object.keys(structure).sort();
  const has = isBranch(given) && !Array.isArray(given) ? Object.keys(given).sort() : undefined;
  if (has?.join() !== keys.join())
    throw new OptionError(
      `${op}: \`${name}\` must be an object with ${keys.join(', ')}, got ${has ? `one with ${has.join(', ') || 'nothing'}` : show(given)}`,
    );
  return keys.flatMap((key) =>
    flattenLike<T>(
      op,
      `${name}.${key}`,
      (structure as Record<string, unknown>)[key],
      (given as Record<string, unknown>)[key],
    ),
  );
}

const show = (given: unknown): string => (Array.isArray(given) ? `${given.length}` : showValue(given));
