// More pooling, and what orders elements.
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import { is } from '../../types/equal.test-d.ts';
import type { Shape } from '../../types/tensor.ts';
import { averagePool1d } from './averagePool1d.ts';
import { averagePool3d } from './averagePool3d.ts';
import { globalAveragePool } from './globalAveragePool.ts';
import { globalMaxPool } from './globalMaxPool.ts';
import { histogram } from '../indexing/histogram.ts';
import { maxPool1d } from './maxPool1d.ts';
import { maxPool3d } from './maxPool3d.ts';
import { sort } from '../indexing/sort.ts';
import { topK } from '../indexing/topK.ts';
import { unique } from '../indexing/unique.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
declare const signal: F<[number, 100, 4]>;
declare const image: F<[8, 28, 28, 4]>;
declare const volume: F<[8, 6, 6, 6, 2]>;
declare const plain: Tensor;
declare const int: Tensor<[8, 28, 4], 'int32'>;

is<F<[number, 50, 4]>>()(averagePool1d(signal, { poolSize: 2 }));
is<Tensor<[number, number, number], FloatDType>>()(averagePool1d(plain, { poolSize: 2 }));
// @ts-expect-error rank 4
averagePool1d(image, { poolSize: 2 });
// @ts-expect-error int32
averagePool1d(int, { poolSize: 2 });
is<F<[number, 50, 4]>>()(maxPool1d(signal, { poolSize: 2 }));
is<Tensor<[number, number, number], FloatDType>>()(maxPool1d(plain, { poolSize: 2 }));
// @ts-expect-error rank 4
maxPool1d(image, { poolSize: 2 });
// @ts-expect-error int32
maxPool1d(int, { poolSize: 2 });
is<F<[8, 3, 2, 3, 2]>>()(averagePool3d(volume, { poolSize: [2, 3, 2] }));
is<Tensor<[number, number, number, number, number], FloatDType>>()(averagePool3d(plain, { poolSize: 2 }));
// @ts-expect-error a window larger than the input
averagePool3d(volume, { poolSize: 7 });
is<F<[8, 3, 2, 3, 2]>>()(maxPool3d(volume, { poolSize: [2, 3, 2] }));
is<Tensor<[number, number, number, number, number], FloatDType>>()(maxPool3d(plain, { poolSize: 2 }));
// @ts-expect-error a window larger than the input
maxPool3d(volume, { poolSize: 7 });
is<F<[8, 4]>>()(globalAveragePool(image));
is<F<[number, 1, 4]>>()(globalAveragePool(signal, { keepDims: true }));
is<Tensor<Shape, FloatDType>>()(globalAveragePool(plain));
// @ts-expect-error int32
globalAveragePool(int);
is<F<[8, 4]>>()(globalMaxPool(image));
is<F<[number, 1, 4]>>()(globalMaxPool(signal, { keepDims: true }));
is<Tensor<Shape, FloatDType>>()(globalMaxPool(plain));
// @ts-expect-error int32
globalMaxPool(int);

is<F<[number, 100, 4]>>()(sort(signal, { axis: 1, descending: true }));
is<Tensor<[8, 28, 4], 'int32'>>()(sort(int));
is<Tensor>()(sort(plain));
// @ts-expect-error not a tensor
sort([3, 1, 2]);
const top = topK(signal, { k: 3 });
is<F<[number, 100, 3]>>()(top.values);
is<Tensor<[number, 100, 3], 'int32'>>()(top.indices);
is<F<[8, 28, 28, 2]>>()(topK(image, { k: 2, axis: -1, largest: false }).values);
is<Tensor>()(topK(plain, { k: 2 }).values);
// @ts-expect-error 5 of 4
topK(image, { k: 5 });
// @ts-expect-error an axis that is out of range
topK(image, { k: 2, axis: 4 });
is<Tensor<[number], 'int32'>>()(unique(int).values);
is<Tensor<[number]>>()(unique(plain).values);
// @ts-expect-error not a tensor
unique([1, 1]);
is<Tensor<[10], 'int32'>>()(histogram(signal).counts);
is<Tensor<[5], 'int32'>>()(histogram(plain, { bins: 5 }).counts);
// @ts-expect-error the number of bins, not their edges
histogram(plain, { bins: [0, 1] });
