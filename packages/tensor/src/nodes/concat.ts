import { ShapeError, showShape } from '@chainrule/errors';
import { checkSameDType } from '../array/checkDType.ts';
import { allocate, type TypedArray } from '../array/dtype.ts';
import type { NodeOf } from '../graph/node.ts';
import { opName } from '../graph/opName.ts';
import { sizeOf } from '../array/shape.ts';
import type { Tensor } from '../array/tensor.ts';
import { emit } from '../graph/trace.ts';

/**
 * Node `concat`: joins the inputs along `axis`. All other sizes must agree.
 *
 * @example
 * concatNode([tensor([1]), tensor([2])], 0).toArray(); // => 1,2
 */
export function concatNode(inputs: readonly Tensor[], axis: number): Tensor {
  const first = inputs[0];
  if (!first) throw new ShapeError(`${opName()}: expects at least one tensor, got none`);
  for (const x of inputs) {
    if (x.rank !== first.rank || x.shape.some((n, i) => i !== axis && n !== first.shape[i])) {
      throw new ShapeError(
        `${opName()}: ${showShape(first.shape)} and ${showShape(x.shape)} must agree outside axis ${axis}`,
      );
    }
    checkSameDType(opName(), first.dtype, x.dtype);
  }
  const total = inputs.reduce((n, x) => n + x.shape[axis]!, 0);
  const shape = first.shape.map((n, i) => (i === axis ? total : n));
  return emit('concat', { axis }, inputs, [{ shape, dtype: first.dtype }], evaluateConcat)[0]!;
}

export function evaluateConcat(node: NodeOf<'concat'>, inputs: readonly TypedArray[]): TypedArray[] {
  const { axis } = node.attrs;
  const { shape, dtype } = node.types[0]!;
  const out = allocate(dtype, shape, node.op);
  const row = sizeOf(shape.slice(axis));
  let offset = 0;
  node.inputs.forEach((input, k) => {
    const x = inputs[k]!;
    const part = sizeOf(input.shape.slice(axis));
    for (let from = 0, to = offset; from < x.length; from += part, to += row) {
      out.set(x.subarray(from, from + part), to);
    }
    offset += part;
  });
  return [out];
}
