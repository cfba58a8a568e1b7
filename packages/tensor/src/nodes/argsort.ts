import { allocate, type TypedArray } from '../array/dtype.ts';
import type { NodeOf } from '../graph/node.ts';
import { sizeOf } from '../array/shape.ts';
import type { Tensor } from '../array/tensor.ts';
import { emit } from '../graph/trace.ts';

/**
 * Node `argsort`: int32 positions that sort along `axis`. Sorting is stable in either direction; NaN comes last.
 *
 * @example
 * argsortNode(tensor([3, 1, 2]), 0, false).toArray(); // => 1,2,0
 */
export function argsortNode(x: Tensor, axis: number, descending: boolean): Tensor {
  return emit('argsort', { axis, descending }, [x], [{ shape: x.shape, dtype: 'int32' }], evaluateArgsort)[0]!;
}

export function evaluateArgsort(node: NodeOf<'argsort'>, [x]: readonly TypedArray[]): TypedArray[] {
  const { axis, descending } = node.attrs;
  const { shape } = node.types[0]!;
  const out = allocate('int32', shape, node.op);
  const count = shape[axis]!;
  const inner = sizeOf(shape.slice(axis + 1));
  const order = (a: number, b: number): number => {
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return descending ? b - a : a - b;
  };
  const same = (a: number, b: number): number => (a === b ? 0 : order(a, b));
  for (let outer = 0; outer < x!.length; outer += count * inner) {
    for (let i = 0; i < inner; i++) {
      const at = (k: number): number => outer + k * inner + i;
      [...Array(count).keys()]
        .sort((p, q) => same(x![at(p)]!, x![at(q)]!) || p - q)
        .forEach((k, rank) => (out[at(rank)] = k));
    }
  }
  return [out];
}
