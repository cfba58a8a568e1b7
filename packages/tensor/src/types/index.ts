/** The shape types that other packages build on; see `signatures.ts` for those that ops are declared with. */
export type { Add, CeilDivide, ExactDivide, FloorDivide, Multiply, Product, Subtract } from './arith.ts';
export type { Broadcast, CommonSize, SameSize } from './broadcast.ts';
export type { MatmulShape } from './contraction.ts';
export type { FlattenShape, ReshapeShape } from './layout.ts';
export type { AxisOption, ReduceShape } from './reduction.ts';
export type { Guard, IsDynamic, Matches, Mutable, Ok, Settled, Shape } from './tensor.ts';
export type { ShapeMistake, Show, TypedTensor, Unsized, Within } from './tensor.ts';
export type { Padding, PerAxis1d, PerAxis2d, PerAxis3d, WindowShape } from './window.ts';
