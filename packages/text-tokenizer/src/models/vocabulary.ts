import { showValue, ValueError } from '@chainrule/errors';
import { aBoolean, checkOptions } from '@chainrule/errors/check';
import { aVocabulary } from '../checks.ts';

/** The limit of ids, so that a pair of ids fits one exact number. */
export const idLimit: number = 2 ** 26;

/**
 * Tokens and their ids, which need not be consecutive.
 *
 * @throws ValueError if an id is not an integer from 0 to 2²⁶ − 1, or two tokens share one
 * @example
 * const vocabulary = new Vocabulary(['<pad>', 'a', 'b']);
 * [vocabulary.id('b'), vocabulary.token(0), vocabulary.size]; // => [2,'<pad>',3]
 */
export class Vocabulary {
  readonly #ids: ReadonlyMap<string, number>;
  readonly #tokens: readonly string[] | ReadonlyMap<number, string>;
  /** The number of tokens; a repeated token counts each time. */
  readonly size: number;
  /** One more than the greatest id. */
  readonly nextId: number;

  /**
   * @param tokens - in the order of their ids, or each with its id
   * @param options - `repeats`: whether a list may repeat a token, whose id is then its last position; by default false
   */
  constructor(tokens: readonly string[] | ReadonlyMap<string, number>, options: { readonly repeats?: boolean } = {}) {
    aVocabulary('Vocabulary', 'tokens', tokens);
    checkOptions('Vocabulary', options, { repeats: aBoolean });
    const { repeats = false } = options;
    this.size = tokens instanceof Map ? tokens.size : (tokens as readonly string[]).length;
    this.#ids = tokens instanceof Map ? tokens : new Map((tokens as readonly string[]).map((token, id) => [token, id]));
    let nextId = 0;
    for (const [token, id] of this.#ids) {
      if (!Number.isInteger(id) || id < 0 || id >= idLimit)
        throw new ValueError(
          `Vocabulary: ids must be integers from 0 to ${idLimit - 1}, got ${showValue(id)} for ${showValue(token)}`,
        );
      nextId = Math.max(nextId, id + 1);
    }
    this.nextId = nextId;
    this.#tokens =
      tokens instanceof Map ? tokensById(tokens as ReadonlyMap<string, number>, nextId) : (tokens as readonly string[]);
    const distinct = tokens instanceof Map ? countOf(this.#tokens) : this.#ids.size;
    if (distinct !== this.size && !repeats)
      throw new ValueError(`Vocabulary: \`tokens\` must have unique texts and ids, got ${this.size - distinct} twice`);
  }

  id(token: string): number | undefined {
    return this.#ids.get(token);
  }

  token(id: number): string | undefined {
    if (typeof id !== 'number') return undefined;
    return Array.isArray(this.#tokens)
      ? (this.#tokens as readonly (string | undefined)[])[id]
      : (this.#tokens as ReadonlyMap<number, string>).get(id);
  }

  entries(): IterableIterator<[string, number]> {
    return this.#ids.entries();
  }

  /** The id of each token, as in `tokenizer.json`, sorted by id. */
  toJSON(): Record<string, number> {
    return Object.fromEntries([...this.#ids].sort((a, b) => a[1] - b[1]));
  }
}

/** By id: a list if ids are dense, which takes less memory, or else a map. */
function tokensById(ids: ReadonlyMap<string, number>, nextId: number): readonly string[] | ReadonlyMap<number, string> {
  if (nextId > 2 * ids.size + 1024) return new Map(Array.from(ids, ([token, id]) => [id, token]));
  const tokens = new Array<string>(nextId);
  for (const [token, id] of ids) tokens[id] = token;
  return tokens;
}

const countOf = (tokens: readonly string[] | ReadonlyMap<number, string>): number =>
  tokens instanceof Map
    ? tokens.size
    : (tokens as readonly (string | undefined)[]).reduce(
        (count, token) => (token === undefined ? count : count + 1),
        0,
      );
