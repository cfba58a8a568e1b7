// Elementwise ops beyond the first ones: a few of each signature.
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import { is } from '../../types/equal.test-d.ts';
import type { Shape } from '../../types/tensor.ts';
import { clip } from './clip.ts';
import { elu } from '../activation/elu.ts';
import { erf } from './erf.ts';
import { floor } from './floor.ts';
import { gelu } from '../activation/gelu.ts';
import { heaviside } from './heaviside.ts';
import { isNaN } from './isNaN.ts';
import { logicalAnd } from './logicalAnd.ts';
import { logicalNot } from './logicalNot.ts';
import { mod } from './mod.ts';
import { notEqual } from './notEqual.ts';
import { prelu } from '../activation/prelu.ts';
import { relu6 } from '../activation/relu6.ts';
import { silu } from '../activation/silu.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
declare const x: F<[2, 3]>;
declare const row: F<[3]>;
declare const int: Tensor<[2, 3], 'int32'>;
declare const batch: F<[number, 3]>;
declare const plain: Tensor;
declare const mask: Tensor<[2, 3], 'bool'>;
declare const maskRow: Tensor<[3], 'bool'>;
declare const wide: Tensor<[4], 'bool'>;

// Floats only.
is<F<[2, 3]>>()(erf(x));
is<F<[number, 3]>>()(silu(batch));
is<Tensor<Shape, FloatDType>>()(silu(plain));
// @ts-expect-error int32
erf(int);

// int32, too.
is<Tensor<[2, 3], 'int32'>>()(floor(int));
is<Tensor<[2, 3], 'int32'>>()(relu6(int));
is<Tensor<[2, 3], 'int32'>>()(clip(int, { min: 0 }));
is<F<[number, 3]>>()(clip(batch, { min: 0, max: 1 }));
// @ts-expect-error not an option
clip(x, { low: 0 });

// Options.
is<F<[2, 3]>>()(elu(x, { alpha: 0.5 }));
is<F<[2, 3]>>()(gelu(x, { approximate: true }));
is<F<[2, 3]>>()(heaviside(x, 1));
// @ts-expect-error not a boolean
gelu(x, { approximate: 'tanh' });

// Two operands.
is<Tensor<[2, 3], 'int32'>>()(mod(int, 2));
is<F<[2, 3]>>()(mod(x, row));
is<F<[2, 3]>>()(prelu(x, row));
is<Tensor<[2, 3], 'bool'>>()(notEqual(int, 2));
// @ts-expect-error dtypes differ
mod(x, int);
// @ts-expect-error int32
prelu(int, int);

// Conditions.
is<Tensor<[2, 3], 'bool'>>()(isNaN(x));
is<Tensor<[2, 3], 'bool'>>()(logicalAnd(mask, maskRow));
is<Tensor<[2, 3], 'bool'>>()(logicalAnd(maskRow, mask));
is<Tensor<[2, 3], 'bool'>>()(logicalNot(mask));
is<Tensor<Shape, 'bool'>>()(logicalNot(plain));
is<Tensor<Shape, 'bool'>>()(logicalAnd(plain, mask));
// @ts-expect-error [2,3] and [4] do not broadcast
logicalAnd(mask, wide);
// @ts-expect-error not bool
logicalAnd(mask, x);
// @ts-expect-error a number
logicalAnd(mask, 1);
// @ts-expect-error not bool
logicalNot(x);
