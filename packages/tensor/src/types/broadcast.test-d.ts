import type { DType, FloatDType } from './dtype.ts';
import type { Tensor } from '../array/tensor.ts';
import { is, some } from './equal.test-d.ts';
import type { Binary, BroadcastTo, Cast, Comparison, Flip, Predicate, Softmax } from '../ops/signatures/index.ts';
import type { Unary, UnaryWith, Where } from '../ops/signatures/index.ts';
import type { Shape } from './tensor.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
declare const add: Binary<'add'>;
declare const divide: Binary<'divide', FloatDType>;
declare const less: Comparison<'less'>;
declare const where: Where;
declare const cast: Cast;
declare const relu: Unary;
declare const exp: Unary<FloatDType>;
declare const leakyRelu: UnaryWith<{ readonly slope?: number }>;
declare const isNaN: Predicate;
declare const softmax: Softmax<'softmax', FloatDType>;
declare const flip: Flip;
declare const broadcastTo: BroadcastTo;
declare const a: F<[32, 10]>;
declare const row: F<[10]>;
declare const batch: F<[number, 10]>;
declare const scalar: F<[]>;
declare const bad: F<[4]>;
declare const unknownRank: F<Shape>;
declare const unknown: Tensor;
declare const ints: Tensor<[32, 10], 'int32'>;
declare const mask: Tensor<[32, 1], 'bool'>;
declare const badMask: Tensor<[5, 1], 'bool'>;
declare const sizes: number[];
declare const axis: number;

// Two tensors.
is<F<[32, 10]>>()(add(a, a));
is<F<[32, 10]>>()(add(a, row));
is<F<[32, 10]>>()(add(row, a));
is<F<[32, 10]>>()(add(a, scalar));
is<F<[32, 10]>>()(add(a, batch));
is<F<[number, 10]>>()(add(batch, row));
is<F<[8, 32, 10]>>()(add(some<F<[8, 1, 1]>>(), a));
is<F<Shape>>()(add(a, unknownRank));
is<F<Shape>>()(add(unknownRank, a));
is<F<Shape>>()(add(unknown, a));
is<F<Shape>>()(add(a, unknown));
is<Tensor<Shape, DType>>()(add(unknown, unknown));
// @ts-expect-error sizes that cannot be broadcast
add(a, bad);
// @ts-expect-error another dtype
add(a, ints);
// @ts-expect-error another dtype and unknown rank
add(unknownRank, ints);
// @ts-expect-error a dtype that the op does not take
divide(ints, ints);
// @ts-expect-error not a tensor
add(a, 'x');
// @ts-expect-error not a tensor beside an unknown one
add(unknown, 'x');

// A tensor and a number.
is<F<[32, 10]>>()(add(a, 1));
is<F<[32, 10]>>()(add(1, a));
is<Tensor<[32, 10], 'int32'>>()(add(1, ints));
is<Tensor<Shape, DType>>()(add(1, unknown));
is<F<[32, 10]>>()(divide(1, a));
export const annotated: F<[32, 10]> = add(2, a);
// @ts-expect-error the annotation does not stand in for the shape of a number
export const annotatedWrongly: F<[5, 32, 10]> = add(2, a);
// @ts-expect-error a result of two numbers would have no dtype
add(1, 2);
// @ts-expect-error a number of a dtype that the op does not take
divide(1, ints);

// Comparisons.
is<Tensor<[32, 10], 'bool'>>()(less(a, row));
is<Tensor<[32, 10], 'bool'>>()(less(0, a));
is<Tensor<Shape, 'bool'>>()(less(unknown, 0));
// @ts-expect-error sizes that cannot be broadcast
less(a, bad);
// @ts-expect-error another dtype
less(a, ints);

// where.
is<F<[32, 10]>>()(where(mask, a, row));
is<F<[32, 10]>>()(where(mask, row, 0));
is<F<[32, 10]>>()(where(mask, 0, row));
is<F<Shape>>()(where(mask, 0, unknownRank));
// @ts-expect-error the condition is not bool
where(a, a, a);
// @ts-expect-error the condition does not fit `a`
where(badMask, a, 0);
// @ts-expect-error the condition does not fit `b`
where(badMask, 0, a);
// @ts-expect-error `a` does not fit `b`
where(mask, a, bad);
// @ts-expect-error another dtype
where(mask, a, ints);
// @ts-expect-error a result of two numbers would have no dtype
where(mask, 1, 0);

// One tensor.
is<F<[32, 10]>>()(relu(a));
is<F<Shape>>()(relu(unknownRank));
is<F<[number, 10]>>()(leakyRelu(batch, { slope: 0.1 }));
is<Tensor<[32, 10], 'bool'>>()(isNaN(a));
is<Tensor<[32, 10], 'int32'>>()(cast(a, 'int32'));
exp(unknown);
// @ts-expect-error a dtype that the op does not take
exp(ints);
// @ts-expect-error an option that does not exist
leakyRelu(a, { alpha: 0.1 });
// @ts-expect-error a dtype that does not exist
cast(a, 'float16');
// @ts-expect-error not a tensor
isNaN(3);

// Ops along an axis that keep the shape.
is<F<[32, 10]>>()(softmax(a));
is<F<[32, 10]>>()(softmax(a, { axis: 0 }));
is<F<[32, 10]>>()(softmax(a, { axis }));
is<F<Shape>>()(softmax(unknownRank, { axis: 7 }));
is<F<[32, 10]>>()(flip(a));
is<F<[32, 10]>>()(flip(a, [0, -1]));
is<F<[32, 10]>>()(flip(a, axis));
// @ts-expect-error axis 2 of rank 2
softmax(a, { axis: 2 });
// @ts-expect-error a misspelt option
softmax(a, { axes: 1 });
// @ts-expect-error axis -3 of rank 2
flip(a, [0, -3]);

// broadcastTo.
is<F<[32, 10]>>()(broadcastTo(row, [32, 10]));
is<F<[4, 32, 10]>>()(broadcastTo(a, [4, 32, 10]));
is<F<Shape>>()(broadcastTo(a, sizes));
is<F<[3, 2]>>()(broadcastTo(unknownRank, [3, 2]));
is<F<[number, 10]>>()(broadcastTo(row, [axis, 10]));
// @ts-expect-error 10 does not stretch to 5
broadcastTo(row, [32, 5]);
// @ts-expect-error a lower rank
broadcastTo(a, [10]);
