/** Lets other work run between two steps of a loop. */
export class Gate {
  /** Settles when the other work ends. */
  #held: Promise<unknown> | undefined;
  #closed = false;
  #leave: (() => void) | undefined;
  #left: Promise<void> | undefined;

  /** Waits until no other work runs. */
  async open(): Promise<void> {
    while (this.#held) await this.#held;
  }

  /** Other work waits between this and `leave`. */
  enter(): void {
    this.#closed = true;
    this.#left = new Promise((resolve) => (this.#leave = resolve));
  }

  leave(): void {
    this.#closed = false;
    this.#leave?.();
  }

  /** Runs `work` after the running step, while the loop waits in {@link open}. */
  pause<T>(work: () => T | Promise<T>): Promise<T> {
    const before = this.#held ?? (this.#closed ? this.#left! : Promise.resolve());
    const done = before.then(work);
    const held: Promise<unknown> = done
      .catch(() => undefined)
      .then(() => {
        if (this.#held === held) this.#held = undefined;
      });
    this.#held = held;
    return done;
  }
}
