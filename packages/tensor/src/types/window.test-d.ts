import type { Tensor } from '../array/tensor.ts';
import { is, some } from './equal.test-d.ts';
import type {
  AveragePool2d,
  Conv1d,
  Conv2d,
  Conv3d,
  DepthwiseConv2d,
  MaxPool1d,
  MaxPool2d,
} from '../ops/signatures/index.ts';
import type { Shape } from './tensor.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
declare const conv1d: Conv1d;
declare const conv2d: Conv2d;
declare const conv3d: Conv3d;
declare const depthwise: DepthwiseConv2d;
declare const maxPool1d: MaxPool1d;
declare const maxPool2d: MaxPool2d;
declare const averagePool2d: AveragePool2d;
declare const x: F<[32, 28, 28, 1]>;
declare const photos: F<[number, 224, 224, 3]>;
declare const anySize: F<[32, number, number, 4]>;
declare const kernel: F<[3, 3, 1, 8]>;
declare const kernel7: F<[7, 7, 3, 64]>;
declare const unknownRank: F<Shape>;
declare const padding: 'valid' | 'same';
declare const n: number;

is<F<[32, 26, 26, 8]>>()(conv2d(x, kernel));
is<F<[32, 28, 28, 8]>>()(conv2d(x, kernel, { padding: 'same' }));
is<F<[number, 112, 112, 64]>>()(conv2d(photos, kernel7, { strides: 2, padding: 'same' }));
is<F<[number, 109, 73, 64]>>()(conv2d(photos, kernel7, { strides: [2, 3] }));
is<F<[32, 24, 24, 8]>>()(conv2d(x, kernel, { dilations: 2 }));
is<F<[32, 28, 30, 8]>>()(
  conv2d(x, kernel, {
    padding: [
      [1, 1],
      [2, 2],
    ],
  }),
);
is<F<[32, number, number, 8]>>()(conv2d(anySize, some<F<[3, 3, 4, 8]>>()));
is<F<[32, number, number, 8]>>()(conv2d(anySize, some<F<[3, 3, 2, 8]>>(), { groups: 2 }));
is<F<[32, number, number, 8]>>()(conv2d(x, kernel, { padding }));
is<F<[32, number, number, 8]>>()(conv2d(x, kernel, { strides: n }));
is<F<[number, number, number, 8]>>()(conv2d(unknownRank, kernel));
is<F<[32, number, number, number]>>()(conv2d(x, unknownRank));
// @ts-expect-error 3 channels, a kernel for 1
conv2d(photos, kernel);
// @ts-expect-error 4 channels, 2 groups of 4
conv2d(anySize, some<F<[3, 3, 4, 8]>>(), { groups: 2 });
// @ts-expect-error a window larger than the input
conv2d(some<F<[1, 2, 28, 1]>>(), kernel);
// @ts-expect-error a dilated window larger than the input
conv2d(x, kernel, { dilations: 14 });
// @ts-expect-error no batch axis
conv2d(some<F<[28, 28, 1]>>(), kernel);
// @ts-expect-error a kernel of another rank
conv2d(x, some<F<[3, 3, 8]>>());
// @ts-expect-error another dtype
conv2d(x, some<Tensor<[3, 3, 1, 8], 'int32'>>());
// @ts-expect-error the names are Keras'
conv2d(x, kernel, { stride: 2 });
// @ts-expect-error a padding that does not exist
conv2d(x, kernel, { padding: 'circular' });

is<F<[2, 98, 16]>>()(conv1d(some<F<[2, 100, 4]>>(), some<F<[3, 4, 16]>>()));
is<F<[2, 50, 16]>>()(conv1d(some<F<[2, 100, 4]>>(), some<F<[3, 4, 16]>>(), { strides: 2, padding: 'same' }));
is<F<[2, 6, 6, 6, 16]>>()(conv3d(some<F<[2, 8, 8, 8, 4]>>(), some<F<[3, 3, 3, 4, 16]>>()));
// @ts-expect-error 5 channels, a kernel for 4
conv1d(some<F<[2, 100, 5]>>(), some<F<[3, 4, 16]>>());
// @ts-expect-error rank 4
conv3d(x, some<F<[3, 3, 3, 1, 16]>>());

is<F<[number, 222, 222, 6]>>()(depthwise(photos, some<F<[3, 3, 3, 2]>>()));
is<F<[number, 112, 112, 3]>>()(depthwise(photos, some<F<[3, 3, 3, 1]>>(), { strides: 2, padding: 'same' }));
is<F<[number, number, number, 6]>>()(depthwise(unknownRank, some<F<[3, 3, 3, 2]>>()));
// @ts-expect-error 3 channels, a kernel for 1
depthwise(photos, some<F<[3, 3, 1, 2]>>());
// @ts-expect-error a kernel of another rank
depthwise(photos, some<F<[3, 3, 1]>>());

is<F<[32, 14, 14, 1]>>()(maxPool2d(x, { poolSize: 2 }));
is<F<[32, 14, 9, 1]>>()(maxPool2d(x, { poolSize: [2, 3] }));
is<F<[number, 112, 112, 3]>>()(maxPool2d(photos, { poolSize: 3, strides: 2, padding: 'same' }));
is<F<[32, 27, 27, 1]>>()(averagePool2d(x, { poolSize: 2, strides: 1 }));
is<F<[32, number, number, 1]>>()(maxPool2d(x, { poolSize: n }));
is<F<[number, number, number, number]>>()(maxPool2d(unknownRank, { poolSize: 2 }));
is<F<[2, 50, 4]>>()(maxPool1d(some<F<[2, 100, 4]>>(), { poolSize: 2 }));
// @ts-expect-error a window larger than the input
maxPool2d(x, { poolSize: 29 });
// @ts-expect-error rank 3
averagePool2d(some<F<[28, 28, 1]>>(), { poolSize: 2 });
// @ts-expect-error the pool size is missing
maxPool2d(x, { strides: 2 });
// @ts-expect-error rank 4
maxPool1d(x, { poolSize: 2 });
