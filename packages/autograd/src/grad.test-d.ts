// Gradients have the types of the arguments.
import { add, log, mean, mul, square, sum, type Shape, type Tensor, type Variable } from '@chainrule/tensor';
import { checkpoint } from './checkpoint.ts';
import { customGradient } from './customGradient.ts';
import { grad, valueAndGrad } from './grad.ts';
import type { Gradients } from './gradients.ts';
import { hessianVectorProduct } from './hessianVectorProduct.ts';
import { stopGradient } from './stopGradient.ts';
import { vjp } from './vjp.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function is<Expected>(): <T>(value: T, ...same: Equal<Expected, T> extends true ? [] : [never]) => void;
type True<T extends true> = T;
type F<S extends Shape> = Tensor<S, 'float32'>;
type W<S extends Shape> = Variable<S, 'float32'>;

declare const x: F<[3]>;
declare const total: F<[]>;
declare const plain: Tensor;
declare const kernel: W<[4, 3]>;
declare const bias: W<[3]>;
declare const list: Variable[];

// Tensors.
is<F<[3]>>()(grad((t: F<[3]>) => sum(mul(t, t)))(x));
is<[F<[]>, F<[3]>]>()(valueAndGrad((t: F<[3]>) => sum(t))(x));
is<Tensor>()(grad((t: Tensor) => mean(square(t)))(plain));
is<Tensor>()(grad(grad((t: Tensor) => sum(mul(t, mul(t, t)))))(plain));
is<F<[]>>()(grad(grad((t: F<[]>) => mul(t, mul(t, t))))(total));
is<{ a: F<[3]>; b: [Tensor, Tensor] }>()(
  grad(({ a, b }: { readonly a: F<[3]>; readonly b: readonly [Tensor, Tensor] }) => sum(add(a, b[0])))({
    a: x,
    b: [plain, plain],
  }),
);

// Variables: a tensor in the place of each.
is<F<[4, 3]>>()(grad((w: W<[4, 3]>) => sum(w.value))(kernel));
is<{ kernel: F<[4, 3]>; bias: F<[3]> }>()(
  grad((layer: { readonly kernel: W<[4, 3]>; readonly bias: W<[3]> }) =>
    add(sum(layer.kernel.value), sum(layer.bias.value)),
  )({ kernel, bias }),
);
is<[F<[4, 3]>, F<[3]>]>()(
  grad(([w, b]: readonly [W<[4, 3]>, W<[3]>]) => add(sum(w.value), sum(b.value)))([kernel, bias]),
);
is<Tensor[]>()(grad((all: readonly Variable[]) => sum(all[0]!.value))(list));

// A function without arguments: the call tells what to differentiate by.
const weights = { kernel, biases: [bias] as const };
is<[F<[]>, { kernel: F<[4, 3]>; biases: [F<[3]>] }]>()(
  valueAndGrad(() => add(sum(kernel.value), sum(bias.value)))(weights),
);
is<{ kernel: F<[4, 3]>; biases: [F<[3]>] }>()(grad(() => add(sum(kernel.value), sum(bias.value)))(weights));
is<[F<[]>, Tensor[]]>()(valueAndGrad(() => sum(kernel.value))(list));
is<F<[3]>>()(grad(() => sum(bias.value))(bias));
export type Trees = [
  True<Equal<Gradients<readonly Variable[]>, Tensor[]>>,
  True<Equal<Gradients<{ layers: readonly [W<[2]>, { w: Variable }] }>, { layers: [F<[2]>, { w: Tensor }] }>>,
  True<Equal<Gradients<number>, never>>,
];

// Further arguments and results are handed through.
is<F<[3]>>()(grad((t: F<[3]>, scale: number, name: string) => sum(mul(t, scale + name.length)))(x, 2, 'x'));
is<[readonly [F<[]>, { readonly logits: F<[3]> }], F<[3]>]>()(
  valueAndGrad((t: F<[3]>) => [sum(t), { logits: log(t) }] as const)(x),
);
// @ts-expect-error the second argument is missing
grad((t: F<[3]>, scale: number) => sum(mul(t, scale)))(x);
// @ts-expect-error a tensor of another shape
grad((t: F<[4]>) => sum(t))(x);
// @ts-expect-error no tensor is returned
grad((t: F<[3]>) => t.size);
// @ts-expect-error the tensor comes first
valueAndGrad((t: F<[3]>) => ['loss', sum(t)] as const);

// What surrounds gradients keeps types as well.
is<F<[3]>>()(hessianVectorProduct((t: F<[3]>) => sum(mul(t, t)))(x, x));
is<{ w: F<[4, 3]> }>()(
  hessianVectorProduct((p: { readonly w: W<[4, 3]> }) => sum(p.w.value))({ w: kernel }, { w: kernel.value }),
);
// @ts-expect-error the direction has the point's shape
hessianVectorProduct((t: F<[3]>) => sum(t))(x, total);
is<F<[3]>>()(stopGradient(x));
is<Tensor>()(stopGradient(plain));
is<F<[3]>>()(checkpoint((t: F<[3]>, scale: number) => mul(t, scale))(x, 2));
// @ts-expect-error the second argument is missing
checkpoint((t: F<[3]>, scale: number) => mul(t, scale))(x);
const [value, pullback] = vjp((a: F<[3]>, w: W<[3]>) => mul(a, w.value))(x, bias);
is<F<[3]>>()(value);
const [byTensor, byVariable] = pullback(value);
is<F<[3]>>()(byTensor);
is<F<[3]>>()(byVariable);
is<F<[3]>>()(
  customGradient(
    (t: F<[3]>) => log(t),
    (g) => [g],
  )(x),
);
customGradient(
  (t: F<[3]>) => log(t),
  // @ts-expect-error the pullback returns a list
  (g) => g,
);
