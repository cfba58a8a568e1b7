import { StateError } from '@chainrule/errors';
import { refuse } from '@chainrule/errors/check';
import { isTensor, type Tensor } from '@chainrule/tensor';

/**
 * The loss of the running batch as a function of the weights. A trainer passes it to `update`, for optimizers that evaluate
 * a batch several times. All evaluations use the same dropout masks, and only the first one changes moving statistics.
 */
export interface Objective {
  /** The loss before the update. */
  readonly value: Tensor;
  /** The gradients before the update, unchanged by other transformations. */
  readonly gradients: readonly Tensor[];
  /** The loss with other values of the trained variables. */
  valueAt(weights: readonly Tensor[]): Tensor;
  /** The gradients with other values of the trained variables. */
  gradientsAt(weights: readonly Tensor[]): Tensor[];
}

/** Checks an optional objective. */
export function checkObjective(name: string, objective: Objective | undefined, isUsed: boolean): void {
  if (objective === undefined && isUsed)
    throw new StateError(
      `${name}: needs the loss as a function of the weights; train with \`compile\` and \`fit\`, or pass an objective as the fourth argument of \`update\``,
    );
  if (objective !== undefined && !isObjective(objective))
    refuse(
      'update',
      'objective',
      'the loss as a function of the weights, with `value`, `gradients`, `valueAt` and `gradientsAt`',
      objective,
    );
}

function isObjective(value: unknown): value is Objective {
  const parts = value as Partial<Objective> | null;
  return (
    isTensor(parts?.value) &&
    Array.isArray(parts.gradients) &&
    typeof parts.valueAt === 'function' &&
    typeof parts.gradientsAt === 'function'
  );
}
