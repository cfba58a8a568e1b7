import { type Fold, kFold, takeRows } from '@chainrule/data-loaders';
import { OptionError, showValue, TrainingError } from '@chainrule/errors';
import { aFunction, type Check, type Checks, checkOptions, oneOf, refuse } from '@chainrule/errors/check';
import { type FitOptions, type Model, monitorMode } from '@chainrule/model';
import { type Tensor } from '@chainrule/tensor';
import { type Tree, treeTensors } from '@chainrule/tensor/graph';

/** What a search trains: a `Trainer`, or anything with these methods. */
export interface Fittable {
  fit(data: never, options?: FitOptions): Promise<unknown>;
  evaluate(data: never): Promise<Readonly<Record<string, number>>>;
  dispose(): void;
}

/** Samples: tensors that share their first axis. */
export interface TrialData {
  readonly x: Tree;
  readonly y: Tree;
  readonly sampleWeight?: Tree;
}

/** What {@link Trial.build} gets besides the settings. */
export interface TrialContext {
  /** A seed for the model, which depends on the seed of the search, the number of the trial and the fold. */
  readonly seed: number;
}

/** How to train and score a model for hyper-parameters. */
export interface Trial<Settings, T extends Fittable = Fittable> {
  /** Makes the trainer for hyper-parameters: a new one at each call, of a new model. */
  readonly build: (settings: Settings, context: TrialContext) => T | Promise<T>;
  readonly data: TrialData;
  /** The rows to train and to test with. Default: 5 folds, shuffled with seed 0. */
  readonly folds?: readonly Fold[];
  /** Options of `fit`, or a function of the settings. */
  readonly fit?: FitOptions | ((settings: Settings) => FitOptions);
  /** Changes the data of a fold, such as by a scaler that is fitted to its training data. */
  readonly prepare?: (train: TrialData, test: TrialData) => { readonly train: TrialData; readonly test: TrialData };
  /** The name of a value of `evaluate`, or a function that scores a trainer. Default 'loss'. */
  readonly score?: string | ((trainer: T, test: TrialData) => number | Promise<number>);
  /**
   * Whether the best score is the least or the greatest. By default, the end of the score's name tells: the least of losses and
   * errors, the greatest of other scores. Of functions, the greatest.
   */
  readonly mode?: 'min' | 'max';
}

const fits: Check = (op, name, value) => {
  if (typeof value !== 'function' && (typeof value !== 'object' || value === null))
    refuse(op, name, 'options of `fit`, or a function that returns them', value);
};
const scores: Check = (op, name, value) => {
  if (typeof value !== 'string' && typeof value !== 'function')
    refuse(op, name, 'the name of a value of `evaluate`, or a function', value);
};
const someData: Check = (op, name, value) => {
  const { x, y } = (value ?? {}) as Partial<TrialData>;
  if (x === undefined || y === undefined || !treeTensors(value).length) refuse(op, name, 'tensors `{ x, y }`', value);
};
const someFolds: Check = (op, name, value) => {
  const isFold = ({ train, test }: Partial<Fold>): boolean => (train?.length ?? 0) > 0 && (test?.length ?? 0) > 0;
  if (!Array.isArray(value) || !value.length || !value.every((fold) => isFold((fold ?? {}) as Partial<Fold>)))
    refuse(op, name, 'a list of folds with rows to train and to test with', value, 'such as `kFold(rows)`');
};
const trialChecks: Checks<Trial<never>> = {
  build: aFunction,
  data: someData,
  folds: someFolds,
  fit: fits,
  prepare: aFunction,
  score: scores,
  mode: oneOf('min', 'max'),
};

/** Checks a trial in the name of `op`. */
export function checkTrial(op: string, trial: Trial<never, never>): void {
  if (typeof trial !== 'object' || trial === null) refuse(op, 'trial', 'an object such as `{ build, data }`', trial);
  checkOptions<Trial<never>>(op, trial as unknown as Trial<never>, trialChecks, 'build', 'data');
}

/** The folds of a trial. */
export function foldsOf({ folds, data }: Pick<Trial<never>, 'folds' | 'data'>): readonly Fold[] {
  if (folds) return folds;
  const rows = (treeTensors(data)[0] as Tensor).shape[0];
  return kFold(rows, { folds: Math.max(2, Math.min(5, rows)), seed: 0 });
}

/** Whether the best score is the least: by `mode`, or by the name of the score. Of functions, the greatest is best. */
export function isLeastBest({ score = 'loss', mode }: Pick<Trial<never>, 'score' | 'mode'>): boolean {
  return (mode ?? (typeof score === 'string' ? monitorMode(score) : 'max')) === 'min';
}

/** One training of a trial. */
export interface Run<Settings> {
  readonly settings: Settings;
  readonly fold: number;
  readonly seed: number;
  /** Epochs in place of those of the trial. */
  readonly epochs?: number;
}

/** Trains a trial on all folds but one, and scores it on that. Without finite weights, the score is NaN. */
export async function runFold<Settings, T extends Fittable>(
  trial: Trial<Settings, T>,
  run: Run<Settings>,
): Promise<number> {
  const { train: rows, test: held } = foldsOf(trial)[run.fold]!;
  const { data, prepare = (train, test) => ({ train, test }) } = trial;
  const part = (numbers: Int32Array): TrialData => takeRows(data as unknown as Tree, numbers) as unknown as TrialData;
  const { train, test } = prepare(part(rows), part(held));
  const trainer = await build(trial, run);
  try {
    await trainer.fit(train as never, fitOptions(trial, run));
    return await scoreOf(trial, trainer, test);
  } catch (error) {
    if (error instanceof TrainingError) return NaN;
    throw error;
  } finally {
    trainer.dispose();
  }
}

/** Builds the trainer of a trial. */
export async function build<Settings, T extends Fittable>(
  trial: Pick<Trial<Settings, T>, 'build'>,
  { settings, seed }: Pick<Run<Settings>, 'settings' | 'seed'>,
): Promise<T> {
  const trainer = await trial.build(settings, { seed });
  const { fit, evaluate, dispose } = (trainer ?? {}) as Partial<Record<keyof Fittable, unknown>>;
  if (![fit, evaluate, dispose].every((method) => typeof method === 'function'))
    refuse('crossValidate', 'build', 'a function that returns a trainer', trainer, 'call `compile` of the model');
  checkFresh(trainer);
  return trainer;
}

/** What earlier trainings changed: trainers, and the weights of models. */
const used = new WeakSet<object>();

/** Throws for a trainer, or for weights, that an earlier training has changed. */
function checkFresh(trainer: Fittable & { readonly model?: Partial<Model> }): void {
  const changing: readonly object[] = [trainer, ...(trainer.model?.trainableVariables?.() ?? [])];
  if (changing.some((each) => used.has(each)))
    throw new OptionError(
      'crossValidate: `build` must make new weights at each call, got some that an earlier training has changed; make the model inside `build`, and freeze layers that all models share',
    );
  for (const each of changing) used.add(each);
}

/** The options of `fit` for settings. */
export function fitOptions<Settings>(
  { fit = {} }: Pick<Trial<Settings>, 'fit'>,
  { settings, epochs }: Pick<Run<Settings>, 'settings' | 'epochs'>,
): FitOptions {
  return { ...(typeof fit === 'function' ? fit(settings) : fit), ...(epochs !== undefined && { epochs }) };
}

async function scoreOf<T extends Fittable>(
  { score = 'loss' }: Pick<Trial<never, T>, 'score'>,
  trainer: T,
  test: TrialData,
): Promise<number> {
  if (typeof score === 'function') {
    const value: unknown = await score(trainer, test);
    if (typeof value !== 'number') refuse('crossValidate', 'score', 'a function that returns a number', value);
    return value;
  }
  const logs = await trainer.evaluate(test as never);
  const value = logs[score];
  if (value === undefined)
    throw new OptionError(
      `crossValidate: \`score\` must be one of ${showValue(Object.keys(logs))}, got ${showValue(score)}`,
    );
  return value;
}
