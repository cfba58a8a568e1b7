// Products and windows: float32 and float64; plain tensors are taken.
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import { is } from '../../types/equal.test-d.ts';
import type { Padding, PerAxis2d, Shape } from '../../types/index.ts';
import { averagePool2d } from './averagePool2d.ts';
import { conv2d } from './conv2d.ts';
import { matmul } from '../contraction/matmul.ts';
import { maxPool2d } from './maxPool2d.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
type Unknown4 = [number, number, number, number];
declare const a: F<[2, 3]>;
declare const b: F<[3, 4]>;
declare const stack: F<[5, 1, 2, 3]>;
declare const stack2: F<[6, 3, 4]>;
declare const batch: F<[number, 3]>;
declare const dynamic: F<Shape>;
declare const plain: Tensor;
declare const double: Tensor<[3, 4], 'float64'>;
declare const int: Tensor<[3, 3], 'int32'>;
declare const flag: boolean;

is<F<[2, 4]>>()(matmul(a, b));
is<F<[5, 6, 2, 4]>>()(matmul(stack, stack2));
is<F<[3, 4]>>()(matmul(a, matmul(a, b), { transposeA: true }));
is<F<[2, 2]>>()(matmul(a, a, { transposeB: true }));
is<F<[number, 4]>>()(matmul(batch, b));
is<F<[number, 4]>>()(matmul(a, b, { transposeA: flag }));
is<F<Shape>>()(matmul(a, dynamic));
is<Tensor<Shape, FloatDType>>()(matmul(plain, plain));
is<F<Shape>>()(matmul(plain, b));
// @ts-expect-error 3 columns and 2 rows
matmul(a, a);
// @ts-expect-error transposed, 2 and 3
matmul(a, b, { transposeA: true });
// @ts-expect-error float32 and float64
matmul(a, double);
// @ts-expect-error int32
matmul(int, int);
// @ts-expect-error int32 beside an unknown dtype
matmul(plain, int);
// @ts-expect-error rank 1
matmul(a, matmul(a, b).shape);

declare const images: F<[number, 28, 28, 3]>;
declare const kernel: F<[3, 3, 3, 16]>;
declare const grouped: F<[3, 3, 1, 6]>;
declare const large: F<[32, 32, 3, 16]>;
declare const strides: PerAxis2d;
declare const padding: Padding;
declare const ints: Tensor<[1, 28, 28, 3], 'int32'>;
is<F<[number, 26, 26, 16]>>()(conv2d(images, kernel));
is<F<[number, 28, 28, 16]>>()(conv2d(images, kernel, { padding: 'same' }));
is<F<[number, 14, 14, 16]>>()(conv2d(images, kernel, { padding: 'same', strides: 2 }));
is<F<[number, 30, 30, 16]>>()(conv2d(images, kernel, { padding: 'full' }));
is<F<[number, 16, 16, 16]>>()(conv2d(images, kernel, { padding: 'full', strides: 2, dilations: 2 }));
is<F<[number, 28, 13, 16]>>()(
  conv2d(images, kernel, {
    padding: [
      [1, 1],
      [0, 0],
    ],
    strides: [1, 2],
  }),
);
is<F<[number, 24, 24, 16]>>()(conv2d(images, kernel, { dilations: 2 }));
is<F<[number, 26, 26, 6]>>()(conv2d(images, grouped, { groups: 3 }));
is<F<[number, number, number, 16]>>()(conv2d(dynamic, kernel, { strides, padding }));
is<F<Unknown4>>()(conv2d(dynamic, dynamic));
is<Tensor<Unknown4, FloatDType>>()(conv2d(plain, plain, { strides, padding }));
// @ts-expect-error 3 channels and 1
conv2d(images, grouped);
// @ts-expect-error a window larger than the image
conv2d(images, large);
// @ts-expect-error rank 2
conv2d(a, kernel);
// @ts-expect-error int32
conv2d(ints, kernel);
// @ts-expect-error no such padding
conv2d(images, kernel, { padding: 'circular' });

is<F<[number, 14, 14, 3]>>()(averagePool2d(images, { poolSize: 2 }));
is<F<[number, 9, 14, 3]>>()(averagePool2d(images, { poolSize: [3, 2] }));
is<F<[number, 26, 26, 3]>>()(averagePool2d(images, { poolSize: 3, strides: 1 }));
is<F<[number, 10, 10, 3]>>()(averagePool2d(images, { poolSize: 3, padding: 'same' }));
is<F<Unknown4>>()(averagePool2d(dynamic, { poolSize: 2 }));
is<Tensor<Unknown4, FloatDType>>()(averagePool2d(plain, { poolSize: strides, strides, padding }));
// @ts-expect-error a window larger than the image
averagePool2d(images, { poolSize: 29 });
// @ts-expect-error rank 2
averagePool2d(a, { poolSize: 2 });
// @ts-expect-error int32
averagePool2d(ints, { poolSize: 2 });
// @ts-expect-error the size of the window is missing
averagePool2d(images, {});

is<F<[number, 14, 14, 3]>>()(maxPool2d(images, { poolSize: 2 }));
is<F<[number, 9, 14, 3]>>()(maxPool2d(images, { poolSize: [3, 2] }));
is<F<[number, 26, 26, 3]>>()(maxPool2d(images, { poolSize: 3, strides: 1 }));
is<F<[number, 10, 10, 3]>>()(maxPool2d(images, { poolSize: 3, padding: 'same' }));
is<F<Unknown4>>()(maxPool2d(dynamic, { poolSize: 2 }));
is<Tensor<Unknown4, FloatDType>>()(maxPool2d(plain, { poolSize: strides, strides, padding }));
// @ts-expect-error a window larger than the image
maxPool2d(images, { poolSize: 29 });
// @ts-expect-error rank 2
maxPool2d(a, { poolSize: 2 });
// @ts-expect-error int32
maxPool2d(ints, { poolSize: 2 });
// @ts-expect-error the size of the window is missing
maxPool2d(images, {});

export const functions: ((a: Tensor, b: Tensor) => Tensor)[] = [matmul, conv2d];
export function generic<N extends number, D extends FloatDType>(
  t: Tensor<[N, 3], D>,
  w: Tensor<[3, 4], D>,
): Tensor<[N, 4], D> {
  return matmul(t, w);
}
