import { checkOptions, refuse } from '@chainrule/errors/check';
import { aSeed } from '@chainrule/tensor/graph';
import { seedOf } from './space.ts';
import { meanAndSpread } from './statistics.ts';
import { checkTrial, type Fittable, foldsOf, runFold, type Trial } from './trial.ts';

/** The result of {@link crossValidate}. */
export interface CrossValidation {
  /** The score of each fold; NaN where training failed with a `TrainingError`. */
  readonly scores: readonly number[];
  readonly mean: number;
  /** The standard deviation of the scores, as of a population. */
  readonly spread: number;
}

/**
 * Trains a model once for each fold, and scores it on the rows that it was not trained on.
 *
 * @param trial - how to build a trainer for the settings, its `data`, and how to `fit` and `score` it
 * @param settings - the hyper-parameters for `build`
 * @param options - `seed` (0) of the models
 * @throws OptionError if `build` returns weights that an earlier training has changed; what `build`, `fit` and `evaluate` throw,
 *   except `TrainingError`
 * @example
 * const trial = {
 *   build: ({ rate }: { rate: number }, { seed }: { seed: number }) =>
 *     sequential(input([1]), dense(1)).compile({ seed, optimizer: sgd({ learningRate: rate }), loss: meanSquaredError }),
 *   data: { x: expandDims(arange(12), -1), y: expandDims(mul(arange(12), 2), -1) },
 *   folds: kFold(12, { folds: 3 }),
 *   fit: { epochs: 2 },
 * };
 * const { scores, mean } = await crossValidate(trial, { rate: 0.001 });
 * [scores.length, mean > 0]; // => [3,true]
 */
export async function crossValidate<Settings, T extends Fittable>(
  trial: Trial<Settings, T>,
  settings: Settings,
  options: { readonly seed?: number } = {},
): Promise<CrossValidation> {
  checkTrial('crossValidate', trial as unknown as Trial<never, never>);
  if (typeof settings !== 'object' || settings === null)
    refuse('crossValidate', 'settings', 'an object of hyper-parameters', settings);
  checkOptions('crossValidate', options, { seed: aSeed });
  const scores: number[] = [];
  for (const fold of foldsOf(trial).keys())
    scores.push(await runFold(trial, { settings, fold, seed: seedOf(options.seed ?? 0, 0, fold) }));
  return { scores, ...meanAndSpread(scores) };
}
