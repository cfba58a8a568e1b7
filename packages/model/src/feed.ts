import type { Batches, GivenBatch, TrainingBatch } from './batches.ts';

/** Batches, epoch after epoch. */
export class Feed {
  readonly #batches: Batches;
  readonly #steps: number | undefined;
  readonly #signal: AbortSignal;
  readonly #convert: (batch: GivenBatch) => TrainingBatch;
  #pass: Iterator<GivenBatch> | AsyncIterator<GivenBatch> | undefined;

  /**
   * @param steps - batches in an epoch: epochs go on where the one before ended, and begin anew at the end of the data. By
   *   default an epoch goes through the data once
   * @param convert - makes tensors of what a batch holds
   * @param signal - ends epochs, and does not wait for a batch that is on its way
   */
  constructor(
    batches: Batches,
    convert: (batch: GivenBatch) => TrainingBatch,
    steps: number | undefined,
    signal: AbortSignal,
  ) {
    this.#convert = convert;
    this.#batches = batches;
    this.#steps = steps;
    this.#signal = signal;
  }

  /** The batches of the next epoch; fewer than `steps` only where the data give nothing more, or the signal ended it. */
  async *epoch(): AsyncGenerator<TrainingBatch> {
    for (let i = 0; this.#steps === undefined || i < this.#steps; i++) {
      let batch = await this.#next();
      if (!batch && this.#steps !== undefined) batch = await this.#next();
      if (!batch) return;
      yield batch;
    }
  }

  /** Tells the data that no more is wanted. */
  close(): void {
    const pass = this.#pass;
    this.#pass = undefined;
    // What is lost on the way out concerns nobody any more.
    void (async () => pass?.return?.())().catch(() => undefined);
  }

  /** The next batch of this pass; undefined at its end, after which comes the first of another. */
  async #next(): Promise<TrainingBatch | undefined> {
    if (this.#signal.aborted) return undefined;
    const data = this.#batches;
    this.#pass ??= Symbol.asyncIterator in data ? data[Symbol.asyncIterator]() : data[Symbol.iterator]();
    const found = await unlessAborted(this.#pass.next(), this.#signal);
    if (!found) return undefined;
    if (!found.done) return this.#convert(found.value);
    this.#pass = undefined;
    return undefined;
  }
}

/** What is waited for; undefined if the signal comes first. */
function unlessAborted<T>(value: T | Promise<T>, signal: AbortSignal): T | Promise<T | undefined> {
  if (!(value instanceof Promise)) return value;
  return new Promise((resolve, reject) => {
    const give = (): void => resolve(undefined);
    signal.addEventListener('abort', give);
    value.then(resolve, reject).finally(() => signal.removeEventListener('abort', give));
  });
}
