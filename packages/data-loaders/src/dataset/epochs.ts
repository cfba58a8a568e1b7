import { StateError } from '@chainrule/errors';
import { refuse } from '@chainrule/errors/check';
import { fromZero } from '../checks.ts';
import { ahead } from './ahead.ts';
import { type Flow, type Source, Wait } from './source.ts';
import type { Position } from './types.ts';

/** Where one iteration stands. */
interface Run<Item> {
  readonly flow: Flow<Item>;
  readonly position: { epoch: number; item: number };
}

/**
 * What can be gone through once an epoch: iterating takes the number `epoch` and advances it. What an epoch holds is a
 * function of its number, so that {@link state} and {@link restore} need two numbers to go on exactly where a program
 * stopped.
 */
export class Epochs<Item> implements Iterable<Item>, AsyncIterable<Item> {
  protected readonly source: Source<Item>;
  /** How many items are begun before they are asked for. */
  protected readonly ahead: number;
  #epoch: number;
  /** How many items the next iteration leaves out. */
  #skipped = 0;
  /** The position of the last iteration, until it has come to its end. */
  #position: Position | undefined;

  protected constructor(source: Source<Item>, epoch = 0, ahead = 0) {
    if (typeof (source as Partial<Source<Item>> | undefined)?.flow !== 'function')
      refuse(
        'Dataset',
        'source',
        'a source of items',
        source,
        'write `Dataset.from(list)` or `Dataset.fromTensors(tensors)`',
      );
    this.source = source;
    this.#epoch = epoch;
    this.ahead = ahead;
  }

  /** How many items an epoch has; undefined where only going through them tells. */
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
   * Where the last iteration stands: its epoch and how many items it has given. After the last item, the next epoch and 0;
   * where the size is not known, only once the iteration has come to its end.
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
   * Makes the next iteration go on at a position. Without random access the items before it are gone through once more.
   *
   * @param position - from {@link state} of a data set made in the same way
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

  /** The position; the next epoch's start where it is behind the last item. */
  #unlessOver({ epoch, item }: Position): Position {
    return item > 0 && item === this.size ? { epoch: epoch + 1, item: 0 } : { epoch, item };
  }

  /** Starts an epoch. */
  [Symbol.iterator](): IterableIterator<Item> {
    return this.#now(this.#start());
  }

  /** Starts an epoch; for what takes asynchronous iterables. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Item> {
    return this.#later(this.#start());
  }

  #start(): Run<Item> {
    const position = { epoch: this.#epoch, item: this.#skipped };
    this.#position = position;
    this.#epoch += 1;
    this.#skipped = 0;
    return { flow: this.source.flow(position.epoch, position.item), position };
  }

  *#now({ flow, position }: Run<Item>): Generator<Item, undefined> {
    for (const item of flow) {
      if (item instanceof Promise || item instanceof Wait) {
        (item instanceof Wait ? item.promise : item).catch(() => undefined);
        throw new StateError('Dataset: expects `for await` where items come asynchronously, got `for`');
      }
      position.item += 1;
      yield item;
    }
    if (this.#position === position) this.#position = undefined;
    return undefined;
  }

  async *#later({ flow, position }: Run<Item>): AsyncGenerator<Item, undefined> {
    for await (const item of ahead(flow, this.ahead)) {
      position.item += 1;
      yield item;
    }
    if (this.#position === position) this.#position = undefined;
    return undefined;
  }
}
