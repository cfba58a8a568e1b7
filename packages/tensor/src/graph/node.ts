import type { DType, TypedArray } from '../array/dtype.ts';
import type { Expr } from '../expr/expr.ts';
import type { Tensor } from '../array/tensor.ts';
import type { VariableLike } from './variableLike.ts';

/** What is known of a value before it is computed. */
export interface TensorType {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** Nodes in order of execution; every input of a node is an output of an earlier one. */
export interface Graph {
  /** Outputs of the `input` nodes, in the order in which arguments are passed. */
  readonly inputs: readonly Tensor[];
  readonly nodes: readonly Node[];
  readonly outputs: readonly Tensor[];
}

/** Window of a convolution or a pooling over the spatial axes of channels-last data. */
export interface Window {
  readonly strides: readonly number[];
  /** `[before, after]` for each spatial axis; never negative. */
  readonly padding: readonly (readonly [number, number])[];
  readonly dilations: readonly number[];
}

/** The same elements in another shape or order. */
export type ViewAttrs =
  | { readonly view: 'reshape' }
  | { readonly view: 'transpose'; readonly axes: readonly number[] }
  | { readonly view: 'broadcast' }
  | { readonly view: 'slice'; readonly begin: readonly number[]; readonly strides: readonly number[] }
  | {
      readonly view: 'pad';
      readonly before: readonly number[];
      /** Zeros between neighbours: what the gradient of a strided slice needs. */
      readonly interior: readonly number[];
      readonly value: number;
    }
  | { readonly view: 'flip'; readonly axes: readonly number[] };

/** What a reduction does with its elements. */
export type ReduceOp = 'sum' | 'max' | 'min' | 'prod' | 'argmax' | 'argmin';

/**
 * A pullback of a `custom` node: cotangents of the outputs to cotangents of the inputs, `null` where there is none.
 */
export type Pullback = (
  cotangents: readonly (Tensor | null)[],
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
) => (Tensor | null)[];

/** The attributes of each kind of node. `docs/design/backend.md` states each kind's meaning for backend authors. */
export interface NodeAttrs {
  input: { readonly index: number };
  constant: { readonly value: Tensor };
  variable: { readonly variable: VariableLike };
  map: { readonly expr: Expr };
  reduce: { readonly op: ReduceOp; readonly axes: readonly number[] };
  prefix: { readonly op: 'sum' | 'prod'; readonly axis: number; readonly reverse: boolean };
  view: ViewAttrs;
  concat: { readonly axis: number };
  /** Indices that are labels, of classes or of words, are refused where negative. */
  gather: { readonly axis: number; readonly labels: boolean };
  takeAlongAxis: { readonly axis: number; readonly labels: boolean };
  scatterAdd: { readonly axis: number; readonly along: boolean; readonly labels: boolean };
  matmul: { readonly transposeA: boolean; readonly transposeB: boolean };
  conv: Window & { readonly face: 'output' | 'input' | 'kernel'; readonly groups: number };
  pool: Window & { readonly op: 'max' | 'average' | 'averageAdjoint'; readonly size: readonly number[] };
  argsort: { readonly axis: number; readonly descending: boolean };
  random: Record<never, never>;
  scan: {
    /** Inputs: carries, slices of xs, the step t (int32), constants. Outputs: carries, slices of ys. */
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
    /** Keeps a replayed body apart from the forward pass, so that it is not merged back into it. */
    readonly barrier: boolean;
  };
  cast: Record<never, never>;
}

/** The name of a kind of node. */
export type NodeKind = keyof NodeAttrs;

/** The evaluator travels with the node, so that a bundle holds only the evaluators of the kinds that it uses. */
export type Evaluate<K extends NodeKind> = (node: NodeOf<K>, inputs: readonly TypedArray[]) => TypedArray[];

/** One step of computation: of a captured graph and of a gradient's tape alike. */
export interface NodeOf<K extends NodeKind> {
  readonly kind: K;
  /** The op that the user called, for errors at run time. */
  readonly op: string;
  readonly attrs: NodeAttrs[K];
  readonly inputs: readonly Tensor[];
  /** The types of the outputs. */
  readonly types: readonly TensorType[];
  readonly outputs: readonly Tensor[];
  readonly evaluate: Evaluate<K>;
}

/** A step of a computation, of any kind. */
export type Node = { [K in NodeKind]: NodeOf<K> }[NodeKind];
