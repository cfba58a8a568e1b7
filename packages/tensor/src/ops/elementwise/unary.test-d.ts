// One tensor in, one of the same shape out.
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import { is } from '../../types/equal.test-d.ts';
import type { Shape } from '../../types/tensor.ts';
import { abs } from './abs.ts';
import { cast } from './cast.ts';
import { exp } from './exp.ts';
import { leakyRelu } from '../activation/leakyRelu.ts';
import { log } from './log.ts';
import { logSoftmax } from '../activation/logSoftmax.ts';
import { neg } from './neg.ts';
import { relu } from '../activation/relu.ts';
import { sigmoid } from '../activation/sigmoid.ts';
import { softmax } from '../activation/softmax.ts';
import { softplus } from '../activation/softplus.ts';
import { sqrt } from './sqrt.ts';
import { square } from './square.ts';
import { tanh } from '../activation/tanh.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
declare const x: F<[2, 3]>;
declare const double: Tensor<[2, 3], 'float64'>;
declare const int: Tensor<[2, 3], 'int32'>;
declare const batch: F<[number, 3]>;
declare const dynamic: F<Shape>;
declare const plain: Tensor;
declare const n: number;

// Any dtype, kept.
is<F<[2, 3]>>()(abs(x));
is<Tensor<[2, 3], 'int32'>>()(abs(int));
is<F<[number, 3]>>()(abs(batch));
is<F<Shape>>()(abs(dynamic));
is<Tensor>()(abs(plain));
// @ts-expect-error not a tensor
abs([1, 2]);
is<F<[2, 3]>>()(neg(x));
is<Tensor<[2, 3], 'int32'>>()(neg(int));
is<F<[number, 3]>>()(neg(batch));
is<F<Shape>>()(neg(dynamic));
is<Tensor>()(neg(plain));
// @ts-expect-error not a tensor
neg([1, 2]);
is<F<[2, 3]>>()(relu(x));
is<Tensor<[2, 3], 'int32'>>()(relu(int));
is<F<[number, 3]>>()(relu(batch));
is<F<Shape>>()(relu(dynamic));
is<Tensor>()(relu(plain));
// @ts-expect-error not a tensor
relu([1, 2]);
is<F<[2, 3]>>()(square(x));
is<Tensor<[2, 3], 'int32'>>()(square(int));
is<F<[number, 3]>>()(square(batch));
is<F<Shape>>()(square(dynamic));
is<Tensor>()(square(plain));
// @ts-expect-error not a tensor
square([1, 2]);

// float32 and float64. A tensor of unknown dtype is taken, one of a wrong dtype is not.
is<F<[2, 3]>>()(exp(x));
is<Tensor<[2, 3], 'float64'>>()(exp(double));
is<F<[number, 3]>>()(exp(batch));
is<F<Shape>>()(exp(dynamic));
is<Tensor<Shape, FloatDType>>()(exp(plain));
// @ts-expect-error int32
exp(int);
is<F<[2, 3]>>()(log(x));
is<Tensor<[2, 3], 'float64'>>()(log(double));
is<F<[number, 3]>>()(log(batch));
is<F<Shape>>()(log(dynamic));
is<Tensor<Shape, FloatDType>>()(log(plain));
// @ts-expect-error int32
log(int);
is<F<[2, 3]>>()(sigmoid(x));
is<Tensor<[2, 3], 'float64'>>()(sigmoid(double));
is<F<[number, 3]>>()(sigmoid(batch));
is<F<Shape>>()(sigmoid(dynamic));
is<Tensor<Shape, FloatDType>>()(sigmoid(plain));
// @ts-expect-error int32
sigmoid(int);
is<F<[2, 3]>>()(softplus(x));
is<Tensor<[2, 3], 'float64'>>()(softplus(double));
is<F<[number, 3]>>()(softplus(batch));
is<F<Shape>>()(softplus(dynamic));
is<Tensor<Shape, FloatDType>>()(softplus(plain));
// @ts-expect-error int32
softplus(int);
is<F<[2, 3]>>()(sqrt(x));
is<Tensor<[2, 3], 'float64'>>()(sqrt(double));
is<F<[number, 3]>>()(sqrt(batch));
is<F<Shape>>()(sqrt(dynamic));
is<Tensor<Shape, FloatDType>>()(sqrt(plain));
// @ts-expect-error int32
sqrt(int);
is<F<[2, 3]>>()(tanh(x));
is<Tensor<[2, 3], 'float64'>>()(tanh(double));
is<F<[number, 3]>>()(tanh(batch));
is<F<Shape>>()(tanh(dynamic));
is<Tensor<Shape, FloatDType>>()(tanh(plain));
// @ts-expect-error int32
tanh(int);

// With options.
is<F<[2, 3]>>()(leakyRelu(x));
is<F<[number, 3]>>()(leakyRelu(batch, { negativeSlope: 0.1 }));
is<Tensor<Shape, FloatDType>>()(leakyRelu(plain));
// @ts-expect-error int32
leakyRelu(int);
// @ts-expect-error an option that does not exist
leakyRelu(x, { slope: 0.1 });
is<F<[2, 3]>>()(softmax(x));
is<F<[2, 3]>>()(softmax(x, { axis: 0 }));
is<F<[number, 3]>>()(softmax(batch, { axis: n }));
is<F<Shape>>()(softmax(dynamic, { axis: 5 }));
is<Tensor<Shape, FloatDType>>()(softmax(plain));
// @ts-expect-error an axis that is out of range
softmax(x, { axis: 2 });
// @ts-expect-error int32
softmax(int);
is<F<[2, 3]>>()(logSoftmax(x));
is<F<[2, 3]>>()(logSoftmax(x, { axis: 0 }));
is<F<[number, 3]>>()(logSoftmax(batch, { axis: n }));
is<F<Shape>>()(logSoftmax(dynamic, { axis: 5 }));
is<Tensor<Shape, FloatDType>>()(logSoftmax(plain));
// @ts-expect-error an axis that is out of range
logSoftmax(x, { axis: 2 });
// @ts-expect-error int32
logSoftmax(int);
is<Tensor<[2, 3], 'int32'>>()(cast(x, 'int32'));
is<Tensor<[number, 3], 'bool'>>()(cast(batch, 'bool'));
is<Tensor<Shape, 'float64'>>()(cast(plain, 'float64'));
// @ts-expect-error a dtype that does not exist
cast(x, 'float16');

// As functions of plain tensors, for callers that know neither shape nor dtype.
export const functions: ((x: Tensor) => Tensor)[] = [abs, exp, leakyRelu, log, logSoftmax, neg, relu, sigmoid];
export const more: ((x: Tensor) => Tensor)[] = [softmax, softplus, sqrt, square, tanh];
export const shaped: F<[2, 3]> = log(plain);
// @ts-expect-error the result keeps its shape
export const wrongShape: F<[3, 2]> = relu(x);
// @ts-expect-error not for int32
export const wrongType: (x: Tensor<Shape, 'int32'>) => Tensor = softplus;
export function generic<S extends Shape, D extends FloatDType>(t: Tensor<S, D>): Tensor<S, D> {
  return softplus(sigmoid(t));
}
// A dtype that is known in part is only taken where all of it fits, or all of the op's dtypes are in it.
declare const part: Tensor<[2], 'float32' | 'int32'>;
declare const wide: Tensor<[2], 'float32' | 'float64' | 'int32'>;
is<Tensor<[2], FloatDType>>()(log(wide));
// @ts-expect-error narrow or widen it first
log(part);
