import type { WorkerPool } from '@chainrule/data-loaders';
import { TrainingError } from '@chainrule/errors';
import { aBoolean, aFunction, type Check, type Checks, checkThat, refuse } from '@chainrule/errors/check';
import { aSeed } from '@chainrule/tensor/graph';
import { identityOf } from './identity.ts';
import { type Scored, type SearchResult, resultOf } from './result.ts';
import { seedOf, type Setting } from './space.ts';
import { meanAndSpread } from './statistics.ts';
import { aStore, Memory, type SearchStore } from './store.ts';
import { build, type Fittable, fitOptions, foldsOf, isLeastBest, type Run, runFold, type Trial } from './trial.ts';

/** Hyper-parameters by name. */
export type AnySettings = Readonly<Record<string, Setting>>;

/** Options of all searches. */
export interface SearchOptions {
  /** The seed of drawn settings and of the models. Default 0. */
  readonly seed?: number;
  /** Threads that train, whose file calls `serveTrials` with the same trial. By default, this thread does. */
  readonly pool?: WorkerPool<Run<unknown>, number>;
  /** Keeps finished trainings: a search that was stopped continues where it was. */
  readonly store?: SearchStore;
  /** Whether to train the best settings again, on all rows. Default true. */
  readonly refit?: boolean;
  /** Ends the search before the next training; it rejects with the signal's reason. With a `store`, it can continue later. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each training. */
  readonly onScore?: (progress: SearchProgress) => void;
}

/** The trainer of a search: undefined with `refit: false`, or if the training of all settings or the last training failed. */
export type Refitted<T, R extends boolean> = R extends true ? T | undefined : undefined;

/** What {@link SearchOptions.onScore} gets. */
export interface SearchProgress {
  /** The number of the setting, from 0. */
  readonly number: number;
  readonly fold: number;
  readonly score: number;
  /** Whether the score comes from the store. */
  readonly stored: boolean;
}

const aPool: Check = (op, name, value) => {
  if (typeof (value as Partial<WorkerPool<never, never>> | null)?.run !== 'function')
    refuse(op, name, 'a pool of threads', value, 'such as `workerPool` of `@chainrule/data-loaders`');
};

const aSignal = /* @__PURE__ */ checkThat('an AbortSignal', (value) => value instanceof AbortSignal);

export const searchChecks: Checks<SearchOptions> = {
  seed: aSeed,
  pool: aPool,
  store: aStore,
  refit: aBoolean,
  signal: aSignal,
  onScore: aFunction,
};

/** Trains settings on all folds. */
export class Search<Settings extends AnySettings, T extends Fittable> {
  readonly #trial: Trial<Settings, T>;
  readonly #options: SearchOptions;
  readonly #memory: Memory;

  private constructor(trial: Trial<Settings, T>, options: SearchOptions, memory: Memory) {
    this.#trial = trial;
    this.#options = options;
    this.#memory = memory;
  }

  /** @param identity - what identifies the search besides its seed and folds */
  static async open<Settings extends AnySettings, T extends Fittable>(
    op: string,
    trial: Trial<Settings, T>,
    options: SearchOptions,
    identity: object,
  ): Promise<Search<Settings, T>> {
    const { seed = 0, store } = options;
    const same = { op, ...identity, seed, ...(store && identityOf(trial as unknown as Trial<never, never>)) };
    return new Search(trial, options, await Memory.open(op, store, same));
  }

  /** Scores settings by number on all folds, in parallel if there is a pool. */
  async score(candidates: ReadonlyMap<number, Settings>, epochs?: number): Promise<Scored<Settings>[]> {
    const folds = foldsOf(this.#trial).length;
    const runs = [...candidates].flatMap(([number, settings]) =>
      Array.from({ length: folds }, (_, fold) => ({ number, settings, fold })),
    );
    const scores = new Map<string, number>();
    const one = async ({ number, settings, fold }: (typeof runs)[number]): Promise<void> => {
      const key = [number, fold, ...(epochs === undefined ? [] : [epochs])].join('/');
      const seed = seedOf(this.#options.seed ?? 0, number, fold);
      this.#options.signal?.throwIfAborted();
      const stored = this.#memory.get(key);
      const score = stored ?? (await this.#run({ settings, fold, seed, ...(epochs !== undefined && { epochs }) }));
      if (stored === undefined) await this.#memory.set(key, score);
      scores.set(`${number}/${fold}`, score);
      this.#options.onScore?.({ number, fold, score, stored: stored !== undefined });
    };
    if (this.#options.pool) await allOf(runs.map(one));
    else for (const run of runs) await one(run);
    return [...candidates].map(([number, settings]) => {
      const each = Array.from({ length: folds }, (_, fold) => scores.get(`${number}/${fold}`)!);
      return { number, settings, scores: each, ...meanAndSpread(each), ...(epochs !== undefined && { epochs }) };
    });
  }

  /** The result, with the best settings trained on all rows. */
  async finish(scored: readonly Scored<Settings>[]): Promise<SearchResult<Settings, T | undefined>> {
    const result = resultOf(scored, isLeastBest(this.#trial as Pick<Trial<never>, 'score' | 'mode'>));
    if (this.#options.refit === false || Number.isNaN(result.best.mean)) return { ...result, trainer: undefined };
    this.#options.signal?.throwIfAborted();
    const { number, settings, epochs } = result.best;
    const { data, prepare } = this.#trial;
    const seed = seedOf(this.#options.seed ?? 0, number, foldsOf(this.#trial).length);
    const trainer = await build(this.#trial, { settings, seed });
    const { train } = prepare?.(data, data) ?? { train: data };
    try {
      await trainer.fit(train as never, fitOptions(this.#trial, { settings, ...(epochs !== undefined && { epochs }) }));
      return { ...result, trainer };
    } catch (error) {
      trainer.dispose();
      if (error instanceof TrainingError) return { ...result, trainer: undefined, refitError: error };
      throw error;
    }
  }

  async #run(run: Run<Settings>): Promise<number> {
    const { pool } = this.#options;
    return pool ? pool.run(run) : runFold(this.#trial, run);
  }
}

/** Waits for all, and then throws the first error, so that finished trainings are stored. */
async function allOf(work: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
}
