// Activations.
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import { is } from '../../types/equal.test-d.ts';
import type { Shape } from '../../types/tensor.ts';
import { celu } from './celu.ts';
import { elu } from './elu.ts';
import { gelu } from './gelu.ts';
import { hardSigmoid } from './hardSigmoid.ts';
import { hardSwish } from './hardSwish.ts';
import { logSigmoid } from './logSigmoid.ts';
import { mish } from './mish.ts';
import { prelu } from './prelu.ts';
import { relu6 } from './relu6.ts';
import { selu } from './selu.ts';
import { silu } from './silu.ts';
import { softsign } from './softsign.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
declare const x: F<[2, 3]>;
declare const batch: Tensor<[number, 3], 'float64'>;
declare const int: Tensor<[2, 3], 'int32'>;
declare const plain: Tensor;
declare const slopes: F<[3]>;
declare const four: F<[4]>;

is<F<[2, 3]>>()(hardSigmoid(x));
is<Tensor<[number, 3], 'float64'>>()(hardSigmoid(batch));
is<Tensor<Shape, FloatDType>>()(hardSigmoid(plain));
// @ts-expect-error int32
hardSigmoid(int);
is<F<[2, 3]>>()(hardSwish(x));
is<Tensor<[number, 3], 'float64'>>()(hardSwish(batch));
is<Tensor<Shape, FloatDType>>()(hardSwish(plain));
// @ts-expect-error int32
hardSwish(int);
is<F<[2, 3]>>()(logSigmoid(x));
is<Tensor<[number, 3], 'float64'>>()(logSigmoid(batch));
is<Tensor<Shape, FloatDType>>()(logSigmoid(plain));
// @ts-expect-error int32
logSigmoid(int);
is<F<[2, 3]>>()(mish(x));
is<Tensor<[number, 3], 'float64'>>()(mish(batch));
is<Tensor<Shape, FloatDType>>()(mish(plain));
// @ts-expect-error int32
mish(int);
is<F<[2, 3]>>()(selu(x));
is<Tensor<[number, 3], 'float64'>>()(selu(batch));
is<Tensor<Shape, FloatDType>>()(selu(plain));
// @ts-expect-error int32
selu(int);
is<F<[2, 3]>>()(silu(x));
is<Tensor<[number, 3], 'float64'>>()(silu(batch));
is<Tensor<Shape, FloatDType>>()(silu(plain));
// @ts-expect-error int32
silu(int);
is<F<[2, 3]>>()(softsign(x));
is<Tensor<[number, 3], 'float64'>>()(softsign(batch));
is<Tensor<Shape, FloatDType>>()(softsign(plain));
// @ts-expect-error int32
softsign(int);

is<F<[2, 3]>>()(celu(x));
is<Tensor<[number, 3], 'float64'>>()(celu(batch));
is<Tensor<Shape, FloatDType>>()(celu(plain));
// @ts-expect-error int32
celu(int);
is<F<[2, 3]>>()(celu(x, { alpha: 2 }));
// @ts-expect-error no such option
celu(x, { slope: 2 });
is<F<[2, 3]>>()(elu(x));
is<Tensor<[number, 3], 'float64'>>()(elu(batch));
is<Tensor<Shape, FloatDType>>()(elu(plain));
// @ts-expect-error int32
elu(int);
is<F<[2, 3]>>()(elu(x, { alpha: 2 }));
// @ts-expect-error no such option
elu(x, { slope: 2 });
is<F<[2, 3]>>()(gelu(x));
is<Tensor<[number, 3], 'float64'>>()(gelu(batch));
is<Tensor<Shape, FloatDType>>()(gelu(plain));
// @ts-expect-error int32
gelu(int);
is<F<[2, 3]>>()(gelu(x, { approximate: true }));
// @ts-expect-error no such option
gelu(x, { slope: 2 });
is<F<[2, 3]>>()(prelu(x, slopes));
is<Tensor<Shape, FloatDType>>()(prelu(plain, plain));
// @ts-expect-error 3 and 4
prelu(x, four);
is<F<[2, 3]>>()(relu6(x));
is<Tensor>()(relu6(plain));
// @ts-expect-error not a tensor
relu6(7);

export const functions: ((x: Tensor) => Tensor)[] = [celu, elu, gelu, hardSigmoid, hardSwish, mish, relu6, selu, silu];
