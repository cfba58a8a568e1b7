import { type ItemStream, type MaybePromise, Pending } from './source.ts';

/** An item in an object, so that awaiting the object does not await the item; undefined at the end. */
type Box<Item> = { readonly item: MaybePromise<Item> } | undefined;

const ignore = (): void => undefined;

/**
 * Yields the items of a stream and starts to compute up to `n` of them early. Each starts in its own task, so it uses the
 * time in which the consumer waits, and does not delay items that are ready.
 */
export async function* prefetched<Item>(stream: ItemStream<Item>, n: number): AsyncGenerator<Item, undefined> {
  const queue: Promise<Box<Item>>[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  const nextItem = (): Promise<Box<Item>> => {
    const box = last.then(() => advance(stream));
    box.then(
      (got) => (ended ||= !got),
      () => (ended = true),
    );
    last = box.catch(ignore);
    return box;
  };
  const fill = (): void => {
    timer = undefined;
    if (ended || queue.length >= n) return;
    queue.push(nextItem());
    schedule();
  };
  const schedule = (): void => {
    if (!ended && queue.length < n) timer ??= setTimeout(fill, 0);
  };
  try {
    for (;;) {
      const box = queue.shift() ?? nextItem();
      schedule();
      const got = await box;
      if (!got) return undefined;
      yield await got.item;
    }
  } finally {
    ended = true;
    clearTimeout(timer);
    stream.return();
  }
}

/** The next item, possibly a promise. Awaits pending promises before it. */
async function advance<Item>(stream: ItemStream<Item>): Promise<Box<Item>> {
  for (;;) {
    const next = stream.next();
    if (next.done) return undefined;
    if (!(next.value instanceof Pending)) {
      const item = next.value;
      // The consumer of the item handles its error; without a consumer, ignore it.
      if (item instanceof Promise) item.catch(ignore);
      return { item };
    }
    await next.value.promise;
  }
}
