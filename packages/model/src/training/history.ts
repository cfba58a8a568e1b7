import type { EpochLogs } from '../callbacks/callbacks.ts';

/** What `fit` returns: an array with the logs of each epoch. Notebooks draw its curves. */
export class History extends Array<EpochLogs> {
  /** `map` and `slice` return plain arrays. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}
