import type { DType } from './dtype.ts';
import type { Tensor } from '../array/tensor.ts';
import { is, some } from './equal.test-d.ts';
import type { Matmul } from '../ops/signatures/index.ts';
import type { Shape } from './tensor.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
declare const matmul: Matmul;
declare const a: F<[2, 3]>;
declare const b: F<[3, 4]>;
declare const batches: F<[8, 2, 3]>;
declare const unknownSizes: F<[number, 3]>;
declare const vector: F<[3]>;
declare const ints: Tensor<[3, 4], 'int32'>;
declare const unknownRank: F<Shape>;
declare const unknown: Tensor;
declare const flag: boolean;

is<F<[2, 4]>>()(matmul(a, b));
is<F<[8, 2, 4]>>()(matmul(batches, b));
is<F<[8, 2, 4]>>()(matmul(a, some<F<[8, 3, 4]>>()));
is<F<[5, 8, 2, 4]>>()(matmul(some<F<[5, 1, 2, 3]>>(), some<F<[8, 3, 4]>>()));
is<F<[number, 4]>>()(matmul(unknownSizes, b));
is<F<[2, 4]>>()(matmul(a, some<F<[number, 4]>>()));
is<F<Shape>>()(matmul(unknownRank, b));
is<F<Shape>>()(matmul(a, unknown));
is<Tensor<Shape, DType>>()(matmul(unknown, unknown));
is<F<[3, 3]>>()(matmul(a, a, { transposeA: true }));
is<F<[2, 2]>>()(matmul(a, a, { transposeB: true }));
is<F<[4, 2]>>()(matmul(b, a, { transposeA: true, transposeB: true }));
is<F<[8, 2, 2]>>()(matmul(batches, a, { transposeB: true }));
is<F<[number, 4]>>()(matmul(a, b, { transposeA: flag }));
export const annotated: F<[3, 3]> = matmul(a, a, { transposeA: true });

// @ts-expect-error 3 columns, 2 rows
matmul(a, a);
// @ts-expect-error 3 columns, 4 columns
matmul(a, b, { transposeB: true });
// @ts-expect-error rank 1 on the right
matmul(a, vector);
// @ts-expect-error rank 1 on the left
matmul(vector, b);
// @ts-expect-error batches that cannot be broadcast
matmul(batches, some<F<[5, 3, 4]>>());
// @ts-expect-error another dtype
matmul(a, ints);
// @ts-expect-error a misspelt option
matmul(a, a, { transposeb: true });
// @ts-expect-error not a tensor
matmul(unknown, 3);
