import { checkOptions } from '@chainrule/errors/check';
import type { SearchResult } from './result.ts';
import { type Refitted, Search, searchChecks, type SearchOptions } from './search.ts';
import { checkSpace, gridOf, type SettingsOf, type Space } from './space.ts';
import { checkTrial, type Fittable, type Trial } from './trial.ts';

/**
 * Trains a model for every combination of values on every fold, and then the best one on all rows.
 *
 * @param trial - how to build a trainer for settings, its `data`, and how to `fit` and `score` it
 * @param space - a list of values for each hyper-parameter
 * @param options - `seed` (0), `pool` of threads, `store`, `refit` (true), `signal`, `onScore`
 * @throws StateError if the store holds another search; what `build`, `fit` and `evaluate` throw, except `TrainingError`
 * @example
 * const trial = {
 *   build: ({ rate }: { rate: number }, { seed }: { seed: number }) =>
 *     sequential(input([1]), dense(1)).compile({ seed, optimizer: sgd({ learningRate: rate }), loss: meanSquaredError }),
 *   data: { x: expandDims(arange(12), -1), y: expandDims(mul(arange(12), 2), -1) },
 *   folds: kFold(12, { folds: 3, seed: 1 }),
 *   fit: { epochs: 5 },
 * };
 * const { best, trials, trainer } = await gridSearch(trial, { rate: [1e-6, 1e-3] });
 * [best.settings, trials.length, trainer.steps > 0]; // => [{"rate":0.001},2,true]
 */
export async function gridSearch<const S extends Space, T extends Fittable, R extends boolean = true>(
  trial: Trial<SettingsOf<S>, T>,
  space: S,
  options: SearchOptions & { readonly refit?: R } = {},
): Promise<SearchResult<SettingsOf<S>, Refitted<T, R>>> {
  checkTrial('gridSearch', trial as unknown as Trial<never, never>);
  checkSpace('gridSearch', space, false);
  checkOptions<SearchOptions>('gridSearch', options, searchChecks);
  const search = await Search.open('gridSearch', trial as never, options, { space });
  const scored = await search.score(new Map(gridOf(space).entries()) as never);
  return (await search.finish(scored)) as unknown as SearchResult<SettingsOf<S>, Refitted<T, R>>;
}
