import { OptionError, showValue, ValueError } from '@chainrule/errors';
import { aBoolean, aCount, aFunction, aNumber, type Check, checkOptions, listOf } from '@chainrule/errors/check';
import { settled, type Source, streamed, Pending } from './source.ts';
import { stackItems } from './stackItems.ts';

/** Options of {@link Dataset.bucketByLength}. */
export interface BucketOptions<Item, Padded = Item> {
  /** The greatest length of each bucket, in increasing order. The last may be Infinity if `pad` is not set. */
  readonly boundaries: readonly number[];
  /** The batch size, or one for each bucket. */
  readonly size: number | readonly number[];
  /** Pads an item to the length of its bucket; {@link padEnd} does that for a tensor. By default items stay unchanged. */
  readonly pad?: (item: Item, length: number) => Padded;
  /** Whether to drop incomplete batches; by default they come last. */
  readonly dropRemainder?: boolean;
}

/** Batches of items whose lengths fall into the same bucket. Yields each batch as soon as it is full. */
export function bucketByLength<Item, Padded>(
  source: Source<Item>,
  lengthOf: (item: Item) => number,
  options: BucketOptions<Item, Padded>,
): Source<unknown> {
  const numbers = listOf('a list of numbers', aNumber);
  const size: Check = (op, name, value) => typeof value === 'number' || numbers(op, name, value);
  checkOptions(
    'bucketByLength',
    options,
    { boundaries: numbers, size, pad: aFunction, dropRemainder: aBoolean },
    'boundaries',
    'size',
  );
  const { boundaries, dropRemainder = false, pad = (item: Item): unknown => item } = options;
  const sizes = checkBuckets(options);
  return streamed(source.reshuffles, function* (epoch) {
    const buckets: unknown[][] = boundaries.map(() => []);
    let place = 0;
    for (const item of settled(source.stream(epoch, 0))) {
      if (item instanceof Pending) {
        yield item;
        continue;
      }
      const length = lengthOf(item);
      const bucket = boundaries.findIndex((boundary) => length <= boundary);
      if (bucket < 0 || !(length >= 0)) {
        throw new ValueError(
          `bucketByLength: expects lengths from 0 to ${boundaries.at(-1)}, got ${showValue(length)} at item ${place}; add a boundary or filter`,
        );
      }
      place += 1;
      const items = buckets[bucket]!;
      if (items.push(pad(item, boundaries[bucket]!)) < sizes[bucket]!) continue;
      buckets[bucket] = [];
      yield stackItems('bucketByLength', items);
    }
    for (const items of dropRemainder ? [] : buckets) if (items.length) yield stackItems('bucketByLength', items);
  });
}

function checkBuckets({ boundaries, size, pad }: BucketOptions<never, unknown>): readonly number[] {
  const rises = boundaries.every((boundary, i) => boundary > (boundaries[i - 1] ?? -1));
  if (!boundaries.length || !rises || (pad && boundaries.at(-1) === Infinity)) {
    const wanted = pad ? 'finite lengths in increasing order' : 'lengths in increasing order';
    throw new OptionError(`bucketByLength: \`boundaries\` must be ${wanted}, got ${showValue(boundaries)}`);
  }
  const sizes = typeof size === 'number' ? boundaries.map(() => size) : size;
  if (sizes.length !== boundaries.length) {
    throw new OptionError(
      `bucketByLength: \`size\` must be one number or one for each of the ${boundaries.length} buckets, got ${showValue(size)}`,
    );
  }
  sizes.forEach((n) => aCount('bucketByLength', 'size', n));
  return sizes;
}
