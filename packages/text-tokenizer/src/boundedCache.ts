/** A map that forgets everything when it is full: as good as forgetting the oldest, for words of a text, and cheaper. */
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
