import type { DType, TypedArray } from '../array/dtype.ts';
import type { Expr } from '../expr/expr.ts';
import type { Tensor } from '../array/tensor.ts';
import type { VariableLike } from './variableLike.ts';

/** The shape and dtype of a value, known before it is computed. */
export interface TensorType {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** Nodes in order of execution. Every input of a node is an output of an earlier one. */
export interface Graph {
  /** Outputs of the `input` nodes, in the order of the arguments. */
  readonly inputs: readonly Tensor[];
  readonly nodes: readonly Node[];
  readonly outputs: readonly Tensor[];
}

/** The window of a convolution or a pooling over the spatial axes of channels-last data. */
export interface Window {
  readonly strides: readonly number[];
  /** `[before, after]` for each spatial axis; never negative. */
  readonly padding: readonly (readonly [number, number])[];
  readonly dilations: readonly number[];
}

/** Views: the same elements in another shape or order. */
export type ViewAttrs =
  | { readonly view: 'reshape' }
  | { readonly view: 'transpose'; readonly axes: readonly number[] }
  | { readonly view: 'broadcast' }
  | { readonly view: 'slice'; readonly begin: readonly number[]; readonly strides: readonly number[] }
  | {
      readonly view: 'pad';
      readonly before: readonly number[];
      /** Copies of `value` between neighbors, which the gradient of a strided slice needs. */
      readonly interior: readonly number[];
      readonly value: number;
    }
  | { readonly view: 'flip'; readonly axes: readonly number[] };

/** The operation of a reduction. */
export type ReduceOp = 'sum' | 'max' | 'min' | 'prod' | 'argmax' | 'argmin';

/** The result of a convolution, or its gradient by one of the operands. */
export type ConvPass = 'forward' | 'inputGradient' | 'kernelGradient';

/**
 * Maps cotangents of the outputs of a `custom` node to cotangents of its inputs; `null` for an input without gradient.
 */
export type Pullback = (
  cotangents: readonly (Tensor | null)[],
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
) => (Tensor | null)[];

/** The attributes of each kind of node. `docs/design/backend.md` defines the kinds for authors of backends. */
export interface NodeAttrs {
  input: { readonly index: number };
  constant: { readonly value: Tensor };
  variable: { readonly variable: VariableLike };
  map: { readonly expr: Expr };
  reduce: { readonly op: ReduceOp; readonly axes: readonly number[] };
  prefix: { readonly op: 'sum' | 'prod'; readonly axis: number; readonly reverse: boolean };
  view: ViewAttrs;
  concat: { readonly axis: number };
  /** `labels`: the indices are labels of classes or words, so negative ones are errors. */
  gather: { readonly axis: number; readonly labels: boolean };
  takeAlongAxis: { readonly axis: number; readonly labels: boolean };
  scatterAdd: { readonly axis: number; readonly along: boolean; readonly labels: boolean };
  matmul: { readonly transposeA: boolean; readonly transposeB: boolean };
  conv: Window & { readonly pass: ConvPass; readonly groups: number };
  pool: Window & { readonly op: 'max' | 'average' | 'averageGradient'; readonly size: readonly number[] };
  argsort: { readonly axis: number; readonly descending: boolean };
  random: Record<never, never>;
  scan: {
    /** Inputs: carries, slices of `xs`, the step t (int32), constants. Outputs: carries, slices of `ys`. */
    readonly body: Graph;
    readonly length: number;
    readonly carries: number;
    readonly xs: number;
    readonly reverse: boolean;
  };
  custom: {
    readonly name: string;
    readonly body: Graph;
    readonly pullback: Pullback;
    /** Keeps the compiler from merging a replayed body with the forward pass. */
    readonly barrier: boolean;
  };
  cast: Record<never, never>;
}

/** The name of a kind of node. */
export type NodeKind = keyof NodeAttrs;

/** Each node carries its evaluator, so that a bundle holds only the evaluators of the kinds that it uses. */
export type Evaluate<K extends NodeKind> = (node: NodeOf<K>, inputs: readonly TypedArray[]) => TypedArray[];

/** One computation, in a captured graph or on a tape. */
export interface NodeOf<K extends NodeKind> {
  readonly kind: K;
  /** The name of the op that the user called, for errors at run time. */
  readonly op: string;
  readonly attrs: NodeAttrs[K];
  readonly inputs: readonly Tensor[];
  /** The types of the outputs. */
  readonly types: readonly TensorType[];
  readonly outputs: readonly Tensor[];
  readonly evaluate: Evaluate<K>;
}

/** A node of any kind. */
export type Node = { [K in NodeKind]: NodeOf<K> }[NodeKind];
