import { refuse } from '@chainrule/errors/check';
import type { LossOptions } from './averageLoss.ts';
import type { LossFunction, Predictions, TrainingLoss } from './loss.ts';

/**
 * Sets some options of a loss, for `compile` of a model.
 *
 * @param loss - a loss of this package, or your own
 * @param options - options of the loss; a call may override them
 * @returns the loss under its own name. With `fromLogits: false` it declares probabilities as its predictions
 * @example
 * const loss = withOptions(binaryCrossEntropy, { fromLogits: false });
 * loss(tensor([[0.5]]), tensor([[1]])).item(); // => 0.6931471824645996
 */
export function withOptions<Options extends LossOptions, Targets extends TrainingLoss['targets'] = undefined>(
  loss: LossFunction<Options> & { readonly targets?: Targets },
  options: NoInfer<Options>,
): LossFunction<Options> & { readonly targets: Targets; readonly predictions?: Predictions } {
  if (typeof loss !== 'function') refuse('withOptions', 'loss', 'a loss', loss);
  if (typeof options !== 'object' || options === null) refuse('withOptions', 'options', 'an object', options);
  const { predictions, targets } = loss as Pick<TrainingLoss, 'predictions' | 'targets'>;
  const { fromLogits } = options as { readonly fromLogits?: boolean };
  const set: LossFunction<Options> = (p, t, more) => loss(p, t, { ...options, ...more });
  Object.defineProperty(set, 'name', { value: loss.name });
  return Object.assign(
    set,
    predictions && { predictions: fromLogits === false ? ('probabilities' as const) : predictions },
    { targets: targets as Targets },
  );
}
