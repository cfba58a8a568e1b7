import type { FloatDType } from './dtype.ts';
import type { Tensor } from '../array/tensor.ts';
import { is } from './equal.test-d.ts';
import type { ArgReduction, BoolReduction, Reduction } from '../ops/signatures/index.ts';
import type { AxisOption } from './reduction.ts';
import type { Shape } from './tensor.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
declare const sum: Reduction<'sum'>;
declare const mean: Reduction<'mean', FloatDType>;
declare const all: BoolReduction<'all', 'bool'>;
declare const argmax: ArgReduction<'argmax'>;
declare const a: F<[32, 10]>;
declare const cube: F<[2, 3, 4]>;
declare const batch: F<[number, 10]>;
declare const ints: Tensor<[32, 10], 'int32'>;
declare const mask: Tensor<[32, 10], 'bool'>;
declare const unknownRank: F<Shape>;
declare const axis: number;
declare const flag: boolean;
declare const options: { readonly axis?: AxisOption; readonly keepDims?: boolean };

is<F<[]>>()(sum(a));
is<F<[]>>()(sum(unknownRank));
is<F<[1, 1]>>()(sum(a, { keepDims: true }));
is<F<[10]>>()(sum(a, { axis: 0 }));
is<F<[32]>>()(sum(a, { axis: -1 }));
is<F<[32, 1]>>()(sum(a, { axis: -1, keepDims: true }));
is<F<[2]>>()(sum(cube, { axis: [1, 2] }));
is<F<[3]>>()(sum(cube, { axis: [0, -1], keepDims: false }));
is<F<[1, 3, 1]>>()(sum(cube, { axis: [0, -1], keepDims: true }));
is<F<[number]>>()(sum(batch, { axis: 1 }));
is<F<Shape>>()(sum(a, { axis }));
is<F<[number, number]>>()(sum(a, { axis, keepDims: true }));
is<F<Shape>>()(sum(a, { axis: 0, keepDims: flag }));
is<F<Shape>>()(sum(unknownRank, { axis: 0 }));
is<F<Shape>>()(sum(a, options));
is<Tensor<[32], 'int32'>>()(sum(ints, { axis: 1 }));
is<Tensor<[32], 'bool'>>()(all(mask, { axis: 1 }));
is<Tensor<[32], 'int32'>>()(argmax(a, { axis: -1 }));
is<Tensor<[32, 1], 'int32'>>()(argmax(a, { axis: -1, keepDims: true }));
is<Tensor<[], 'int32'>>()(argmax(a));
is<Tensor<Shape, 'int32'>>()(argmax(unknownRank, { axis: 0 }));
// The axis alone, or in front of the other options.
is<F<[10]>>()(sum(a, 0));
is<F<[2]>>()(sum(cube, [1, 2]));
is<F<[32, 1]>>()(sum(a, -1, { keepDims: true }));
is<F<Shape>>()(sum(a, axis));
is<Tensor<[32], 'bool'>>()(all(mask, 1));
is<Tensor<[32], 'int32'>>()(argmax(a, 1));
// @ts-expect-error axis 2 of rank 2
sum(a, 2);
// @ts-expect-error one of the axes
sum(a, [0, 2]);
// @ts-expect-error several axes
argmax(a, [0, 1]);
// @ts-expect-error axis 2 of rank 2
sum(a, { axis: 2 });
// @ts-expect-error axis -3 of rank 2
sum(a, { axis: -3 });
// @ts-expect-error one of the axes
sum(a, { axis: [0, 2] });
// @ts-expect-error not an axis
sum(unknownRank, { axis: 'x' });
// @ts-expect-error a misspelt option
sum(a, { axis: 0, keepdims: true });
// @ts-expect-error a dtype that the op does not take
mean(ints);
// @ts-expect-error a dtype that the op does not take
all(a);
// @ts-expect-error axis 2 of rank 2
all(mask, { axis: 2 });
// @ts-expect-error axis 2 of rank 2
argmax(a, { axis: 2 });
// @ts-expect-error several axes
argmax(a, { axis: [0, 1] });
// @ts-expect-error the annotation does not stand in for the options
export const wrongly: F<[10]> = sum(a);
