import type { Value } from '@chainrule/layers-core';
import { type Tensor, where } from '@chainrule/tensor';

/** Applies an operation without an identity element. If only one of two values counts, returns that value, as Keras does. */
export function ofCounted(op: (a: Tensor, b: Tensor) => Tensor): (a: Value, b: Value) => Tensor {
  return (a, b) => {
    const second = b.mask ? where(b.mask, b.data, a.data) : b.data;
    const first = a.mask ? where(a.mask, a.data, second) : a.data;
    return op(first, second);
  };
}
