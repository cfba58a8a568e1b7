/** A map that clears itself when it is full. For the words of a text, that works as well as dropping the oldest entry, and costs less. */
export class BoundedCache<V> {
  readonly #values = new Map<string, V>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: string): V | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: V): void {
    if (this.#values.size >= this.#capacity) this.#values.clear();
    this.#values.set(key, value);
  }
}
