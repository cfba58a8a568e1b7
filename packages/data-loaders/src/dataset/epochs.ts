import { StateError } from '@chainrule/errors';
import { refuse } from '@chainrule/errors/check';
import { fromZero } from '../checks.ts';
import { prefetched } from './prefetch.ts';
import { type ItemStream, type Source, Pending } from './source.ts';
import type { Position } from './types.ts';

/** The state of one iteration. */
interface Iteration<Item> {
  readonly stream: ItemStream<Item>;
  readonly position: { epoch: number; item: number };
}

/**
 * An iterable in which each iteration is one epoch: it uses the current epoch number and increments it. The items of an
 * epoch depend on this number only, so {@link state} needs two numbers to resume at the same item.
 */
export class Epochs<Item> implements Iterable<Item>, AsyncIterable<Item> {
  protected readonly source: Source<Item>;
  /** Number of items that asynchronous iteration computes early. */
  protected readonly prefetchCount: number;
  #epoch: number;
  /** Number of items that the next iteration skips. */
  #skipped = 0;
  /** The position of the last iteration, until that ends. */
  #position: Position | undefined;

  protected constructor(source: Source<Item>, epoch = 0, prefetchCount = 0) {
    if (typeof (source as Partial<Source<Item>> | undefined)?.stream !== 'function')
      refuse(
        'Dataset',
        'source',
        'a source of items',
        source,
        'write `Dataset.from(list)` or `Dataset.fromTensors(tensors)`',
      );
    this.source = source;
    this.#epoch = epoch;
    this.prefetchCount = prefetchCount;
  }

  /** The number of items in an epoch; undefined if it is unknown before iteration. */
  get size(): number | undefined {
    return this.source.size;
  }

  /** The number of the next epoch. Assign it to repeat an epoch. */
  get epoch(): number {
    return this.#epoch;
  }

  set epoch(epoch: number) {
    this.restore({ epoch, item: 0 });
  }

  /**
   * The position of the last iteration: its epoch, and the number of items yielded. After the last item it is the start of the
   * next epoch; if the size is unknown, only after the iteration has ended.
   *
   * @example
   * const data = Dataset.from(['a', 'b', 'c']);
   * for (const item of data) if (item === 'b') break;
   * data.state(); // => {"epoch":0,"item":2}
   */
  state(): Position {
    return this.#unlessOver(this.#position ?? { epoch: this.#epoch, item: this.#skipped });
  }

  /**
   * Makes the next iteration resume at a position. Without random access, it computes the earlier items again.
   *
   * @param position - the {@link state} of a data set with the same steps
   * @throws OptionError if `position` is not a position
   * @example
   * const data = Dataset.from(['a', 'b', 'c']);
   * data.restore({ epoch: 0, item: 2 });
   * [...data]; // => ['c']
   */
  restore(position: Position): void {
    const given = (position as Partial<Position> | null) ?? {};
    fromZero('restore', 'position.epoch', given.epoch);
    fromZero('restore', 'position.item', given.item);
    const { epoch, item } = this.#unlessOver(position);
    this.#epoch = epoch;
    this.#skipped = item;
    this.#position = undefined;
  }

  /** The position, or the start of the next epoch for a position after the last item. */
  #unlessOver({ epoch, item }: Position): Position {
    return item > 0 && item === this.size ? { epoch: epoch + 1, item: 0 } : { epoch, item };
  }

  /** Starts an epoch. */
  [Symbol.iterator](): IterableIterator<Item> {
    return this.#now(this.#start());
  }

  /** Starts an epoch asynchronously, for `for await`. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Item> {
    return this.#later(this.#start());
  }

  #start(): Iteration<Item> {
    const position = { epoch: this.#epoch, item: this.#skipped };
    this.#position = position;
    this.#epoch += 1;
    this.#skipped = 0;
    return { stream: this.source.stream(position.epoch, position.item), position };
  }

  *#now({ stream, position }: Iteration<Item>): Generator<Item, undefined> {
    for (const item of stream) {
      if (item instanceof Promise || item instanceof Pending) {
        (item instanceof Pending ? item.promise : item).catch(() => undefined);
        throw new StateError('Dataset: expects `for await` for asynchronous items, got `for`');
      }
      position.item += 1;
      yield item;
    }
    if (this.#position === position) this.#position = undefined;
    return undefined;
  }

  async *#later({ stream, position }: Iteration<Item>): AsyncGenerator<Item, undefined> {
    for await (const item of prefetched(stream, this.prefetchCount)) {
      position.item += 1;
      yield item;
    }
    if (this.#position === position) this.#position = undefined;
    return undefined;
  }
}
