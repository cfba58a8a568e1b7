import { arange, expandDims, type FloatDType, type Tensor } from '@chainrule/tensor';

/** Positions 0, 1, … of n keys as `[1, n]`. */
export function keyPositions(n: number, dtype: FloatDType = 'float32'): Tensor {
  return expandDims(arange(n, dtype), 0);
}

/** Positions 0, 1, … of n queries as `[n, 1]`. */
export function queryPositions(n: number, dtype: FloatDType = 'float32'): Tensor {
  return expandDims(arange(n, dtype), 1);
}

/** The float dtype to compute in for a tensor. */
export function floatDTypeOf({ dtype }: Tensor): FloatDType {
  return dtype === 'float64' ? 'float64' : 'float32';
}
