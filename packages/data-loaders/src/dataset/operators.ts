import { RandomSource } from '@chainrule/tensor';
import {
  type ItemStream,
  indexed,
  type MaybePromise,
  nextItem,
  settled,
  type Source,
  streamed,
  combine,
  type View,
  Pending,
  mapItem,
} from './source.ts';
import { batched, paired } from './kinds.ts';
import { stackItems } from './stackItems.ts';
import type { Position } from './types.ts';

/** A view with other indices. */
function reindex<Item>(view: View<Item>, placeOf: (place: number) => number): View<Item> {
  const { gather } = view;
  return { at: (place) => view.at(placeOf(place)), gather: gather && ((places) => gather(places.map(placeOf))) };
}

/** The items from index `from` up to, but not including, index `to`. */
export function slice<Item>(source: Source<Item>, from: number, to: number): Source<Item> {
  const { open, reshuffles, kinds } = source;
  const size = source.size === undefined ? undefined : Math.max(0, Math.min(to, source.size) - from);
  if (open && size !== undefined && size < Infinity) {
    const shifted = (epoch: number): View<Item> => (from ? reindex(open(epoch), (place) => place + from) : open(epoch));
    return indexed(size, reshuffles, shifted, kinds);
  }
  return {
    size,
    reshuffles,
    kinds,
    *stream(epoch, skipped) {
      let left = to - from - skipped;
      if (left <= 0) return;
      for (const item of source.stream(epoch, from + skipped)) {
        yield item;
        if (!(item instanceof Pending) && --left === 0) return;
      }
    },
  };
}

/** Shuffles items by seed and epoch; without random access, within a buffer. */
export function shuffle<Item>(source: Source<Item>, seed: number, reshuffle: boolean, buffer: number): Source<Item> {
  const random = (epoch: number): RandomSource => new RandomSource(seed, 'shuffle', reshuffle ? epoch : 0);
  const { open, size, kinds } = source;
  if (!open || size === undefined) {
    return {
      ...streamed<Item>(
        reshuffle || source.reshuffles,
        (epoch) => mix(source.stream(epoch, 0), random(epoch), buffer),
        kinds,
      ),
      size,
    };
  }
  const fixed = reshuffle ? undefined : random(0).permutation(size);
  const inOrder = (epoch: number): View<Item> => {
    const order = fixed ?? random(epoch).permutation(size);
    return reindex(open(epoch), (place) => order[place]!);
  };
  return indexed(size, reshuffle || source.reshuffles, inOrder, kinds);
}

function* mix<Item>(stream: ItemStream<Item>, random: RandomSource, size: number): ItemStream<Item> {
  const buffer: MaybePromise<Item>[] = [];
  for (const item of stream) {
    if (item instanceof Pending) yield item;
    else if (buffer.length < size) buffer.push(item);
    else {
      const place = random.below(size);
      yield buffer[place]!;
      buffer[place] = item;
    }
  }
  while (buffer.length) {
    const place = random.below(buffer.length);
    const last = buffer.pop()!;
    yield place < buffer.length ? buffer[place]! : last;
    if (place < buffer.length) buffer[place] = last;
  }
}

/** Applies a function to each item. */
export function map<A, B>(source: Source<A>, change: (item: A, position: Position) => B | PromiseLike<B>): Source<B> {
  const { open, size, reshuffles } = source;
  if (open && size !== undefined) {
    return indexed(size, reshuffles, (epoch) => {
      const view = open(epoch);
      return { at: (place) => mapItem(view.at(place), (item) => change(item, { epoch, item: place })) };
    });
  }
  return {
    size,
    reshuffles,
    *stream(epoch, from) {
      let place = from;
      for (const item of source.stream(epoch, from)) {
        if (item instanceof Pending) yield item;
        else {
          const position = { epoch, item: place++ };
          yield mapItem(item, (there) => change(there, position));
        }
      }
    },
  };
}

/** The items for which `keep` returns true. */
export function filter<Item>(source: Source<Item>, keep: (item: Item) => boolean): Source<Item> {
  const kept = function* (epoch: number): ItemStream<Item> {
    for (const item of settled(source.stream(epoch, 0))) {
      if (item instanceof Pending || keep(item)) yield item;
    }
  };
  return streamed(source.reshuffles, kept, source.kinds);
}

/** Groups items into batches of `size`. */
export function batch<Item>(source: Source<Item>, size: number, dropRemainder: boolean): Source<unknown> {
  const { open, reshuffles } = source;
  const kinds = source.kinds && batched(source.kinds, size);
  const stack = (items: MaybePromise<Item>[]): MaybePromise<unknown> =>
    mapItem(combine(items), (there) => stackItems('batch', there));
  const count =
    source.size === undefined
      ? undefined
      : dropRemainder
        ? Math.floor(source.size / size)
        : Math.ceil(source.size / size);
  if (open && count !== undefined) {
    const batches = (epoch: number): View<unknown> => {
      const view = open(epoch);
      return {
        at(place) {
          const places = Int32Array.from(
            { length: Math.min(size, source.size! - place * size) },
            (_, i) => place * size + i,
          );
          return view.gather ? view.gather(places) : stack(Array.from(places, (one) => view.at(one)));
        },
      };
    };
    return indexed(count, reshuffles, batches, kinds);
  }
  return {
    size: count,
    reshuffles,
    kinds,
    *stream(epoch, from) {
      let items: MaybePromise<Item>[] = [];
      for (const item of source.stream(epoch, from * size)) {
        if (item instanceof Pending) yield item;
        else if (items.push(item) === size) {
          yield stack(items);
          items = [];
        }
      }
      if (items.length && !dropRemainder) yield stack(items);
    },
  };
}

/** Pairs of items of two sources, until one ends. */
export function zip<A, B>(left: Source<A>, right: Source<B>): Source<[A, B]> {
  const pair = (a: MaybePromise<A>, b: MaybePromise<B>): MaybePromise<[A, B]> =>
    combine<A | B>([a, b]) as MaybePromise<[A, B]>;
  const reshuffles = left.reshuffles || right.reshuffles;
  const kinds = left.kinds && right.kinds && paired(left.kinds, right.kinds);
  const known = left.size !== undefined && right.size !== undefined;
  const size = known ? Math.min(left.size, right.size) : undefined;
  const [openLeft, openRight] = [left.open, right.open];
  if (openLeft && openRight && size !== undefined) {
    const pairs = (epoch: number): View<[A, B]> => {
      const [a, b] = [openLeft(epoch), openRight(epoch)];
      const gather = a.gather && b.gather && ((places: Int32Array) => [a.gather!(places), b.gather!(places)]);
      return { at: (place) => pair(a.at(place), b.at(place)), gather };
    };
    return indexed(size, reshuffles, pairs, kinds);
  }
  return {
    size,
    reshuffles,
    kinds,
    *stream(epoch, from) {
      const [a, b] = [left.stream(epoch, from), right.stream(epoch, from)];
      try {
        for (;;) {
          const one = yield* nextItem(a);
          if (one.done) return;
          const other = yield* nextItem(b);
          if (other.done) return;
          yield pair(one.value, other.value);
        }
      } finally {
        a.return();
        b.return();
      }
    },
  };
}
