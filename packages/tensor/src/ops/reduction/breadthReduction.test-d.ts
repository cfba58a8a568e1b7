// Reductions with more options than an axis, reductions of conditions, running sums.
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import { is } from '../../types/equal.test-d.ts';
import type { Shape } from '../../types/tensor.ts';
import { all } from './all.ts';
import { any } from './any.ts';
import { cumsum } from './cumsum.ts';
import { logSumExp } from './logSumExp.ts';
import { norm } from './norm.ts';
import { std } from './std.ts';
import { variance } from './variance.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
declare const x: F<[2, 3, 4]>;
declare const int: Tensor<[2, 3, 4], 'int32'>;
declare const mask: Tensor<[2, 3, 4], 'bool'>;
declare const batch: F<[number, 3]>;
declare const plain: Tensor;
declare const n: number;

is<F<[]>>()(variance(x));
is<F<[2, 4]>>()(variance(x, { axis: 1, correction: 1 }));
is<F<[3]>>()(variance(x, { axis: [0, 2] }));
is<F<[number, 1]>>()(std(batch, { axis: -1, keepDims: true, correction: 0.5 }));
is<Tensor<[], FloatDType>>()(std(plain));
is<F<[2, 3]>>()(norm(x, { axis: 2, ord: 'inf' }));
is<F<Shape>>()(norm(x, { axis: n, ord: 1 }));
is<F<[2, 3]>>()(logSumExp(x, { axis: 2 }));
// @ts-expect-error an axis that is out of range
variance(x, { axis: 3 });
// @ts-expect-error int32
variance(int);
// @ts-expect-error an option that does not exist
variance(x, { ddof: 1 });
// @ts-expect-error not an order
norm(x, { ord: 3 });

is<Tensor<[], 'bool'>>()(any(mask));
is<Tensor<[2, 1, 4], 'bool'>>()(all(mask, { axis: 1, keepDims: true }));
is<Tensor<[], 'bool'>>()(any(plain));
// @ts-expect-error not bool
any(x);
// @ts-expect-error an axis that is out of range
all(mask, { axis: -4 });

is<Tensor<[2, 3, 4], 'int32'>>()(cumsum(int, 0, { exclusive: true }));
is<F<[number, 3]>>()(cumsum(batch, n, { reverse: true }));
// @ts-expect-error an axis that is out of range
cumsum(x, 3);
// @ts-expect-error an option that does not exist
cumsum(x, 0, { inclusive: true });
