import { OptionError, showValue, StateError } from '@chainrule/errors';
import type { Source } from './source.ts';

/** The number of items in each part of a split; the numbers add up to the size. */
export function sizesOf({ size, reshuffles }: Source<unknown>, parts: readonly number[]): number[] {
  const total = parts.reduce((sum, part) => sum + part, 0);
  if (!parts.every((part) => part >= 0 && part <= 1) || Math.abs(total - 1) > 1e-9) {
    throw new OptionError(`split: \`parts\` must be shares from 0 to 1 that add up to 1, got ${showValue(parts)}`);
  }
  if (size === undefined || size === Infinity) {
    throw new StateError(
      'split: expects a data set of known size, got one of unknown size; split before `filter`, `repeat` or `bucketByLength`',
    );
  }
  if (reshuffles) {
    throw new StateError(
      'split: expects the same order in each epoch, got a shuffled one; split first, or use `reshuffle: false`',
    );
  }
  let share = 0;
  const ends = parts.map((part, i) => (i === parts.length - 1 ? size : Math.round(size * (share += part))));
  return ends.map((end, i) => end - (ends[i - 1] ?? 0));
}
