/** An item, or one that an asynchronous `map` still works on. */
export type Maybe<T> = T | Promise<T>;

/** What a flow gives in place of an item when it cannot go on before a promise has settled. */
export class Wait {
  constructor(readonly promise: Promise<unknown>) {}
}

/** The items of one epoch in turn. */
export type Flow<Item> = Generator<Maybe<Item> | Wait, void, undefined>;

/** The items of one epoch by place. */
export interface View<Item> {
  at(place: number): Maybe<Item>;
  /** Several items in a batch, where that is cheaper than to put them together one by one. */
  readonly gather?: ((places: Int32Array) => Maybe<unknown>) | undefined;
}

/**
 * What a data set draws from. An epoch is a function of its number alone, so that a position in it is a number too.
 */
export interface Source<Item> {
  /** How many items an epoch has; undefined where only going through them tells. */
  readonly size: number | undefined;
  /** Whether epochs differ in what stands where. */
  readonly reshuffles: boolean;
  /** The items of an epoch by place, if none needs the ones before it. */
  readonly open?: ((epoch: number) => View<Item>) | undefined;
  /** The items of an epoch in turn, after the first `from`. */
  flow(epoch: number, from: number): Flow<Item>;
}

/** A source of items by place. */
export function indexed<Item>(size: number, reshuffles: boolean, open: (epoch: number) => View<Item>): Source<Item> {
  return {
    size,
    reshuffles,
    open,
    *flow(epoch, from) {
      const view = open(epoch);
      for (let place = from; place < size; place++) yield view.at(place);
    },
  };
}

/** A source that can only be gone through from the start. */
export function streamed<Item>(reshuffles: boolean, flow: (epoch: number) => Flow<Item>): Source<Item> {
  return { size: undefined, reshuffles, flow: (epoch, from) => (from ? dropFirst(flow(epoch), from) : flow(epoch)) };
}

function* dropFirst<Item>(flow: Flow<Item>, n: number): Flow<Item> {
  let dropped = 0;
  for (const item of flow) {
    if (item instanceof Wait || dropped === n) yield item;
    else dropped += 1;
  }
}

/** A source of what `start` gives, started anew for each epoch. */
export function fromIterable<Item>(start: (epoch: number) => Iterable<Item> | AsyncIterable<Item>): Source<Item> {
  return streamed(false, function* (epoch) {
    const items = start(epoch);
    if (Symbol.iterator in items) yield* items;
    else yield* fromAsync(items);
  });
}

function* fromAsync<Item>(items: AsyncIterable<Item>): Flow<Item> {
  const iterator = items[Symbol.asyncIterator]();
  let ended = false;
  try {
    for (;;) {
      let next: IteratorResult<Item> | undefined;
      yield new Wait(iterator.next().then((result) => (next = result)));
      ended = next?.done ?? true;
      if (ended) return;
      yield (next as IteratorYieldResult<Item>).value;
    }
  } finally {
    if (!ended) iterator.return?.()?.catch(() => undefined);
  }
}

/** The next item of a flow; passes its waits on. */
export function* pull<Item>(flow: Flow<Item>): Generator<Wait, IteratorResult<Maybe<Item>, void>, undefined> {
  for (;;) {
    const next = flow.next();
    if (next.done) return next;
    if (!(next.value instanceof Wait)) return { done: false, value: next.value };
    yield next.value;
  }
}

/** The items of a flow, none of them pending. */
export function* settled<Item>(flow: Flow<Item>): Generator<Item | Wait, void, undefined> {
  for (const item of flow) {
    if (!(item instanceof Promise)) yield item;
    else {
      const box: Item[] = [];
      yield new Wait(item.then((value) => box.push(value)));
      yield box[0]!;
    }
  }
}

/** Applies `change` now, or when the item is there. */
export function whenThere<A, B>(item: Maybe<A>, change: (item: A) => B | PromiseLike<B>): Maybe<B> {
  if (item instanceof Promise) return item.then(change);
  const result = change(item);
  return isThenable(result) ? Promise.resolve(result) : result;
}

/** A list with some pending items as one that is pending. */
export function together<Item>(items: Maybe<Item>[]): Maybe<Item[]> {
  return items.some((item) => item instanceof Promise) ? Promise.all(items) : (items as Item[]);
}

function isThenable<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
