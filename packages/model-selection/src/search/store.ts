import { FormatError, showValue, StateError } from '@chainrule/errors';
import { type Check, refuse } from '@chainrule/errors/check';

/** Where a search keeps its finished trainings, such as a `searchFile` of `@chainrule/model-selection/node`. */
export interface SearchStore {
  /** Returns the last saved text, or undefined before the first save. */
  load(): Promise<string | undefined> | string | undefined;
  /** Saves a text in place of the last one. */
  save(text: string): Promise<void> | void;
}

export const aStore: Check = (op, name, value) => {
  const { load, save } = (value ?? {}) as Partial<SearchStore>;
  if (typeof load !== 'function' || typeof save !== 'function')
    refuse(
      op,
      name,
      'an object with `load` and `save`',
      value,
      'such as `searchFile(path)` of `@chainrule/model-selection/node`',
    );
};

/** The scores of finished trainings by key. JSON has no NaN: it is null there. */
export class Memory {
  readonly #scores = new Map<string, number>();
  readonly #store: SearchStore | undefined;
  readonly #search: string;
  #saving: Promise<void> = Promise.resolve();

  private constructor(store: SearchStore | undefined, search: string) {
    this.#store = store;
    this.#search = search;
  }

  /**
   * Reads what a store holds.
   *
   * @param search - a JSON value that identifies the search
   * @throws StateError if the store holds another search, FormatError if it holds something else
   */
  static async open(op: string, store: SearchStore | undefined, search: unknown): Promise<Memory> {
    const memory = new Memory(store, JSON.stringify(search));
    const text = await store?.load();
    if (text === undefined) return memory;
    const saved = parse(op, text);
    if (JSON.stringify(saved.search) !== memory.#search)
      throw new StateError(
        `${op}: \`store\` must be new, or hold a search with the same space, folds and options, got another one; remove it to start anew`,
      );
    for (const [key, score] of Object.entries(saved.scores)) memory.#scores.set(key, score ?? NaN);
    return memory;
  }

  get(key: string): number | undefined {
    return this.#scores.get(key);
  }

  /** Keeps a score. Resolves when it is saved. */
  async set(key: string, score: number): Promise<void> {
    this.#scores.set(key, score);
    const store = this.#store;
    if (!store) return;
    const save = async (): Promise<void> => {
      const scores = Object.fromEntries([...this.#scores].sort(([a], [b]) => (a < b ? -1 : 1)));
      await store.save(
        `{"format":"chainrule/search","version":1,"search":${this.#search},"scores":${JSON.stringify(scores)}}\n`,
      );
    };
    await (this.#saving = this.#saving.then(save));
  }
}

interface Saved {
  readonly search: unknown;
  readonly scores: Readonly<Record<string, number | null>>;
}

function parse(op: string, text: string): Saved {
  let saved: (Partial<Saved> & { readonly format?: unknown }) | null;
  try {
    saved = JSON.parse(text) as typeof saved;
  } catch (error) {
    throw new FormatError(`${op}: \`store\` must hold the JSON of a search: ${(error as Error).message}`, {
      cause: error,
    });
  }
  if (saved?.format !== 'chainrule/search' || typeof saved.scores !== 'object' || saved.scores === null)
    throw new FormatError(`${op}: \`store\` must hold the JSON of a search, got ${showValue(text)}`);
  return saved as Saved;
}
