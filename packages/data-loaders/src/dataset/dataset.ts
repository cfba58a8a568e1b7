import { OptionError, showByString, showValue, StateError, ValueError } from '@chainrule/errors';
import { aBoolean, aCount, aFunction, aNumber, checkOptions, listOf, refuse } from '@chainrule/errors/check';
import { aSeed, isBranch, type Tree } from '@chainrule/tensor/graph';
import { fromZero } from '../checks.ts';
import { bucketByLength, type BucketOptions } from './bucketByLength.ts';
import { Epochs } from './epochs.ts';
import { kindsOfItem } from './kinds.ts';
import { cache } from './cache.ts';
import { repeat } from './repeat.ts';
import { rowsOf } from './rows.ts';
import { fromIterable, indexed, type Source } from './source.ts';
import { sizesOf } from './split.ts';
import { batch, filter, map, shuffle, slice, zip } from './operators.ts';
import type { Batch, Position, Row } from './types.ts';

/** Options of {@link Dataset.shuffle}. */
export interface ShuffleOptions {
  /** Whether each epoch has its own order; by default true. */
  readonly reshuffle?: boolean;
  /** Size of the shuffle buffer for items without random access, such as after `filter`; by default 1024. */
  readonly buffer?: number;
}

/** Options of {@link Dataset.batch}. */
export interface BatchOptions {
  /** Whether to drop an incomplete last batch; by default false. */
  readonly dropRemainder?: boolean;
}

/**
 * A sequence of items. Steps can be chained; each returns a new data set and computes nothing until an item is requested.
 * With random access to the items, `shuffle`, `take`, `skip`, `split` and `zip` work on indices only.
 *
 * Each iteration is one epoch. `state` and `restore` resume an interrupted iteration at the same item.
 *
 * @example
 * const data = Dataset.fromTensors({ x: tensor([[1, 2], [3, 4], [5, 6]]), y: tensor([0, 1, 0]) });
 * for (const { x, y } of data.batch(2)) console.log(x.shape, y.shape);
 * [...data.batch(2)].map(({ x }) => x.toArray()); // => [[[1,2],[3,4]],[[5,6]]]
 */
export class Dataset<Item = Tree> extends Epochs<Item> {
  /**
   * Makes a data set from the rows of tensors.
   *
   * @param tensors - a tensor, or tensors in nested arrays and plain objects
   * @throws ShapeError if the tensors have no first axis or different lengths of it
   * @throws ValueError if the tree contains no tensors, or something else
   * @example
   * Dataset.fromTensors({ x: zeros([10, 4]), y: zeros([10]) }).size; // => 10
   */
  static fromTensors<const T extends Tree>(tensors: T, ...rest: readonly never[]): Dataset<Row<T>> {
    if (rest.length > 0)
      refuse('Dataset.fromTensors', 'rest', 'empty', rest, 'pass one object: `Dataset.fromTensors({ x, y })`');
    return new Dataset(rowsOf<Row<T>>(tensors));
  }

  /**
   * Makes a data set from a list, or from a function that returns a new iterable for each epoch.
   *
   * @throws ValueError for anything else, such as a generator, which can be iterated only once
   * @example
   * [...Dataset.from(['a', 'b', 'c']).batch(2)]; // => [['a','b'],['c']]
   */
  static from<Item>(items: readonly Item[] | ((epoch: number) => Iterable<Item> | AsyncIterable<Item>)): Dataset<Item> {
    if (typeof items === 'function') return new Dataset(fromIterable(items));
    if (!Array.isArray(items))
      throw new ValueError(
        `Dataset.from: \`items\` must be a list or a function, got ${showValue(items)}; ${isBranch(items) ? 'write `Dataset.fromTensors({ x, y })` for tensors' : 'wrap an iterable in a function that returns it'}`,
      );
    const view = { at: (place: number) => items[place] as Item };
    return new Dataset(indexed(items.length, false, () => view, items.length > 0 ? kindsOfItem(items[0]) : undefined));
  }

  /**
   * Shuffles the items. The order depends on the seed and the epoch only, and differs between epochs.
   *
   * @param seed - an integer
   * @throws OptionError if `seed` is not an integer
   * @throws StateError if the data set is endless
   * @example
   * const once = Dataset.fromTensors(arange(4)).shuffle(1);
   * [...once].map((x) => x.item()).sort(); // => 0,1,2,3
   */
  shuffle(seed: number, options: ShuffleOptions = {}): Dataset<Item> {
    aSeed('shuffle', 'seed', seed);
    checkOptions('shuffle', options, { reshuffle: aBoolean, buffer: aCount });
    const { reshuffle = true, buffer = 1024 } = options;
    if (this.size === Infinity)
      throw new StateError('shuffle: expects a finite data set, got an endless one; shuffle before `repeat`');
    return this.#derive(shuffle(this.source, seed, reshuffle, buffer));
  }

  /**
   * Keeps the first `n` items, or all if there are fewer.
   *
   * @throws OptionError if `n` is not an integer of at least 0
   * @example
   * Dataset.fromTensors(arange(5)).take(2).size; // => 2
   */
  take(n: number): Dataset<Item> {
    fromZero('take', 'n', n);
    return this.#derive(slice(this.source, 0, n));
  }

  /**
   * Skips the first `n` items.
   *
   * @throws OptionError if `n` is not an integer of at least 0
   * @example
   * Dataset.fromTensors(arange(5)).skip(2).size; // => 3
   */
  skip(n: number): Dataset<Item> {
    fromZero('skip', 'n', n);
    return this.#derive(slice(this.source, n, Infinity));
  }

  /**
   * Splits the items into disjoint parts.
   *
   * @param parts - the share of each part; they must add up to 1
   * @param options - `seed` selects the items at random, the same ones in each epoch; by default each part is a contiguous run
   * @throws OptionError if the shares are not between 0 and 1 or do not add up to 1
   * @throws StateError if the size is unknown, or a previous `shuffle` would move items between the parts
   * @example
   * const [train, test] = Dataset.fromTensors(arange(10)).split([0.8, 0.2], { seed: 1 });
   * [train.size, test.size]; // => [8,2]
   */
  split<const P extends readonly number[]>(
    parts: P,
    options: { readonly seed?: number } = {},
  ): { [K in keyof P]: Dataset<Item> } {
    listOf('a list of shares', aNumber)('split', 'parts', parts);
    checkOptions('split', options, { seed: aSeed });
    const { seed } = options;
    const from = seed === undefined ? this : this.shuffle(seed, { reshuffle: false });
    let start = 0;
    return sizesOf(this.source, parts).map((size) => {
      start += size;
      return this.#derive(slice(from.source, start - size, start));
    }) as unknown as { [K in keyof P]: Dataset<Item> };
  }

  /**
   * Groups items into batches of `size`. Stacks their tensors along a new first axis, `[size, …]`, and collects other values
   * in lists. The last batch may be smaller.
   *
   * @throws OptionError if `size` is not a positive integer
   * @throws ShapeError, while iterating, if items differ in shape or dtype
   * @example
   * Dataset.fromTensors(arange(5)).batch(2).size; // => 3
   */
  batch(size: number, options: BatchOptions = {}): Dataset<Batch<Item>> {
    aCount('batch', 'size', size);
    checkOptions('batch', options, { dropRemainder: aBoolean });
    return this.#derive(batch(this.source, size, options.dropRemainder ?? false) as Source<Batch<Item>>);
  }

  /**
   * Groups items of similar length into batches. That saves padding, and a compiled program sees few shapes.
   *
   * @param lengthOf - the length of an item, such as the number of steps in its sequence
   * @throws OptionError if boundaries do not increase or a size is below 1
   * @throws ValueError, while iterating, if an item is longer than the last boundary
   * @example
   * const words = Dataset.from(['a', 'bcd', 'e', 'fgh']);
   * [...words.bucketByLength((word) => word.length, { boundaries: [1, 3], size: 2 })]; // => [['a','e'],['bcd','fgh']]
   */
  bucketByLength<Padded = Item>(
    lengthOf: (item: Item) => number,
    options: BucketOptions<Item, Padded>,
  ): Dataset<Batch<Padded>> {
    aFunction('bucketByLength', 'lengthOf', lengthOf);
    return this.#derive(bucketByLength(this.source, lengthOf, options) as Source<Batch<Padded>>);
  }

  /**
   * Applies a function to each item and its index. If the function returns promises, iterate with `for await`.
   *
   * @example
   * [...Dataset.from([1, 2, 3]).map((x) => x * x)]; // => [1,4,9]
   */
  map<Out>(change: (item: Item, position: Position) => Out | PromiseLike<Out>): Dataset<Out> {
    aFunction('map', 'change', change);
    return this.#derive(map(this.source, change));
  }

  /**
   * Keeps the items for which a function returns true. The size becomes unknown.
   *
   * @example
   * [...Dataset.from([1, 2, 3, 4]).filter((x) => x % 2 === 0)]; // => [2,4]
   */
  filter(keep: (item: Item) => boolean): Dataset<Item> {
    aFunction('filter', 'keep', keep);
    return this.#derive(filter(this.source, keep));
  }

  /**
   * Pairs each item with the item of another data set at the same position; stops at the end of the shorter one.
   *
   * @example
   * [...Dataset.from([1, 2]).zip(Dataset.from(['a', 'b', 'c']))]; // => [[1,'a'],[2,'b']]
   */
  zip<Other>(other: Dataset<Other>): Dataset<[Item, Other]> {
    if (!(other instanceof Dataset)) refuse('zip', 'other', 'a Dataset', other);
    return this.#derive(zip(this.source, other.source));
  }

  /**
   * Joins `times` epochs into one, each with its own order; by default endless.
   *
   * @throws OptionError if `times` is neither an integer of at least 0 nor Infinity
   * @example
   * [...Dataset.from(['a', 'b']).repeat(2)]; // => ['a','b','a','b']
   */
  repeat(times: number = Infinity): Dataset<Item> {
    if (times !== Infinity) fromZero('repeat', 'times', times);
    if (times === Infinity && this.size === Infinity)
      throw new OptionError('repeat: expects a finite data set, got an endless one');
    return this.#derive(repeat(this.source, times));
  }

  /**
   * Caches the items of the first epoch in memory; later epochs yield the same objects. Put it after slow steps, such as reading
   * and decoding files, and before `shuffle` and random changes, so that these still differ between epochs. With random access,
   * each item is computed when it is first needed; otherwise the cache is filled by one complete pass. Failed items are not
   * cached.
   *
   * @throws StateError for an endless data set
   * @example
   * let reads = 0;
   * const data = Dataset.from(['a', 'b']).map((name) => `${name}${++reads}`).cache();
   * [[...data], [...data]]; // => [['a1','b2'],['a1','b2']]
   */
  cache(): Dataset<Item> {
    if (this.size === Infinity)
      throw new StateError('cache: expects a finite data set, got an endless one; cache before `repeat`');
    return this.#derive(cache(this.source));
  }

  /**
   * Computes up to `n` items early, if iterated with `for await`. Has no effect on `for`.
   *
   * @throws OptionError if `n` is not an integer of at least 0
   * @example
   * const slow = Dataset.from([1, 2]).map(async (x) => 10 * x).prefetch(2);
   * const items: number[] = [];
   * for await (const item of slow) items.push(item);
   * items; // => [10,20]
   */
  prefetch(n: number): Dataset<Item> {
    fromZero('prefetch', 'n', n);
    return new Dataset(this.source, this.epoch, n);
  }

  /** The number of items and their kind, as far as they are known without computing an item. */
  override toString(): string {
    const count = this.size === undefined ? 'unknown size' : this.size === Infinity ? 'endless' : `${this.size} items`;
    const kinds = this.source.kinds?.([]);
    return `Dataset (${count})${kinds === undefined ? '' : ` of ${kinds}`}`;
  }

  static {
    showByString(this);
  }

  #derive<Out>(source: Source<Out>): Dataset<Out> {
    return new Dataset(source, this.epoch, this.prefetchCount);
  }
}
