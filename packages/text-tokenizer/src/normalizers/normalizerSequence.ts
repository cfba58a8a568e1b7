import { listOf } from '@chainrule/errors/check';
import { aNormalizer } from '../checks.ts';
import type { Normalizer } from '../pipeline.ts';

/**
 * Applies normalizers in order.
 *
 * @example
 * normalizerSequence([stripSpaces(), lowercase()]).normalize(new Aligned(' A')).text; // => a
 */
export function normalizerSequence(steps: readonly Normalizer[]): Normalizer {
  listOf('a list of normalizers', aNormalizer)('normalizerSequence', 'steps', steps);
  return {
    normalize: (text) => steps.reduce((done, step) => step.normalize(done), text),
    toJSON: () => ({ type: 'Sequence', normalizers: steps.map((step) => step.toJSON()) }),
  };
}
