/** Where early stopping ends a training, counted from 1. */
export interface EarlyStop {
  /** The epoch with the least loss until then. */
  readonly best: number;
  /** The epoch after which it stops; undefined if it does not. */
  readonly stopped: number | undefined;
}

/** Early stopping on the losses of the epochs: it stops when none of the last `patience` epochs was the best. */
export function stopEarly(losses: readonly number[], patience: number): EarlyStop {
  let best = 0;
  for (const [epoch, loss] of losses.entries()) {
    if (loss < losses[best]!) best = epoch;
    if (epoch - best >= patience) return { best: best + 1, stopped: epoch + 1 };
  }
  return { best: best + 1, stopped: undefined };
}
