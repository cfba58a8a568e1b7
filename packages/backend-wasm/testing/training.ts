import {
  Generator,
  matmul,
  mean,
  mul,
  randomUniform,
  square,
  sub,
  type Tensor,
  transpose,
  Variable,
} from '@chainrule/tensor';

/** Numbers in [−1, 1). */
export const values = (shape: readonly number[], seed: number): Tensor =>
  randomUniform(new Generator(seed), [...shape], { low: -1 });
/** A product of matrices without static shapes. */
export const product = (a: Tensor, b: Tensor): Tensor => matmul(a as never, b as never);

/** A step of gradient descent on a linear model, with a gradient by hand. */
export function training(): { readonly step: (x: Tensor, y: Tensor) => Tensor; readonly w: Variable } {
  const w = new Variable(values([8, 4], 1), { name: 'w' });
  const step = (x: Tensor, y: Tensor): Tensor => {
    const error = sub(product(x, w.value), y);
    w.assign(sub(w.value, mul(product(transpose(x), error), 0.01)));
    return mean(square(error));
  };
  return { step, w };
}
