import { showValue, ValueError } from '@chainrule/errors';
import type { Kinds } from './kinds.ts';

/** An item, or a promise of an item from an asynchronous `map`. */
export type MaybePromise<T> = T | Promise<T>;

/** A stream yields this in place of an item if it must wait for a promise before it can continue. */
export class Pending {
  constructor(readonly promise: Promise<unknown>) {}
}

/** The items of one epoch in order. */
export type ItemStream<Item> = Generator<MaybePromise<Item> | Pending, void, undefined>;

/** Random access to the items of one epoch. */
export interface View<Item> {
  at(place: number): MaybePromise<Item>;
  /** Stacks several items into a batch, if that is faster than stacking separate items. */
  readonly gather?: ((places: Int32Array) => MaybePromise<unknown>) | undefined;
}

/**
 * The source of a data set's items. An epoch depends on its number only, so a position in it is a number, too.
 */
export interface Source<Item> {
  /** The number of items in an epoch; undefined if it is unknown before iteration. */
  readonly size: number | undefined;
  /** Whether the order of the items differs between epochs. */
  readonly reshuffles: boolean;
  /** The kind of the items, if it is known without computing one. */
  readonly kinds?: Kinds | undefined;
  /** Random access to an epoch, if items do not depend on earlier items. */
  readonly open?: ((epoch: number) => View<Item>) | undefined;
  /** The items of an epoch, from index `from` on. */
  stream(epoch: number, from: number): ItemStream<Item>;
}

/** A source with random access. */
export function indexed<Item>(
  size: number,
  reshuffles: boolean,
  open: (epoch: number) => View<Item>,
  kinds?: Kinds,
): Source<Item> {
  return {
    size,
    reshuffles,
    kinds,
    open,
    *stream(epoch, from) {
      const view = open(epoch);
      for (let place = from; place < size; place++) yield view.at(place);
    },
  };
}

/** A source without random access. */
export function streamed<Item>(
  reshuffles: boolean,
  stream: (epoch: number) => ItemStream<Item>,
  kinds?: Kinds,
): Source<Item> {
  return {
    size: undefined,
    kinds,
    reshuffles,
    stream: (epoch, from) => (from ? dropFirst(stream(epoch), from) : stream(epoch)),
  };
}

function* dropFirst<Item>(stream: ItemStream<Item>, n: number): ItemStream<Item> {
  let dropped = 0;
  for (const item of stream) {
    if (item instanceof Pending || dropped === n) yield item;
    else dropped += 1;
  }
}

/** A source that calls `start` for each epoch and yields the items of the result. */
export function fromIterable<Item>(start: (epoch: number) => Iterable<Item> | AsyncIterable<Item>): Source<Item> {
  return streamed(false, function* (epoch) {
    const items = start(epoch);
    if (!isIterable(items))
      throw new ValueError(`Dataset.from: \`items\` must return an iterable, got ${showValue(items)}`);
    if (Symbol.iterator in items) yield* items;
    else yield* fromAsync(items);
  });
}

const isIterable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);

function* fromAsync<Item>(items: AsyncIterable<Item>): ItemStream<Item> {
  const iterator = items[Symbol.asyncIterator]();
  let ended = false;
  try {
    for (;;) {
      let next: IteratorResult<Item> | undefined;
      yield new Pending(iterator.next().then((result) => (next = result)));
      ended = next?.done ?? true;
      if (ended) return;
      yield (next as IteratorYieldResult<Item>).value;
    }
  } finally {
    if (!ended) iterator.return?.()?.catch(() => undefined);
  }
}

/** The next item of a stream. Yields pending promises before it. */
export function* nextItem<Item>(
  stream: ItemStream<Item>,
): Generator<Pending, IteratorResult<MaybePromise<Item>, void>, undefined> {
  for (;;) {
    const next = stream.next();
    if (next.done) return next;
    if (!(next.value instanceof Pending)) return { done: false, value: next.value };
    yield next.value;
  }
}

/** The items of a stream, with promises resolved. */
export function* settled<Item>(stream: ItemStream<Item>): Generator<Item | Pending, void, undefined> {
  for (const item of stream) {
    if (!(item instanceof Promise)) yield item;
    else {
      const box: Item[] = [];
      yield new Pending(item.then((value) => box.push(value)));
      yield box[0]!;
    }
  }
}

/** Applies `change` to an item, at once or when its promise resolves. */
export function mapItem<A, B>(item: MaybePromise<A>, change: (item: A) => B | PromiseLike<B>): MaybePromise<B> {
  if (item instanceof Promise) return item.then(change);
  const result = change(item);
  return isThenable(result) ? Promise.resolve(result) : result;
}

/** A list of items, or a promise of the list if some items are promises. */
export function combine<Item>(items: MaybePromise<Item>[]): MaybePromise<Item[]> {
  return items.some((item) => item instanceof Promise) ? Promise.all(items) : (items as Item[]);
}

function isThenable<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
