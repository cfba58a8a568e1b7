import {
  combine,
  indexed,
  type ItemStream,
  type MaybePromise,
  Pending,
  type Source,
  streamed,
  type View,
} from './source.ts';

/**
 * Caches the items of the first epoch. With random access, caches each item when it is computed; otherwise caches all items at
 * the end of a complete pass. Computes failed items again.
 */
export function cache<Item>(source: Source<Item>): Source<Item> {
  const { open, size, kinds } = source;
  if (!open || size === undefined || size === Infinity) return { ...cachedStream(source), size };
  let view: View<Item> | undefined;
  const opened = (): View<Item> => (view ??= cachedView(open(0)));
  return indexed(size, false, opened, kinds);
}

/** A view that computes each item once. Rows of tensors, which `gather` stacks, are already in memory. */
function cachedView<Item>(view: View<Item>): View<Item> {
  if (view.gather) return view;
  const items = new Map<number, MaybePromise<Item>>();
  return {
    at(place) {
      if (items.has(place)) return items.get(place)!;
      const item = view.at(place);
      items.set(place, item);
      if (item instanceof Promise)
        item.then(
          (value) => items.set(place, value),
          () => items.delete(place),
        );
      return item;
    },
  };
}

function cachedStream<Item>(source: Source<Item>): Source<Item> {
  let kept: readonly Item[] | undefined;
  return streamed(
    false,
    function* (): ItemStream<Item> {
      if (kept) yield* kept;
      else {
        const items: MaybePromise<Item>[] = [];
        for (const item of source.stream(0, 0)) {
          if (!(item instanceof Pending)) items.push(item);
          yield item;
        }
        const all = combine(items);
        if (!(all instanceof Promise)) kept ??= all;
        else
          all.then(
            (values) => (kept ??= values),
            () => undefined,
          );
      }
    },
    source.kinds,
  );
}
