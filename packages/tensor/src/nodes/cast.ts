import { allocate, type DType, type TypedArray } from '../array/dtype.ts';
import type { NodeOf } from '../graph/node.ts';
import type { Tensor } from '../array/tensor.ts';
import { emit } from '../graph/trace.ts';
import { arg, castExpr } from '../expr/expr.ts';
import { compileLoop } from '../expr/loop.ts';

/**
 * Node `cast`. Casting to integers truncates toward 0 and wraps modulo 2ⁿ; NaN and infinities become 0. Casting to bool
 * compares with 0.
 *
 * @example
 * castNode(tensor([1.5]), 'int32').toArray(); // => 1
 */
export function castNode(x: Tensor, dtype: DType): Tensor {
  return emit('cast', {}, [x], [{ shape: x.shape, dtype }], evaluateCast)[0]!;
}

export function evaluateCast(node: NodeOf<'cast'>, [x]: readonly TypedArray[]): TypedArray[] {
  const { shape, dtype } = node.types[0]!;
  const out = allocate(dtype, shape, node.op);
  const loop = { sizes: [x!.length], strides: [[1]] };
  compileLoop(castExpr(arg(0), dtype), [node.inputs[0]!.dtype], dtype, loop)(out, [x!], loop.sizes, loop.strides);
  return [out];
}
