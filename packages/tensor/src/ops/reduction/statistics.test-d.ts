// Reductions with a dtype or options of their own.
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import { is } from '../../types/equal.test-d.ts';
import type { Shape } from '../../types/tensor.ts';
import { all } from './all.ts';
import { any } from './any.ts';
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

is<Tensor<[], 'bool'>>()(all(mask));
is<Tensor<[2, 1, 4], 'bool'>>()(all(mask, { axis: 1, keepDims: true }));
is<Tensor<Shape, 'bool'>>()(all(plain, { axis: 0 }));
// @ts-expect-error no bool
all(x);
// @ts-expect-error an axis that is out of range
all(mask, { axis: 3 });
is<Tensor<[], 'bool'>>()(any(mask));
is<Tensor<[2, 1, 4], 'bool'>>()(any(mask, { axis: 1, keepDims: true }));
is<Tensor<Shape, 'bool'>>()(any(plain, { axis: 0 }));
// @ts-expect-error no bool
any(x);
// @ts-expect-error an axis that is out of range
any(mask, { axis: 3 });
is<F<[]>>()(logSumExp(x));
is<F<[2, 4]>>()(logSumExp(x, { axis: 1 }));
is<F<[number, 1]>>()(logSumExp(batch, { axis: -1, keepDims: true }));
is<Tensor<[], FloatDType>>()(logSumExp(plain));
// @ts-expect-error int32
logSumExp(int);
// @ts-expect-error an axis that is out of range
logSumExp(x, { axis: 3 });
is<F<[]>>()(norm(x));
is<F<[2, 4]>>()(norm(x, { axis: 1 }));
is<F<[number, 1]>>()(norm(batch, { axis: -1, keepDims: true }));
is<Tensor<[], FloatDType>>()(norm(plain));
// @ts-expect-error int32
norm(int);
// @ts-expect-error an axis that is out of range
norm(x, { axis: 3 });
is<F<[3, 4]>>()(norm(x, { ord: 1, axis: 0 }));
is<F<[]>>()(std(x));
is<F<[2, 4]>>()(std(x, { axis: 1 }));
is<F<[number, 1]>>()(std(batch, { axis: -1, keepDims: true }));
is<Tensor<[], FloatDType>>()(std(plain));
// @ts-expect-error int32
std(int);
// @ts-expect-error an axis that is out of range
std(x, { axis: 3 });
is<F<[3, 4]>>()(std(x, { correction: 1, axis: 0 }));
is<F<[]>>()(variance(x));
is<F<[2, 4]>>()(variance(x, { axis: 1 }));
is<F<[number, 1]>>()(variance(batch, { axis: -1, keepDims: true }));
is<Tensor<[], FloatDType>>()(variance(plain));
// @ts-expect-error int32
variance(int);
// @ts-expect-error an axis that is out of range
variance(x, { axis: 3 });
is<F<[3, 4]>>()(variance(x, { correction: 1, axis: 0 }));
