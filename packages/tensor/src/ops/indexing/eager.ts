import { CaptureError } from '@chainrule/errors';
import type { TypedArray } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';

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
