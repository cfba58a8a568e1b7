import { aCount, checkOptions } from '@chainrule/errors/check';
import type { SearchResult } from './result.ts';
import { type Refitted, Search, searchChecks, type SearchOptions } from './search.ts';
import { checkSpace, drawFrom, type SettingsOf, type Space } from './space.ts';
import { checkTrial, type Fittable, type Trial } from './trial.ts';

/** Options of {@link randomSearch}. */
export interface RandomSearchOptions extends SearchOptions {
  /** The number of settings to draw. Default 10. */
  readonly trials?: number;
}

/**
 * Trains a model for random settings on every fold, and then the best one on all rows.
 *
 * @param trial - how to build a trainer for settings, its `data`, and how to `fit` and `score` it
 * @param space - for each hyper-parameter a list of values, or a distribution: {@link uniformFloat}, {@link logUniformFloat} or
 *   {@link uniformInteger}
 * @param options - `trials` (10), `seed` (0), `pool` of threads, `store`, `refit` (true), `signal`, `onScore`
 * @throws StateError if the store holds another search; what `build`, `fit` and `evaluate` throw, except `TrainingError`
 * @example
 * const trial = {
 *   build: ({ rate }: { rate: number }, { seed }: { seed: number }) =>
 *     sequential(input([1]), dense(1)).compile({ seed, optimizer: sgd({ learningRate: rate }), loss: meanSquaredError }),
 *   data: { x: expandDims(arange(12), -1), y: expandDims(mul(arange(12), 2), -1) },
 *   folds: kFold(12, { folds: 3, seed: 1 }),
 * };
 * const { best } = await randomSearch(trial, { rate: logUniformFloat(1e-6, 1e-3) }, { trials: 3, seed: 1 });
 * best.settings.rate < 1e-3; // => true
 */
export async function randomSearch<const S extends Space, T extends Fittable, R extends boolean = true>(
  trial: Trial<SettingsOf<S>, T>,
  space: S,
  options: RandomSearchOptions & { readonly refit?: R } = {},
): Promise<SearchResult<SettingsOf<S>, Refitted<T, R>>> {
  checkTrial('randomSearch', trial as unknown as Trial<never, never>);
  checkSpace('randomSearch', space, true);
  checkOptions<RandomSearchOptions>('randomSearch', options, { ...searchChecks, trials: aCount });
  const { trials = 10, seed = 0, ...more }: RandomSearchOptions = options;
  const search = await Search.open('randomSearch', trial as never, { ...more, seed }, { space, trials });
  const scored = await search.score(new Map(drawFrom(space, trials, seed).entries()) as never);
  return (await search.finish(scored)) as unknown as SearchResult<SettingsOf<S>, Refitted<T, R>>;
}
