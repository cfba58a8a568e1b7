/*
 * Shapes at the level of types. `tsc` evaluates these types; no code of them runs. From the bottom:
 *
 * - `dtype.ts`, `tensor.ts`: shapes, dtypes and typed tensors; mistakes, and how a parameter reports them.
 * - `arith.ts`: arithmetic on literal numbers, which the rules below need.
 * - `axis.ts`, `broadcast.ts`: negative axes, sizes that must agree.
 * - one file for each family of shape rules: `reduction.ts`, `layout.ts`, `slice.ts`, `join.ts`, `rearrange.ts`, `gather.ts`,
 *   `contraction.ts`, `products.ts`, `window.ts`, `transposed.ts`.
 *
 * A rule takes the types of the arguments and returns the shape of the result, or a `ShapeMistake` with the message that
 * the user reads. The call signatures of ops, in `../ops/signatures`, apply the rules.
 */

/** The shape types that other packages build on. */
export type { Add, CeilDivide, ExactDivide, FloorDivide, Multiply, Product, Subtract } from './arith.ts';
export type { Broadcast, CommonSize, SameSize } from './broadcast.ts';
export type { MatmulShape } from './contraction.ts';
export type { ConcatShape } from './join.ts';
export type { FlattenShape, ReshapeShape } from './layout.ts';
export type { AxisOption, ReduceShape } from './reduction.ts';
export type { Guard, IsDynamic, Matches, Mutable, Ok, NonInferrable, Shape } from './tensor.ts';
export type { ShapeMistake, Show, TypedTensor, UnknownSizes, Extends } from './tensor.ts';
export type { IsPlain, TransposedOutput } from './transposed.ts';
export type { FillMode, Interpolation } from './window.ts';
export type { GlobalPoolShape, OptionAt, Padding, PerAxis, PerAxis1d, PerAxis2d, PerAxis3d } from './window.ts';
export type { SpatialRank, WindowShape } from './window.ts';
