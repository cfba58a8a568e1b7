import { indexed, type Source, type View, Pending } from './source.ts';

/** Joins `times` epochs into one. In an endless source, epoch `n` starts with the inner epoch `n`. */
export function repeat<Item>(source: Source<Item>, times: number): Source<Item> {
  const { open, size, reshuffles, kinds } = source;
  const first = (epoch: number): number => (times === Infinity ? epoch : epoch * times);
  if (open && size !== undefined && times < Infinity) {
    const whole = indexed<Item>(size * times, reshuffles, (epoch) => {
      const views: View<Item>[] = [];
      return {
        at(place) {
          const pass = Math.floor(place / size);
          return (views[pass] ??= open(first(epoch) + pass)).at(place - pass * size);
        },
      };
    });
    // Streaming keeps the order of only one epoch in memory.
    return { ...whole, kinds, stream: (epoch, from) => passes(source, first(epoch), times, from) };
  }
  return {
    size: size === undefined ? (times === Infinity ? Infinity : undefined) : size && size * times,
    reshuffles,
    kinds,
    stream: (epoch, from) => passes(source, first(epoch), times, from),
  };
}

function* passes<Item>(
  source: Source<Item>,
  first: number,
  times: number,
  from: number,
): ReturnType<Source<Item>['stream']> {
  let left = from;
  let pass = 0;
  if (source.size) {
    pass = Math.floor(from / source.size);
    left = from % source.size;
  }
  for (; pass < times; pass++) {
    let count = 0;
    // If the size is unknown, compute and drop the items before `from`.
    for (const item of source.stream(first + pass, source.size ? left : 0)) {
      if (item instanceof Pending) yield item;
      else {
        count += 1;
        if (source.size || count > left) yield item;
      }
    }
    if (count === 0) return;
    left = source.size ? 0 : Math.max(0, left - count);
  }
}
