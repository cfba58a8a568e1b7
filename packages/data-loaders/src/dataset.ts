import { OptionError, ShapeError, showShape, showValue, StateError, ValueError } from '@chainrule/errors';
import { allocate, type DType, isTensor, type Shape, sizeOf, Tensor, type Tree, treeLeaves, treeMap } from '@chainrule/tensor';
import { checkSeed, RandomSource } from './random.ts';

type RowShape<S extends Shape> = S extends readonly [unknown, ...infer Rest extends Shape] ? Rest : Shape;
type BatchShape<S extends Shape> = S extends readonly [unknown, ...infer Rest extends Shape] ? [number, ...Rest] : Shape;

/** The tree with one row of each tensor: a tensor of shape `[n, …rest]` becomes one of shape `[…rest]`. */
export type Row<T> = Tree extends T
  ? Tree
  : T extends Tensor<infer S extends Shape, infer D extends DType>
    ? Tensor<RowShape<S>, D>
    : T extends Tensor<Shape, infer D extends DType>
      ? Tensor<Shape, D>
      : { readonly [K in keyof T]: Row<T[K]> };

/** The tree with some rows of each tensor: a tensor of shape `[n, …rest]` becomes one of shape `[number, …rest]`. */
export type Batch<T> = Tree extends T
  ? Tree
  : T extends Tensor<infer S extends Shape, infer D extends DType>
    ? Tensor<BatchShape<S>, D>
    : T extends Tensor<Shape, infer D extends DType>
      ? Tensor<Shape, D>
      : { readonly [K in keyof T]: Batch<T[K]> };

/** The row that an item is, or the rows of a batch. */
type Rows = number | Int32Array;
/** What stands at each place of an epoch. */
type Order = (place: number) => Rows;

/** Options of {@link Dataset.shuffle}. */
export interface ShuffleOptions {
  /** Whether each epoch has an order of its own; by default true. */
  readonly reshuffle?: boolean;
}

/** Options of {@link Dataset.batch}. */
export interface BatchOptions {
  /** Whether to leave out a last batch of fewer rows; by default false. */
  readonly dropRemainder?: boolean;
}

/**
 * Rows of tensors that share their first axis, in an order, one by one or in batches. The steps chain and leave the
 * data set that they are called on as it is; they handle row numbers only, and values are copied when an item is made.
 *
 * Each iteration is an epoch: iterating takes the number `epoch` and advances it.
 *
 * @example
 * const data = Dataset.fromTensors({ x: tensor([[1, 2], [3, 4], [5, 6]]), y: tensor([0, 1, 0]) });
 * for (const { x, y } of data.batch(2)) console.log(x.shape, y.shape);
 * [...data.batch(2)].map(({ x }) => x.toArray()); // => [[[1,2],[3,4]],[[5,6]]]
 */
export class Dataset<T extends Tree = Tree, Item = Row<T>> implements Iterable<Item>, AsyncIterable<Item> {
  /** How many items an epoch has: rows, or batches. */
  readonly size: number;
  /** The number of the next epoch. Assign it to repeat an epoch or to go on after a restart. */
  epoch: number;
  readonly #tensors: T;
  readonly #isBatched: boolean;
  readonly #order: (epoch: number) => Order;

  private constructor(tensors: T, size: number, order: (epoch: number) => Order, from: { epoch: number; isBatched: boolean }) {
    this.#tensors = tensors;
    this.size = size;
    this.#order = order;
    this.epoch = from.epoch;
    this.#isBatched = from.isBatched;
  }

  /**
   * A data set of the rows of tensors.
   *
   * @param tensors - a tensor, or tensors in nested arrays and plain objects
   * @throws ShapeError when the tensors have no first axis or differ in it
   * @throws ValueError when the tree holds no tensors, or something else
   * @example
   * Dataset.fromTensors({ x: zeros([10, 4]), y: zeros([10]) }).size; // => 10
   */
  static fromTensors<const T extends Tree>(tensors: T): Dataset<T> {
    return new Dataset<T>(tensors, countRows(tensors), () => (place) => place, { epoch: 0, isBatched: false });
  }

  /**
   * The items in a random order, which differs from epoch to epoch and is the same for the same seed and epoch. Split
   * first, or with `reshuffle: false`; otherwise items wander between the parts.
   *
   * @param seed - an integer
   * @throws ValueError when `seed` is not an integer
   * @example
   * const once = Dataset.fromTensors(arange(4)).shuffle(1);
   * [...once].map((x) => x.item()).sort(); // => 0,1,2,3
   */
  shuffle(seed: number, options: ShuffleOptions = {}): Dataset<T, Item> {
    checkSeed('shuffle', seed);
    const { reshuffle = true } = options;
    const permutation = (epoch: number): Int32Array => new RandomSource(seed, 'shuffle', epoch).permutation(this.size);
    const fixed = reshuffle ? undefined : permutation(0);
    return this.#derive(this.size, (order, epoch) => {
      const from = fixed ?? permutation(epoch);
      return (place) => order(from[place]!);
    });
  }

  /**
   * The first `n` items, or all if there are fewer.
   *
   * @throws OptionError when `n` is not an integer of at least 0
   * @example
   * Dataset.fromTensors(arange(5)).take(2).size; // => 2
   */
  take(n: number): Dataset<T, Item> {
    return this.#derive(Math.min(checkCount('take', 'n', n, 0), this.size), (order) => order);
  }

  /**
   * The items after the first `n`.
   *
   * @throws OptionError when `n` is not an integer of at least 0
   * @example
   * Dataset.fromTensors(arange(5)).skip(2).size; // => 3
   */
  skip(n: number): Dataset<T, Item> {
    return this.#derive(Math.max(0, this.size - checkCount('skip', 'n', n, 0)), (order) => (place) => order(place + n));
  }

  /**
   * Rows in batches of `size`, tensors of shape `[size, …]`; the last one may be smaller.
   *
   * @throws OptionError when `size` is not an integer of at least 1
   * @throws StateError when the items are batches already
   * @example
   * Dataset.fromTensors(arange(5)).batch(2).size; // => 3
   * Dataset.fromTensors(arange(5)).batch(2, { dropRemainder: true }).size; // => 2
   */
  batch(size: number, options: BatchOptions = {}): Dataset<T, Batch<T>> {
    checkCount('batch', 'size', size, 1);
    if (this.#isBatched) throw new StateError('batch: expects rows, got batches; call `batch` once');
    const count = (options.dropRemainder ? Math.floor : Math.ceil)(this.size / size);
    const order = (epoch: number): Order => {
      const row = this.#order(epoch) as (place: number) => number;
      return (place) => Int32Array.from({ length: Math.min(size, this.size - place * size) }, (_, i) => row(place * size + i));
    };
    return new Dataset<T, Batch<T>>(this.#tensors, count, order, { epoch: this.epoch, isBatched: true });
  }

  /** Starts an epoch. */
  [Symbol.iterator](): IterableIterator<Item> {
    return this.#items(this.#order(this.epoch++));
  }

  /** Starts an epoch; for what takes asynchronous iterables. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Item> {
    const items = this.#items(this.#order(this.epoch++));
    return {
      next: () => new Promise((resolve) => resolve(items.next())),
      return: () => Promise.resolve(items.return(undefined)),
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  *#items(order: Order): Generator<Item, undefined> {
    for (let place = 0; place < this.size; place++) {
      const rows = order(place);
      yield treeMap(this.#tensors, (leaf) => takeRows(leaf as Tensor, rows)) as Item;
    }
    return undefined;
  }

  #derive(size: number, change: (order: Order, epoch: number) => Order): Dataset<T, Item> {
    const order = (epoch: number): Order => change(this.#order(epoch), epoch);
    return new Dataset<T, Item>(this.#tensors, size, order, { epoch: this.epoch, isBatched: this.#isBatched });
  }
}

function countRows(tensors: unknown): number {
  const leaves = treeLeaves(tensors);
  for (const { path, leaf } of leaves) {
    if (!isTensor(leaf)) throw new ValueError(`Dataset.fromTensors: \`${path || 'tensors'}\` must be a tensor, got ${showValue(leaf)}`);
    if (leaf.rank === 0) throw new ShapeError(`Dataset.fromTensors: \`${path || 'tensors'}\` must have rows, got shape []`);
  }
  const first = leaves[0];
  if (!first) throw new ValueError('Dataset.fromTensors: `tensors` must hold a tensor, got none');
  const rows = (first.leaf as Tensor).shape[0]!;
  for (const { path, leaf } of leaves) {
    const { shape } = leaf as Tensor;
    if (shape[0] !== rows) throw new ShapeError(`Dataset.fromTensors: \`${path}\` must have ${rows} rows as \`${first.path}\` has, got shape ${showShape(shape)}`);
  }
  return rows;
}

function checkCount(op: string, parameter: string, n: number, least: number): number {
  if (Number.isSafeInteger(n) && n >= least) return n;
  throw new OptionError(`${op}: \`${parameter}\` must be an integer of at least ${least}, got ${showValue(n)}`);
}

/** A copy of one row without its axis, or of several with it. */
function takeRows(from: Tensor, rows: Rows): Tensor {
  const row = from.shape.slice(1);
  const length = sizeOf(row);
  const values = from['~values'];
  const places = typeof rows === 'number' ? [rows] : rows;
  const copy = allocate(from.dtype, places.length * length);
  for (let i = 0; i < places.length; i++) copy.set(values.subarray(places[i]! * length, (places[i]! + 1) * length), i * length);
  return new Tensor(typeof rows === 'number' ? row : [rows.length, ...row], from.dtype, copy);
}
