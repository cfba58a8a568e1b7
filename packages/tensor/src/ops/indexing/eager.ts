import { CaptureError } from '@chainrule/errors';
import type { TypedArray } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';

/**
 * The elements of a tensor, for ops that cannot be captured.
 *
 * @throws CaptureError under capture
 */
export function eagerValues(op: string, x: Tensor, remedy: string): TypedArray {
  const scope = x['~scope'];
  if (scope && !scope.closed)
    throw new CaptureError(`${op}: needs the values of \`x\`, which a ${scope.scope} does not have yet; ${remedy}`);
  return x['~values'];
}
