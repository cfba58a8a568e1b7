import { Tensor, Variable, full, tensor, zeros } from '@chainrule/tensor';
import { x } from './examples.ts';
import type { Mistake } from './mistake.ts';

/** Mistakes with tensors, which other libraries make, and which have methods there. */
export const tensors: readonly Mistake[] = [
  [
    // @ts-expect-error the compiler refuses it, too
    () => tensor(1, 2),
    'tensor: `shape` must be a list of sizes, got 2; put values in a list: `tensor([1, 2])`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => tensor([[1, 2], [3]]),
    'tensor: `values` must be nested evenly, got rows of [2] and [1] at [1]',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => tensor(['1', '2']),
    'tensor: `values` must be numbers, got "1"; convert strings with `Number`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => tensor(['cat', 'dog']),
    'tensor: `values` must be numbers, got "cat"; number the classes with `ordinalEncoder`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => tensor([1, null]),
    'tensor: `values` must be numbers, got null',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => tensor([1, 2], 'float'),
    'tensor: `dtype` must be float32, float64, int32, uint8 or bool, got "float"; write \'float32\'',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => tensor([1, 2], 'int64'),
    'tensor: `dtype` must be float32, float64, int32, uint8 or bool, got "int64"; write \'int32\'',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => tensor([1, 2], 'double'),
    'tensor: `dtype` must be float32, float64, int32, uint8 or bool, got "double"; write \'float64\'',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => tensor([1, 2], { dtype: 'long' }),
    'tensor: `dtype` must be float32, float64, int32, uint8 or bool, got "long"; write \'int32\'',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => tensor([1, 2], { type: 'int32' }),
    'tensor: unknown option `type`; Known: { shape, dtype }',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => tensor([1, 2, 3], [2, 2]),
    'tensor: `shape` [2,2] needs 4 values, got 3',
  ],
  [() => tensor([1.5], 'int32'), 'tensor: int32 cannot hold 1.5'],
  [
    // @ts-expect-error the compiler refuses it, too
    () => tensor([tensor(1), tensor(2)]),
    'tensor: `values` must be numbers, got Tensor; join tensors with `stack` or `concat`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => tensor(),
    'tensor: `values` must be numbers, got undefined',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => tensor(Promise.resolve([1])),
    'tensor: `values` must be numbers, got Promise; did you forget `await`?',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => new Tensor([1, 2, 3]),
    'Tensor: `source` must be a typed array, got undefined; write `tensor(values)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => zeros(2, 3),
    'zeros: `shape` must hold integers of at least 0, got 2; write a list, as in `[2]`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => zeros([2], 'float16'),
    'zeros: `dtype` must be float32, float64, int32, uint8 or bool, got "float16"; write \'float32\'',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => zeros([2, 3], { dim: 2 }),
    'zeros: unknown option `dim`; Known: { dtype }',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => full([2]),
    'full: `value` must be a number, got undefined',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => new Variable([1, 2]),
    'Variable: `initial` must be a tensor, got [1,2]; make one with `tensor(…)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => x.shape(),
    'x.shape is not a function',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => x.size(),
    'x.size is not a function',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => x.data(),
    'x.data is not a function',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => x.add(x),
    'add: a tensor has no `add`; operations are functions: write `add(x, …)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => x.sum(),
    'sum: a tensor has no `sum`; operations are functions: write `sum(x, …)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => x.reshape([6]),
    'reshape: a tensor has no `reshape`; operations are functions: write `reshape(x, …)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => x.view(6),
    'view: a tensor has no `view`; write `reshape(x, shape)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => x.matMul(x),
    'matMul: a tensor has no `matMul`; write `matmul(x, y)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => x.argMax(1),
    'argMax: a tensor has no `argMax`; write `argmax(x)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => x.print(),
    'print: a tensor has no `print`; write `console.log(x)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => x.dataSync(),
    'dataSync: a tensor has no `dataSync`; read values with `x.data`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => x.arraySync(),
    'arraySync: a tensor has no `arraySync`; read values with `x.toArray()`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => x.numpy(),
    'numpy: a tensor has no `numpy`; read values with `x.toArray()`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => x.dispose(),
    'dispose: a tensor has no `dispose`; the garbage collector frees tensors',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => x.detach(),
    'detach: a tensor has no `detach`; write `stopGradient(x)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => x.backward(),
    'backward: a tensor has no `backward`; write `grad(fn)(x)`',
  ],
  [() => x.item(), 'item: expects one element, got shape [3,2]; read all of them with `toArray`'],
  [
    // @ts-expect-error the compiler refuses it, too
    () => x + x,
    'tensor: operators such as + need one element, got shape [3,2]; operations are functions: write `add(x, y)` for `x + y`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => x * 2,
    'tensor: operators such as + need one element, got shape [3,2]; operations are functions: write `add(x, y)` for `x + y`',
  ],
  [
    () => -x,
    'tensor: operators such as + need one element, got shape [3,2]; operations are functions: write `add(x, y)` for `x + y`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => x > 0,
    'tensor: operators such as + need one element, got shape [3,2]; operations are functions: write `add(x, y)` for `x + y`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => [...x],
    'x is not iterable',
  ],
];
