import { showValue, ValueError } from '@chainrule/errors';

/** Ids are below this, so that two of them make one exact number. */
export const idLimit: number = 2 ** 26;

/**
 * Tokens and their ids, which need not follow one another.
 *
 * @throws ValueError where an id is no whole number from 0 to 2²⁶ − 1, or two tokens have the same
 * @example
 * const vocabulary = new Vocabulary(['<pad>', 'a', 'b']);
 * [vocabulary.id('b'), vocabulary.token(0), vocabulary.size]; // => [2,'<pad>',3]
 */
export class Vocabulary {
  readonly #ids: ReadonlyMap<string, number>;
  readonly #tokens = new Map<number, string>();

  /** @param tokens - in the order of their ids, or each with its id */
  constructor(tokens: readonly string[] | ReadonlyMap<string, number>) {
    this.#ids = tokens instanceof Map ? tokens : new Map((tokens as readonly string[]).map((token, id) => [token, id]));
    for (const [token, id] of this.#ids) {
      if (!Number.isInteger(id) || id < 0 || id >= idLimit) throw new ValueError(`Vocabulary: ids must be whole numbers from 0 to ${idLimit - 1}, got ${showValue(id)} for ${showValue(token)}`);
      this.#tokens.set(id, token);
    }
    const given = tokens instanceof Map ? this.#ids.size : (tokens as readonly string[]).length;
    if (this.#tokens.size !== given) throw new ValueError(`Vocabulary: \`tokens\` must have different texts and ids, got ${given - this.#tokens.size} twice`);
  }

  get size(): number {
    return this.#ids.size;
  }

  id(token: string): number | undefined {
    return this.#ids.get(token);
  }

  token(id: number): string | undefined {
    return this.#tokens.get(id);
  }

  /** One more than the greatest id. */
  get nextId(): number {
    let next = 0;
    for (const id of this.#tokens.keys()) next = Math.max(next, id + 1);
    return next;
  }

  entries(): IterableIterator<[string, number]> {
    return this.#ids.entries();
  }

  /** Ids by token, as `tokenizer.json` writes them, in the order of the ids. */
  toJSON(): Record<string, number> {
    return Object.fromEntries([...this.#ids].sort((a, b) => a[1] - b[1]));
  }
}
