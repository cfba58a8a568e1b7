/** Lets others work between two steps of a loop. */
export class Gate {
  /** The end of what others do now. */
  #held: Promise<unknown> | undefined;
  #closed = false;
  #leave: (() => void) | undefined;
  #left: Promise<void> | undefined;

  /** Waits until nobody else is at work. */
  async open(): Promise<void> {
    while (this.#held) await this.#held;
  }

  /** Between this and `leave` nobody else gets a turn. */
  enter(): void {
    this.#closed = true;
    this.#left = new Promise((resolve) => (this.#leave = resolve));
  }

  leave(): void {
    this.#closed = false;
    this.#leave?.();
  }

  /** Runs `work` as soon as the step is done, while the loop waits in {@link open}. */
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
