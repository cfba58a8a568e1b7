import { showShape } from '@chainrule/errors';
import type { DType, TypedArray } from './dtype.ts';
import { stridesOf } from './shape.ts';

/**
 * Prints `Tensor float32 [2,3] [[1, 2, 3], [4, 5, 6]]`. Abbreviates long axes; for a symbolic tensor, prints
 * `symbolic` instead of values.
 */
export function showTensor(t: { shape: readonly number[]; dtype: DType }, values: TypedArray | undefined): string {
  const head = `Tensor ${t.dtype} ${showShape(t.shape)}`;
  return values ? `${head} ${excerpt(t, values)}` : `${head} symbolic`;
}

function excerpt(t: { shape: readonly number[]; dtype: DType }, values: TypedArray): string {
  const strides = stridesOf(t.shape);
  const level = (axis: number, at: number): string => {
    if (axis === t.shape.length) return element(t.dtype, values[at]!);
    const n = t.shape[axis]!;
    const shown = n > 6 ? [0, 1, 2, -1, n - 3, n - 2, n - 1] : [...Array(n).keys()];
    return `[${shown.map((i) => (i < 0 ? '…' : level(axis + 1, at + i * strides[axis]!))).join(', ')}]`;
  };
  return level(0, 0);
}

function element(dtype: DType, value: number): string {
  if (dtype === 'bool') return value ? 'true' : 'false';
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
}
