import { CaptureError } from '@chainrule/errors';
import type { TypedArray } from '../core/dtype.ts';
import type { Tensor } from '../core/tensor.ts';

/**
 * The elements of a tensor for a function that needs them at once.
 *
 * @throws CaptureError under capture, with the remedy
 */
export function eagerValues(op: string, x: Tensor, remedy: string): TypedArray {
  const scope = x['~scope'];
  if (scope && !scope.closed)
    throw new CaptureError(`${op}: needs the values of \`x\`, which a ${scope.scope} does not have yet; ${remedy}`);
  return x['~values'];
}
