// More convolutions and products.
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import { is } from '../../types/equal.test-d.ts';
import type { Shape } from '../../types/tensor.ts';
import { conv1d } from '../window/conv1d.ts';
import { conv1dTranspose } from '../window/conv1dTranspose.ts';
import { conv2dTranspose } from '../window/conv2dTranspose.ts';
import { conv3d } from '../window/conv3d.ts';
import { depthwiseConv2d } from '../window/depthwiseConv2d.ts';
import { dot } from './dot.ts';
import { einsum } from './einsum.ts';
import { outer } from './outer.ts';
import { separableConv2d } from '../window/separableConv2d.ts';
import { tensordot } from './tensordot.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
declare const plain: Tensor;
declare const int: Tensor<[3], 'int32'>;
declare const signal: F<[number, 100, 4]>;
declare const image: F<[number, 28, 28, 4]>;
declare const volume: F<[number, 8, 8, 8, 1]>;
declare const k1: F<[3, 4, 16]>;
declare const k2: F<[3, 3, 4, 2]>;
declare const k3: F<[3, 3, 3, 1, 2]>;
declare const t1: F<[2, 16, 4]>;
declare const t2: F<[2, 2, 16, 4]>;
declare const pointwise: F<[1, 1, 8, 16]>;

is<F<[number, 98, 16]>>()(conv1d(signal, k1));
is<F<[number, 50, 16]>>()(conv1d(signal, k1, { padding: 'same', strides: 2 }));
is<Tensor<[number, number, number], FloatDType>>()(conv1d(plain, plain));
// @ts-expect-error rank 4
conv1d(image, k1);
is<F<[number, 6, 6, 6, 2]>>()(conv3d(volume, k3));
is<Tensor<[number, number, number, number, number], FloatDType>>()(conv3d(plain, plain));
// @ts-expect-error rank 4
conv3d(image, k3);
is<F<[number, 26, 26, 8]>>()(depthwiseConv2d(image, k2));
is<Tensor<[number, number, number, number], FloatDType>>()(depthwiseConv2d(plain, plain));
// @ts-expect-error 1 channel and 4
depthwiseConv2d(volume, k2);
is<F<[number, 26, 26, 16]>>()(separableConv2d(image, k2, pointwise));
// @ts-expect-error 8 channels and 4
separableConv2d(image, k2, k2);
is<F<[number, 200, 16]>>()(conv1dTranspose(signal, t1, { strides: 2 }));
// @ts-expect-error rank 4
conv1dTranspose(image, t1);
is<F<[number, 56, 56, 16]>>()(conv2dTranspose(image, t2, { strides: 2 }));
is<Tensor<[number, number, number, number], FloatDType>>()(conv2dTranspose(plain, plain));
// @ts-expect-error rank 3
conv2dTranspose(signal, t2);

declare const a: F<[3]>;
declare const b: F<[4]>;
declare const m: F<[3, 4]>;
is<F<[3, 4]>>()(outer(a, b));
is<Tensor<[number, number]>>()(outer(plain, plain));
// @ts-expect-error float32 and int32
outer(a, int);
is<F<[]>>()(dot(a, a));
is<F<[4]>>()(dot(a, m));
is<Tensor<Shape, FloatDType>>()(dot(plain, plain));
// @ts-expect-error 3 and 4
dot(a, b);
// @ts-expect-error int32
dot(int, int);
is<F<Shape>>()(tensordot(m, m, [[0], [0]]));
is<F<[]>>()(tensordot(m, m));
is<Tensor<Shape, FloatDType>>()(tensordot(plain, plain, 1));
// @ts-expect-error 4 and 3
tensordot(m, m, 1);
is<F<Shape>>()(einsum('ij,kj->ik', m, m));
is<Tensor>()(einsum('ij->ji', plain));
// @ts-expect-error the subscripts come first
einsum(m, m);
