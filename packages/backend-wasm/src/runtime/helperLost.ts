/** A helper was lost with work in hand. What the run wrote is worth nothing, and the thread may still write there until it has ended. */
export class HelperLost extends Error {
  override readonly name = 'HelperLost';

  constructor(
    reason: string,
    /** When the thread has ended, where that can be known. */
    readonly ended: Promise<void>,
  ) {
    super(`a helper thread was lost (${reason})`);
  }
}
