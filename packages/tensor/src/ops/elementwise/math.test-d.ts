// Functions of single elements.
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import { is } from '../../types/equal.test-d.ts';
import type { Shape } from '../../types/tensor.ts';
import { acos } from './acos.ts';
import { acosh } from './acosh.ts';
import { asin } from './asin.ts';
import { asinh } from './asinh.ts';
import { atan } from './atan.ts';
import { atan2 } from './atan2.ts';
import { atanh } from './atanh.ts';
import { ceil } from './ceil.ts';
import { clip } from './clip.ts';
import { cos } from './cos.ts';
import { cosh } from './cosh.ts';
import { erf } from './erf.ts';
import { expm1 } from './expm1.ts';
import { floor } from './floor.ts';
import { heaviside } from './heaviside.ts';
import { isFinite } from './isFinite.ts';
import { isInf } from './isInf.ts';
import { isNaN } from './isNaN.ts';
import { log1p } from './log1p.ts';
import { logicalAnd } from './logicalAnd.ts';
import { logicalNot } from './logicalNot.ts';
import { logicalOr } from './logicalOr.ts';
import { mod } from './mod.ts';
import { notEqual } from './notEqual.ts';
import { reciprocal } from './reciprocal.ts';
import { round } from './round.ts';
import { rsqrt } from './rsqrt.ts';
import { sign } from './sign.ts';
import { sin } from './sin.ts';
import { sinh } from './sinh.ts';
import { tan } from './tan.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
declare const x: F<[2, 3]>;
declare const batch: Tensor<[number, 3], 'float64'>;
declare const int: Tensor<[2, 3], 'int32'>;
declare const plain: Tensor;
declare const mask: Tensor<[2, 3], 'bool'>;
declare const row: Tensor<[3], 'bool'>;
declare const four: F<[2, 4]>;
declare const masks: Tensor<[2, 4], 'bool'>;

is<F<[2, 3]>>()(acos(x));
is<Tensor<[number, 3], 'float64'>>()(acos(batch));
is<Tensor<Shape, FloatDType>>()(acos(plain));
// @ts-expect-error int32
acos(int);
is<F<[2, 3]>>()(acosh(x));
is<Tensor<[number, 3], 'float64'>>()(acosh(batch));
is<Tensor<Shape, FloatDType>>()(acosh(plain));
// @ts-expect-error int32
acosh(int);
is<F<[2, 3]>>()(asin(x));
is<Tensor<[number, 3], 'float64'>>()(asin(batch));
is<Tensor<Shape, FloatDType>>()(asin(plain));
// @ts-expect-error int32
asin(int);
is<F<[2, 3]>>()(asinh(x));
is<Tensor<[number, 3], 'float64'>>()(asinh(batch));
is<Tensor<Shape, FloatDType>>()(asinh(plain));
// @ts-expect-error int32
asinh(int);
is<F<[2, 3]>>()(atan(x));
is<Tensor<[number, 3], 'float64'>>()(atan(batch));
is<Tensor<Shape, FloatDType>>()(atan(plain));
// @ts-expect-error int32
atan(int);
is<F<[2, 3]>>()(atanh(x));
is<Tensor<[number, 3], 'float64'>>()(atanh(batch));
is<Tensor<Shape, FloatDType>>()(atanh(plain));
// @ts-expect-error int32
atanh(int);
is<F<[2, 3]>>()(cos(x));
is<Tensor<[number, 3], 'float64'>>()(cos(batch));
is<Tensor<Shape, FloatDType>>()(cos(plain));
// @ts-expect-error int32
cos(int);
is<F<[2, 3]>>()(cosh(x));
is<Tensor<[number, 3], 'float64'>>()(cosh(batch));
is<Tensor<Shape, FloatDType>>()(cosh(plain));
// @ts-expect-error int32
cosh(int);
is<F<[2, 3]>>()(erf(x));
is<Tensor<[number, 3], 'float64'>>()(erf(batch));
is<Tensor<Shape, FloatDType>>()(erf(plain));
// @ts-expect-error int32
erf(int);
is<F<[2, 3]>>()(expm1(x));
is<Tensor<[number, 3], 'float64'>>()(expm1(batch));
is<Tensor<Shape, FloatDType>>()(expm1(plain));
// @ts-expect-error int32
expm1(int);
is<F<[2, 3]>>()(log1p(x));
is<Tensor<[number, 3], 'float64'>>()(log1p(batch));
is<Tensor<Shape, FloatDType>>()(log1p(plain));
// @ts-expect-error int32
log1p(int);
is<F<[2, 3]>>()(reciprocal(x));
is<Tensor<[number, 3], 'float64'>>()(reciprocal(batch));
is<Tensor<Shape, FloatDType>>()(reciprocal(plain));
// @ts-expect-error int32
reciprocal(int);
is<F<[2, 3]>>()(rsqrt(x));
is<Tensor<[number, 3], 'float64'>>()(rsqrt(batch));
is<Tensor<Shape, FloatDType>>()(rsqrt(plain));
// @ts-expect-error int32
rsqrt(int);
is<F<[2, 3]>>()(sin(x));
is<Tensor<[number, 3], 'float64'>>()(sin(batch));
is<Tensor<Shape, FloatDType>>()(sin(plain));
// @ts-expect-error int32
sin(int);
is<F<[2, 3]>>()(sinh(x));
is<Tensor<[number, 3], 'float64'>>()(sinh(batch));
is<Tensor<Shape, FloatDType>>()(sinh(plain));
// @ts-expect-error int32
sinh(int);
is<F<[2, 3]>>()(tan(x));
is<Tensor<[number, 3], 'float64'>>()(tan(batch));
is<Tensor<Shape, FloatDType>>()(tan(plain));
// @ts-expect-error int32
tan(int);

is<F<[2, 3]>>()(ceil(x));
is<Tensor<[2, 3], 'int32'>>()(ceil(int));
is<Tensor>()(ceil(plain));
// @ts-expect-error not a tensor
ceil([1, 2]);
is<F<[2, 3]>>()(floor(x));
is<Tensor<[2, 3], 'int32'>>()(floor(int));
is<Tensor>()(floor(plain));
// @ts-expect-error not a tensor
floor([1, 2]);
is<F<[2, 3]>>()(round(x));
is<Tensor<[2, 3], 'int32'>>()(round(int));
is<Tensor>()(round(plain));
// @ts-expect-error not a tensor
round([1, 2]);
is<F<[2, 3]>>()(sign(x));
is<Tensor<[2, 3], 'int32'>>()(sign(int));
is<Tensor>()(sign(plain));
// @ts-expect-error not a tensor
sign([1, 2]);

is<Tensor<[2, 3], 'bool'>>()(isFinite(x));
is<Tensor<Shape, 'bool'>>()(isFinite(plain));
// @ts-expect-error not a tensor
isFinite(1);
is<Tensor<[2, 3], 'bool'>>()(isInf(x));
is<Tensor<Shape, 'bool'>>()(isInf(plain));
// @ts-expect-error not a tensor
isInf(1);
is<Tensor<[2, 3], 'bool'>>()(isNaN(x));
is<Tensor<Shape, 'bool'>>()(isNaN(plain));
// @ts-expect-error not a tensor
isNaN(1);

is<F<[2, 3]>>()(clip(x, { min: 0, max: 1 }));
is<Tensor>()(clip(plain, { min: 0 }));
// @ts-expect-error no such option
clip(x, { low: 0 });
is<F<[2, 3]>>()(heaviside(x, 0.5));
// @ts-expect-error int32
heaviside(int);
is<F<[2, 3]>>()(mod(x, 2));
is<Tensor<[2, 3], 'int32'>>()(mod(int, int));
// @ts-expect-error 3 and 4
mod(x, four);
is<Tensor<[2, 3], 'bool'>>()(notEqual(x, 0));
// @ts-expect-error float32 and int32
notEqual(x, int);
is<Tensor<[2, 3], 'bool'>>()(logicalNot(mask));
is<Tensor<Shape, 'bool'>>()(logicalNot(plain));
// @ts-expect-error no bool
logicalNot(x);
is<Tensor<[2, 3], 'bool'>>()(logicalAnd(mask, row));
is<Tensor<Shape, 'bool'>>()(logicalAnd(plain, mask));
// @ts-expect-error no bool
logicalAnd(mask, x);
// @ts-expect-error 3 and 4
logicalAnd(mask, masks);
is<Tensor<[2, 3], 'bool'>>()(logicalOr(mask, row));
is<Tensor<Shape, 'bool'>>()(logicalOr(plain, mask));
// @ts-expect-error no bool
logicalOr(mask, x);
// @ts-expect-error 3 and 4
logicalOr(mask, masks);

is<F<[2, 3]>>()(atan2(x, x));
is<F<[2, 3]>>()(atan2(1, x));
// @ts-expect-error int32
atan2(int, int);
// @ts-expect-error 3 and 4 columns
atan2(x, four);
