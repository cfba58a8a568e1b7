import type { FloatDType, Tensor, Variable } from '@chainrule/tensor';

/** float64 if any value is float64, else float32: the dtype of scalars that all of them share. */
export function widestDType(values: readonly (Tensor | Variable)[]): FloatDType {
  return values.some(({ dtype }) => dtype === 'float64') ? 'float64' : 'float32';
}
