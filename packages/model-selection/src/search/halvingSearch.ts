import { OptionError } from '@chainrule/errors';
import { aCount, checkOptions, integerFrom } from '@chainrule/errors/check';
import { type Scored, type SearchResult, sortTrials } from './result.ts';
import { type AnySettings, type Refitted, Search, searchChecks, type SearchOptions } from './search.ts';
import { checkSpace, drawFrom, gridOf, type SettingsOf, type Space } from './space.ts';
import { checkTrial, type Fittable, isLeastBest, type Trial } from './trial.ts';

/** Options of {@link halvingSearch}. */
export interface HalvingSearchOptions extends SearchOptions {
  /** The number of settings to draw. By default, all combinations of the lists. */
  readonly trials?: number;
  /** The epochs of the first round. Default 1. */
  readonly minEpochs?: number;
  /** The epochs of the last round at most. */
  readonly maxEpochs: number;
  /** How many times more epochs, and fewer settings, each round has. Default 3. */
  readonly factor?: number;
}

/**
 * Successive halving: trains all settings for a few epochs, keeps the best, trains these for more epochs, and so on (Jamieson
 * and Talwalkar 2016). Every round trains from the start. Then it trains the best one on all rows, for the most epochs.
 *
 * @param trial - how to build a trainer for settings, its `data`, and how to `fit` and `score` it
 * @param space - for each hyper-parameter a list of values; with `trials`, also a distribution
 * @param options - `maxEpochs`, `minEpochs` (1), `factor` (3), `trials`, `seed` (0), `pool`, `store`, `refit` (true), `signal`, `onScore`
 * @returns the last score of each setting; those with more epochs rank first
 * @throws StateError if the store holds another search; what `build`, `fit` and `evaluate` throw, except `TrainingError`
 * @example
 * const trial = {
 *   build: ({ rate }: { rate: number }, { seed }: { seed: number }) =>
 *     sequential(input([1]), dense(1)).compile({ seed, optimizer: sgd({ learningRate: rate }), loss: meanSquaredError }),
 *   data: { x: expandDims(arange(12), -1), y: expandDims(mul(arange(12), 2), -1) },
 *   folds: kFold(12, { folds: 3, seed: 1 }),
 * };
 * const { trials } = await halvingSearch(trial, { rate: [1e-6, 1e-5, 1e-4, 1e-3] }, { maxEpochs: 4, factor: 2 });
 * trials.map(({ epochs }) => epochs).sort(); // => [1,1,2,4]
 */
export async function halvingSearch<const S extends Space, T extends Fittable, R extends boolean = true>(
  trial: Trial<SettingsOf<S>, T>,
  space: S,
  options: HalvingSearchOptions & { readonly refit?: R },
): Promise<SearchResult<SettingsOf<S>, Refitted<T, R>>> {
  const name = 'halvingSearch';
  checkTrial(name, trial as unknown as Trial<never, never>);
  checkOptions<HalvingSearchOptions>(
    name,
    options,
    { ...searchChecks, trials: aCount, minEpochs: aCount, maxEpochs: aCount, factor: integerFrom(2) },
    'maxEpochs',
  );
  const { trials, minEpochs = 1, maxEpochs, factor = 3, seed = 0, ...more }: HalvingSearchOptions = options;
  checkSpace(name, space, trials !== undefined);
  if (minEpochs > maxEpochs)
    throw new OptionError(`${name}: \`minEpochs\` must be at most \`maxEpochs\`, ${maxEpochs}, got ${minEpochs}`);
  const identity = { space, trials: trials ?? null, minEpochs, maxEpochs, factor };
  const search = await Search.open(name, trial as unknown as Trial<AnySettings, T>, { ...more, seed }, identity);
  const drawn = (trials === undefined ? gridOf(space) : drawFrom(space, trials, seed)) as unknown as AnySettings[];
  const latest = new Map<number, Scored<AnySettings>>();
  let candidates = new Map(drawn.entries());
  for (let epochs = minEpochs; ; epochs = Math.min(epochs * factor, maxEpochs)) {
    const scored = await search.score(candidates, epochs);
    for (const each of scored) latest.set(each.number, each);
    if (candidates.size === 1 || epochs === maxEpochs) break;
    const best = sortTrials<AnySettings, Scored<AnySettings>>(scored, isLeastBest(trial as unknown as Trial<never>));
    candidates = new Map(best.slice(0, Math.ceil(best.length / factor)).map((each) => [each.number, each.settings]));
  }
  const ordered = [...latest.values()].sort((a, b) => a.number - b.number);
  return (await search.finish(ordered)) as unknown as SearchResult<SettingsOf<S>, Refitted<T, R>>;
}
