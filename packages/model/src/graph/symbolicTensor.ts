import { showByString, showShape } from '@chainrule/errors';
import type { Layer } from '@chainrule/layers-core';
import type { DType, Shape } from '@chainrule/tensor';

/**
 * A value that a model computes: an input, or the output of a layer. It has a shape, but no elements. `D` is the dtype that was
 * given to `input`.
 */
export class SymbolicTensor<S extends Shape = Shape, D extends DType = DType> {
  /** The shape of a sample, without the batch. A size that only the data know is Infinity. */
  readonly shape: S;
  /** The name of the input, or of the layer that computes the value. */
  readonly name: string;
  /** The dtype that was given to `input`, if any. */
  readonly dtype: D | undefined;
  readonly '~node': GraphNode;
  /** The place among the outputs of the node. */
  readonly '~index': number;

  constructor(shape: S, name: string, node: GraphNode, index: number, dtype?: D) {
    this.shape = shape;
    this.name = name;
    this.dtype = dtype;
    this['~node'] = node;
    this['~index'] = index;
  }

  /** The name and the shape with the batch; `console.log` shows this. */
  toString(): string {
    return `SymbolicTensor '${this.name}' ${showShape([Infinity, ...this.shape])}`;
  }

  /** For `JSON.stringify`: what the value is, without the layers that compute it. */
  toJSON(): { readonly name: string; readonly shape: readonly (number | null)[] } {
    return { name: this.name, shape: this.shape.map((n) => (n === Infinity ? null : n)) };
  }

  static {
    showByString(this);
  }
}

/** One symbolic tensor, or several in arrays and objects. */
export type SymbolicTree = SymbolicTensor | readonly SymbolicTree[] | { readonly [key: string]: SymbolicTree };

/** An input, or one application of a layer. */
export interface GraphNode {
  /** Undefined for an input. */
  readonly layer: Layer | undefined;
  readonly inputs: readonly SymbolicTensor[];
  readonly outputs: readonly SymbolicTensor[];
  /** Nodes are numbered as they are made, so a node comes after those it needs. */
  readonly order: number;
}

let made = 0;

/** Makes a node with outputs of these shapes, without the batch. */
export function makeNode(
  layer: Layer | undefined,
  inputs: readonly SymbolicTensor[],
  shapes: readonly Shape[],
  name: string,
  dtype?: DType,
): GraphNode {
  const outputs: SymbolicTensor[] = [];
  const node: GraphNode = { layer, inputs, outputs, order: made++ };
  shapes.forEach((shape, i) => outputs.push(new SymbolicTensor(shape, name, node, i, dtype)));
  return node;
}

export function isSymbolic(value: unknown): value is SymbolicTensor {
  return value instanceof SymbolicTensor;
}

/** The shape with a batch of 1, as layers take it. */
export const withBatch = (shape: Shape): Shape => [1, ...shape];
