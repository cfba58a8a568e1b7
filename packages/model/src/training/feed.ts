import { FlatBatch, type FlatBatches, type GivenBatch } from './batches.ts';

/** The batches of one epoch after another. */
export class Feed {
  readonly #batches: FlatBatches;
  readonly #steps: number | undefined;
  readonly #signal: AbortSignal;
  readonly #convert: (batch: GivenBatch) => FlatBatch;
  #pass: Iterator<GivenBatch | FlatBatch> | AsyncIterator<GivenBatch | FlatBatch> | undefined;

  /**
   * @param steps - batches in an epoch: each epoch continues where the one before ended, and starts over at the end of the
   *   data. By default an epoch is one pass over the data
   * @param convert - converts a batch to tensors
   * @param signal - ends epochs without waiting for a pending batch
   */
  constructor(
    batches: FlatBatches,
    convert: (batch: GivenBatch) => FlatBatch,
    steps: number | undefined,
    signal: AbortSignal,
  ) {
    this.#convert = convert;
    this.#batches = batches;
    this.#steps = steps;
    this.#signal = signal;
  }

  /** The batches of the next epoch; fewer than `steps` only if the data or the signal end. */
  async *epoch(): AsyncGenerator<FlatBatch> {
    for (let i = 0; this.#steps === undefined || i < this.#steps; i++) {
      let batch = await this.#next();
      if (!batch && this.#steps !== undefined) batch = await this.#next();
      if (!batch) return;
      yield batch;
    }
  }

  /** Closes the data's iterator. */
  close(): void {
    const pass = this.#pass;
    this.#pass = undefined;
    // An error while closing has no consequence.
    void (async () => pass?.return?.())().catch(() => undefined);
  }

  /** The next batch of this pass, or undefined at its end. The call after that starts another pass. */
  async #next(): Promise<FlatBatch | undefined> {
    if (this.#signal.aborted) return undefined;
    const data = this.#batches;
    this.#pass ??= Symbol.asyncIterator in data ? data[Symbol.asyncIterator]() : data[Symbol.iterator]();
    const found = await unlessAborted(this.#pass.next(), this.#signal);
    if (!found) return undefined;
    if (!found.done) return found.value instanceof FlatBatch ? found.value : this.#convert(found.value);
    this.#pass = undefined;
    return undefined;
  }
}

/** Awaits the promise; undefined if the signal comes first. */
function unlessAborted<T>(value: T | Promise<T>, signal: AbortSignal): T | Promise<T | undefined> {
  if (!(value instanceof Promise)) return value;
  return new Promise((resolve, reject) => {
    const give = (): void => resolve(undefined);
    signal.addEventListener('abort', give);
    value.then(resolve, reject).finally(() => signal.removeEventListener('abort', give));
  });
}
