import type { DType } from './dtype.ts';
import type { Nested, Tensor } from '../array/tensor.ts';
import { is } from './equal.test-d.ts';
import type { Equal, True } from './equal.test-d.ts';
import type { Creation, FromValues, Full, ShapeOf } from '../ops/signatures/index.ts';
import type { Guard, IsDynamic, Mutable, Ok, Shape, ShapeMistake } from './tensor.ts';
import type { Show, TypedTensor, UnknownSizes, Extends } from './tensor.ts';

type F<S extends Shape> = Tensor<S, 'float32'>;
declare const zeros: Creation;
declare const full: Full;
declare const tensor: FromValues;
declare const shapeOf: ShapeOf;
declare const n: number;
declare const sizes: number[];
declare const rows: number[][];
declare const unknownRank: F<Shape>;
declare const unknown: Tensor;
declare const a: F<[32, 10]>;
declare const batch: F<[number, 10]>;
declare const openClasses: F<[32, number]>;

// Gradual assignability: what may fit is accepted in both directions, what cannot is refused.
export const known: F<[32, 10]>[] = [a, batch, openClasses, unknownRank];
export const open: F<[number, 10]>[] = [a, batch, openClasses, unknownRank];
export const any: Tensor[] = [a, batch, openClasses, unknownRank, unknown];
export const fromUnknown: F<[32, 10]> = unknown;
export const structural: TypedTensor<[32, 10], 'float32'> = a;
export const dtype: DType = a.dtype;
// @ts-expect-error another size
export const wrongSize: F<[32, 11]> = a;
// @ts-expect-error another rank
export const wrongRank: F<[32]> = a;
// @ts-expect-error another dtype
export const wrongType: Tensor<[32, 10], 'int32'> = a;
// @ts-expect-error not a tensor
export const notTensor: Tensor = { shape: [32, 10], dtype: 'float32' };

// Creation.
is<F<[2, 3]>>()(zeros([2, 3]));
is<F<[]>>()(zeros([]));
is<F<[number, 3]>>()(zeros([n, 3]));
is<F<Shape>>()(zeros(sizes));
is<Tensor<[2], 'int32'>>()(zeros([2], 'int32'));
is<F<[2, 2]>>()(full([2, 2], 0.5));
is<Tensor<Shape, 'bool'>>()(full(sizes, 1, 'bool'));
is<Tensor<[2], 'int32'>>()(zeros([2], { dtype: 'int32' }));
is<Tensor<[2], 'bool'>>()(full([2], 1, { dtype: 'bool' }));
// @ts-expect-error a dtype that does not exist
zeros([2], 'float16');
// @ts-expect-error a dtype that does not exist
zeros([2], { dtype: 'float16' });
// @ts-expect-error an option that does not exist
zeros([2], { type: 'int32' });
// @ts-expect-error sizes are numbers
zeros(['2']);
// @ts-expect-error the value is missing
full([2]);

// Values.
is<F<[]>>()(tensor(5));
is<F<[3]>>()(tensor([1, 2, 3]));
is<F<[2, 2]>>()(
  tensor([
    [1, 2],
    [3, 4],
  ]),
);
is<F<[2, 1, 2]>>()(tensor([[[1, 2]], [[3, 4]]]));
is<F<[0]>>()(tensor([]));
is<F<[number]>>()(tensor(new Float32Array(4)));
is<Tensor<[number], 'int32'>>()(tensor(new Int32Array(4)));
is<Tensor<[2, 2], 'uint8'>>()(tensor(new Uint8Array(4), [2, 2]));
is<Tensor<[number], 'float32'>>()(tensor(new Int32Array(4), 'float32'));
is<Tensor<[1, number], 'float64'>>()(tensor([new Float64Array(4)]));
is<F<Shape>>()(tensor(rows));
is<F<[2, 3]>>()(tensor([1, 2, 3, 4, 5, 6], [2, 3]));
is<F<[number, 3]>>()(tensor(rows, [n, 3]));
is<F<[2, 3]>>()(tensor(new Float32Array(6), [2, 3]));
is<Tensor<[2], 'bool'>>()(tensor([true, false], undefined, 'bool'));
is<F<Shape>>()(tensor([1, 2], sizes));
is<Tensor<[2], 'int32'>>()(tensor([1, 2], { dtype: 'int32' }));
is<F<[2, 1]>>()(tensor([1, 2], { shape: [2, 1] }));
is<Tensor<[2, 1], 'uint8'>>()(tensor(new Uint8Array(2), { shape: [2, 1] }));
is<Tensor<[2, 1], 'float64'>>()(tensor([1, 2], { shape: [2, 1], dtype: 'float64' }));
// @ts-expect-error three values for two elements
tensor([1, 2, 3], { shape: [2] });
// @ts-expect-error ragged
tensor([[1, 2], [3]]);
// @ts-expect-error ragged, deeper
tensor([[[1], [2]], [[3]]]);
// @ts-expect-error five values for six elements
tensor([1, 2, 3, 4, 5], [2, 3]);
// @ts-expect-error not a number
tensor(['1']);

// The literal shape.
is<readonly [32, 10]>()(shapeOf(a));
is<Shape>()(shapeOf(unknownRank));
const [height, width] = shapeOf(a);
is<F<[10, 32]>>()(zeros([width, height]));

export type Helpers = [
  True<Equal<Show<[number, 28, 1]>, '[?,28,1]'>>,
  True<Equal<Show<[]>, '[]'>>,
  True<Equal<Show<Shape>, '[...]'>>,
  True<Equal<IsDynamic<[number]>, false>>,
  True<Equal<IsDynamic<Shape>, true>>,
  True<Equal<Mutable<readonly [2, 3]>, [2, 3]>>,
  True<Equal<Mutable<number[]>, Shape>>,
  True<Equal<UnknownSizes<[2, 3]>, [number, number]>>,
  True<Equal<Extends<[2], [number]>, true>>,
  True<Equal<Guard<[2]>, unknown>>,
  True<Equal<Guard<ShapeMistake<'no'>>, ShapeMistake<'no'>>>,
  True<Equal<Ok<[2]>, [2]>>,
];

// Nested arrays by rank.
declare const scalar: F<[]>;
declare const truth: Tensor<[2], 'bool'>;
declare const anyDType: Tensor<[2], DType>;
is<number>()(scalar.toArray());
is<number[][]>()(a.toArray());
is<number[][]>()(batch.toArray());
is<boolean[]>()(truth.toArray());
is<(number | boolean)[]>()(anyDType.toArray());
is<Nested>()(unknown.toArray());
is<Nested>()(unknownRank.toArray());
export const values: number[][] = a.toArray();
export const entry: number = scalar.toArray() + 1;
// @ts-expect-error another rank
export const wrongValues: number[] = a.toArray();
// @ts-expect-error unknown rank
export const uncertain: number[][] = unknown.toArray();

// Sizes are numbers, by index and in a pattern, also where the rank is unknown.
is<number>()(a.shape[0]);
is<number>()(a.shape[1]);
is<number>()(unknown.shape[3]);
is<number | undefined>()(a.shape[8]);
const [height2, width2] = a.shape;
is<number>()(height2 * width2);
is<32>()(shapeOf(a)[0]);
