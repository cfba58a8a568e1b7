import { DTypeError } from '@chainrule/errors';
import { allocate, type TypedArray } from '../array/dtype.ts';
import type { NodeOf } from '../graph/node.ts';
import { opName } from '../graph/opName.ts';
import { sizeOf } from '../array/shape.ts';
import type { Tensor } from '../array/tensor.ts';
import { emit } from '../graph/trace.ts';

/**
 * Node `prefix`: cumulative sums or products along one axis, from either end. Each result includes its own element.
 *
 * @example
 * prefixNode(tensor([1, 2, 3]), 'sum', 0).toArray(); // => 1,3,6
 */
export function prefixNode(x: Tensor, op: 'sum' | 'prod', axis: number, reverse = false): Tensor {
  if (x.dtype === 'uint8' || x.dtype === 'bool') {
    throw new DTypeError(`${opName()}: does not take ${x.dtype}; convert it with \`cast\` first`);
  }
  return emit('prefix', { op, axis, reverse }, [x], [{ shape: x.shape, dtype: x.dtype }], evaluatePrefix)[0]!;
}

export function evaluatePrefix(node: NodeOf<'prefix'>, [x]: readonly TypedArray[]): TypedArray[] {
  const { op, axis, reverse } = node.attrs;
  const { shape, dtype } = node.types[0]!;
  const out = allocate(dtype, shape, node.op);
  const inner = sizeOf(shape.slice(axis + 1));
  const count = shape[axis]!;
  const step = reverse ? -inner : inner;
  const multiply = dtype === 'int32' ? Math.imul : (a: number, b: number): number => a * b;
  for (let outer = 0; outer < x!.length; outer += count * inner) {
    for (let i = 0; i < inner; i++) {
      let at = outer + i + (reverse ? (count - 1) * inner : 0);
      let total = op === 'sum' ? 0 : 1;
      for (let k = 0; k < count; k++, at += step) {
        total = op === 'sum' ? total + x![at]! : multiply(total, x![at]!);
        out[at] = total;
      }
    }
  }
  return [out];
}
