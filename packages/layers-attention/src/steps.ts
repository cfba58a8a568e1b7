import { arange, expandDims, type FloatDType, type Tensor } from '@chainrule/tensor';

/** 0, 1, … as `[1, n]`: positions of keys. */
export function rowOf(n: number, dtype: FloatDType = 'float32'): Tensor {
  return expandDims(arange(n, dtype), 0);
}

/** 0, 1, … as `[n, 1]`: positions of queries. */
export function columnOf(n: number, dtype: FloatDType = 'float32'): Tensor {
  return expandDims(arange(n, dtype), 1);
}

/** The dtype to compute beside a tensor in. */
export function floatOf({ dtype }: Tensor): FloatDType {
  return dtype === 'float64' ? 'float64' : 'float32';
}
