import { type Flow, type Maybe, Wait } from './source.ts';

/** An item in a box, so that awaiting the box does not await the item; nothing at the end. */
type Box<Item> = { readonly item: Maybe<Item> } | undefined;

const ignore = (): void => undefined;

/**
 * The items of a flow, up to `n` of them begun before they are asked for. What is ahead is begun in tasks of its own,
 * one item each, so that it fills the time in which the consumer waits for something else and delays no item that is
 * ready.
 */
export async function* ahead<Item>(flow: Flow<Item>, n: number): AsyncGenerator<Item, undefined> {
  const queue: Promise<Box<Item>>[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  const pull = (): Promise<Box<Item>> => {
    const box = last.then(() => advance(flow));
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
    queue.push(pull());
    schedule();
  };
  const schedule = (): void => {
    if (!ended && queue.length < n) timer ??= setTimeout(fill, 0);
  };
  try {
    for (;;) {
      const box = queue.shift() ?? pull();
      schedule();
      const got = await box;
      if (!got) return undefined;
      yield await got.item;
    }
  } finally {
    ended = true;
    clearTimeout(timer);
    flow.return();
  }
}

/** The next item, which may be pending; waits for what the flow waits for. */
async function advance<Item>(flow: Flow<Item>): Promise<Box<Item>> {
  for (;;) {
    const next = flow.next();
    if (next.done) return undefined;
    if (!(next.value instanceof Wait)) {
      const item = next.value;
      // Whoever takes the item sees its error; nobody may.
      if (item instanceof Promise) item.catch(ignore);
      return { item };
    }
    await next.value.promise;
  }
}
