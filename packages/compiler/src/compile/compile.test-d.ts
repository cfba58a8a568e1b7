// A compiled function has the type of the function.
import { add, log, matmul, sum, type Shape, type Tensor, type Variable } from '@chainrule/tensor';
import { compile, type Compiled, type CompiledProgram } from './compile.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function is<Expected>(): <T>(value: T, ...same: Equal<Expected, T> extends true ? [] : [never]) => void;
type F<S extends Shape> = Tensor<S, 'float32'>;

declare const x: F<[2, 3]>;
declare const w: F<[3, 4]>;
declare const plain: Tensor;
declare const variables: readonly Variable[];

is<Compiled<(a: F<[2, 3]>, b: F<[3, 4]>) => F<[2, 4]>>>()(compile((a: F<[2, 3]>, b: F<[3, 4]>) => matmul(a, b)));
is<F<[2, 4]>>()(compile((a: F<[2, 3]>, b: F<[3, 4]>) => matmul(a, b), { fuse: false, name: 'product' })(x, w));
is<F<[number, 3]>>()(compile((a: F<[number, 3]>) => log(a))(x));
is<Tensor>()(compile((a: Tensor) => add(a, 1))(plain));
is<{ loss: F<[]>; state: readonly Variable[] }>()(
  compile((a: F<[2, 3]>, state: readonly Variable[], _rate: number) => ({ loss: sum(a), state }))(x, variables, 0.1),
);
is<readonly CompiledProgram[]>()(compile((a: Tensor) => a).programs());
export const passed: (a: Tensor) => Tensor = compile((a: Tensor) => add(a, 1));

// @ts-expect-error a tensor of another shape
compile((a: F<[2, 3]>) => sum(a))(w);
// @ts-expect-error an argument is missing
compile((a: Tensor, b: Tensor) => add(a, b))(plain);
// @ts-expect-error no such option
compile((a: Tensor) => a, { fused: false });
