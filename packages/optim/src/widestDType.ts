import type { FloatDType, Tensor, Variable } from '@chainrule/tensor';

/** float64 if any of them is float64, else float32: the dtype of numbers that serve all of them. */
export function widestDType(values: readonly (Tensor | Variable)[]): FloatDType {
  return values.some(({ dtype }) => dtype === 'float64') ? 'float64' : 'float32';
}
