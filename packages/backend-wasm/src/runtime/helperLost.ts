/**
 * A helper was lost while it was computing a unit. The results of the run are invalid, and the thread may still write
 * to them.
 */
export class HelperLost extends Error {
  override readonly name = 'HelperLost';

  constructor(
    reason: string,
    /** Resolves when the thread has ended, if that can be detected. */
    readonly ended: Promise<void>,
  ) {
    super(`a helper thread was lost (${reason})`);
  }
}
