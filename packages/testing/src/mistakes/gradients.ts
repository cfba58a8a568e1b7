import { grad, valueAndGrad } from '@chainrule/autograd';
import { compile } from '@chainrule/compiler';
import { type Tensor, Variable, mul, ones, sum, tensor, zeros } from '@chainrule/tensor';
import { labels, x } from './examples.ts';
import type { Mistake } from './mistake.ts';

/** Mistakes with gradients, programs and variables. */
export const gradients: readonly Mistake[] = [
  [
    // @ts-expect-error the compiler refuses it, too
    () => grad(x),
    'grad: `fn` must be a function, got Tensor',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => grad((a: Tensor) => mul(a, a))(3),
    'grad: the argument must be a tensor or a variable, got 3; write `tensor(3)`',
  ],
  [
    () => grad((a: Tensor) => mul(a, a))(x),
    'grad: `fn` must return one element, got shape [3,2]; reduce it with `mean` or `sum`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => grad((a: Tensor) => sum(a).item())(x),
    'grad: `fn` must return a tensor, got 4; keep tensors, without `item` and `data`',
  ],
  [() => grad((a: Tensor) => sum(mul(a, 2)))(labels), 'grad: the argument must be float32 or float64, got int32'],
  [
    // @ts-expect-error the compiler refuses it, too
    () => grad((a: Tensor) => Promise.resolve(sum(a)))(x),
    'grad: `fn` must return a tensor, got Promise; it must not be async',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => valueAndGrad(() => sum(x))(),
    'valueAndGrad: the argument must be a tensor or a variable, got undefined',
  ],
  [
    () => compile((a: Tensor) => (a.item() > 0 ? a : mul(a, -1)))(tensor(1)),
    'tensor: a symbolic float32 tensor [] has no value inside a program; to choose between values use `where`, to read one return it',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => compile(x),
    'compile: `fn` must be a function, got Tensor',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => new Variable(zeros([2])).assign(ones([3])),
    'assign: `variable` has shape [2], got [3]',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => new Variable(zeros([2])).assign(1),
    'assign: `value` of `variable` must be a tensor, got 1; make one with `tensor(…)`',
  ],
];
