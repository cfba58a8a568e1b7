import { DTypeError, showValue } from '@chainrule/errors';
import { allocate, type DType, type TypedArray } from '../array/dtype.ts';
import type { NodeOf } from '../graph/node.ts';
import { opName } from '../graph/opName.ts';
import { checkShape, sizeOf } from '../array/shape.ts';
import type { Tensor } from '../array/tensor.ts';
import { emit } from '../graph/trace.ts';
import { philox4x32 } from '../random/philox.ts';

/**
 * Node `random`: element i is word `i mod 4` of Philox 4x32-10 of `[i div 4, counter[0], counter[1], counter[2]]` under
 * `key`. int32 results are these bits. Floats are the upper 24 bits times 2⁻²⁴, in [0, 1), the same in float32 and
 * float64.
 *
 * With a counter of shape `[blocks, 4]`, element i is word `i mod 4` of Philox 4x32-10 of `counter[i div 4]`: each block has
 * a counter of its own, such as the number of an image, and the result has 4 · blocks elements.
 *
 * @param key - int32 [2]
 * @param counter - int32 [3] or [blocks, 4]
 */
export function randomNode(key: Tensor, counter: Tensor, shape: readonly number[], dtype: DType): Tensor {
  const op = opName('draw');
  checkShape(op, shape);
  if (dtype !== 'int32' && dtype !== 'float32' && dtype !== 'float64') {
    throw new DTypeError(`${op}: \`dtype\` must be int32, float32 or float64, got ${showValue(dtype)}`);
  }
  const fits = counter.rank === 2 ? counter.shape[1] === 4 && counter.size === sizeOf(shape) : counter.size === 3;
  if (key.dtype !== 'int32' || counter.dtype !== 'int32' || key.size !== 2 || !fits)
    throw new DTypeError(
      `${op}: expects \`key\` int32 [2] and \`counter\` int32 [3], or [blocks,4] for 4 · blocks elements`,
    );
  return emit('random', {}, [key, counter], [{ shape: [...shape], dtype }], evaluateRandom)[0]!;
}

export function evaluateRandom(node: NodeOf<'random'>, [key, counter]: readonly TypedArray[]): TypedArray[] {
  const { shape, dtype } = node.types[0]!;
  const out = allocate(dtype, shape, node.op);
  const { rank } = node.inputs[1]!;
  const block = [0, ...counter!.subarray(0, 3)];
  const words = new Int32Array(4);
  for (let i = 0; i < out.length; i += 4) {
    block[0] = i >>> 2;
    philox4x32(key!, rank === 2 ? counter!.subarray(i, i + 4) : block, words);
    for (let k = 0; k < 4 && i + k < out.length; k++) {
      out[i + k] = dtype === 'int32' ? words[k]! : (words[k]! >>> 8) * 2 ** -24;
    }
  }
  return [out];
}
