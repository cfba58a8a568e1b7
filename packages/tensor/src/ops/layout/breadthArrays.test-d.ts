// Creation, conversion, images, draws; and options of padding and windows.
import { onesLike, zeros, zerosLike } from '../creation/creation.ts';
import type { DType, FloatDType } from '../../array/dtype.ts';
import { arange, eye, linspace } from '../creation/sequences.ts';
import { tensorFromJSON } from '../../array/serialize.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { Generator } from '../random/generator.ts';
import { is } from '../../types/equal.test-d.ts';
import type { Shape } from '../../types/tensor.ts';
import { averagePool2d } from '../window/averagePool2d.ts';
import { conv1d } from '../window/conv1d.ts';
import { conv2dTranspose } from '../window/conv2dTranspose.ts';
import { filterImage } from '../window/filterImage.ts';
import { boxBlurKernel, gaussianBlurKernel, sobelKernels } from '../window/imageKernels.ts';
import { maxPool2d } from '../window/maxPool2d.ts';
import { pad } from './pad.ts';
import { randomBernoulli } from '../random/randomBernoulli.ts';
import { randomCategorical } from '../random/randomCategorical.ts';
import { randomPermutation } from '../random/randomPermutation.ts';
import { randomTruncatedNormal } from '../random/randomTruncatedNormal.ts';
import { sampleImage } from '../window/sampleImage.ts';
import { resizeBilinear } from '../window/resizeBilinear.ts';
import { resizeNearest } from '../window/resizeNearest.ts';
import { slice } from './slice.ts';
import { tensordot } from '../contraction/tensordot.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
declare const x: F<[2, 3, 4]>;
declare const other: F<[4, 3, 2]>;
declare const images: F<[number, 28, 28, 3]>;
declare const ints: Tensor<[2, 28, 28, 3], 'int32'>;
declare const plain: Tensor;
declare const declared: Tensor<Shape, FloatDType>;
declare const rng: Generator;
declare const n: number;

is<F<[3]>>()(arange(3));
is<Tensor<[number], 'int32'>>()(arange(0, 3, 1, 'int32'));
is<F<[5]>>()(linspace(0, 1, 5));
is<F<[number]>>()(linspace(0, 1, n));
is<F<[2, 2]>>()(eye(2));
is<Tensor<[2, 3], 'bool'>>()(eye(2, 3, 1, 'bool'));
is<F<[2, 3, 4]>>()(zerosLike(x));
is<Tensor>()(onesLike(plain));
is<Tensor<Shape, DType>>()(tensorFromJSON({}));
// @ts-expect-error floats alone
linspace(0, 1, 5, 'int32');

is<F<[2, 5, 4]>>()(
  pad(
    x,
    [
      [0, 0],
      [1, 1],
      [0, 0],
    ],
    { mode: 'reflect' },
  ),
);
// prettier-ignore
// @ts-expect-error a mode that does not exist
pad(x, [[0, 0], [1, 1], [0, 0]], { mode: 'repeat' });
is<F<[1, 3, number]>>()(slice(x, [-1, 0, -2], [1, 3, -1]));
is<F<[2, 3, 4, 5]>>()(tensordot(x, linspace(0, 1, 5), 0));
is<F<[2, 3, 3, 2]>>()(tensordot(x, other, 1));
// @ts-expect-error more axes than there are
tensordot(x, x, 4);

is<F<[number, 56, 14, 3]>>()(resizeBilinear(images, [56, 14]));
is<Tensor<[2, 14, number, 3], 'int32'>>()(resizeNearest(ints, [14, n]));
is<Tensor<[number, 4, 4, number]>>()(resizeNearest(plain, [4, 4]));
is<Tensor<[number, 4, 4, number], FloatDType>>()(resizeBilinear(plain, [4, 4]));
is<Tensor<[number, number, number, number], FloatDType>>()(filterImage(plain, plain));
is<Tensor<Shape, 'int32'>>()(randomCategorical(rng, plain));
// @ts-expect-error integers
resizeBilinear(ints, [14, 14]);
// @ts-expect-error no channels
resizeNearest(x, [4, 4]);
is<F<[2, 7, 3]>>()(sampleImage(zeros([2, 4, 4, 3]), zeros([2, 7, 2])));
is<Tensor<[2, 5, 6, 3], 'uint8'>>()(
  sampleImage(zeros([2, 4, 4, 3], 'uint8'), zeros([2, 5, 6, 2]), { interpolation: 'nearest' }),
);
is<Tensor>()(sampleImage(plain, declared));
// @ts-expect-error coordinates of three numbers
sampleImage(zeros([2, 4, 4, 3]), zeros([2, 7, 3]));
// @ts-expect-error coordinates for another number of images
sampleImage(zeros([2, 4, 4, 3]), zeros([3, 7, 2]));
is<F<[5, 5, 1, 1]>>()(boxBlurKernel(5));
is<F<[3, 3, 1, 1]>>()(gaussianBlurKernel());
is<F<[number, 28, 28, 3]>>()(filterImage(images, sobelKernels().x));
is<F<[number, 24, 24, 3]>>()(filterImage(images, boxBlurKernel(5), { padding: 'valid' }));
// @ts-expect-error a kernel of a convolution
filterImage(images, zerosLike(images));

declare const signal: F<[2, 9, 4]>;
declare const kernel: F<[3, 4, 8]>;
is<F<[2, 5, 8]>>()(conv1d(signal, kernel, { padding: 'causal', strides: 2 }));
is<F<[number, 26, 26, 3]>>()(maxPool2d(images, { poolSize: 2, strides: 1, dilations: 2 }));
is<F<[number, 14, 14, 3]>>()(averagePool2d(images, { poolSize: 2, padding: 'same', countIncludePad: true }));
// @ts-expect-error of averages alone
maxPool2d(images, { poolSize: 2, countIncludePad: true });
declare const up: F<[3, 3, 8, 3]>;
is<F<[number, 57, 57, 8]>>()(conv2dTranspose(images, up, { strides: 2 }));
is<F<[number, number, number, 8]>>()(conv2dTranspose(images, up, { strides: 2, padding: 'same', outputPadding: 1 }));

is<F<[2, 3]>>()(randomTruncatedNormal(rng, [2, 3]));
is<Tensor<[2, 3], 'bool'>>()(randomBernoulli(rng, [2, 3], { p: 0.1 }));
is<Tensor<[7], 'int32'>>()(randomPermutation(rng, 7));
is<Tensor<[2, 3, 5], 'int32'>>()(randomCategorical(rng, x, 5));
is<Tensor<[2, 3, 1], 'int32'>>()(randomCategorical(rng, x));
// @ts-expect-error integers
randomCategorical(rng, ints);
