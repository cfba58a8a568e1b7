import type { ConstrainedVariable, Layer, Named, Value } from '@chainrule/layers-core';
import type { FloatDType, Generator, Shape, Tensor, Variable } from '@chainrule/tensor';
import type { Input } from './input.ts';

/** Options of `build`. */
export interface BuildOptions {
  /** Seed of the initial weights, dropout masks and all other randomness of the model. Default 0. */
  readonly seed?: number;
  /** Dtype of the weights. Default float32. */
  readonly dtype?: FloatDType;
  /** Values of all variables by name, from a file, say. Then nothing is drawn. */
  readonly weights?: Readonly<Record<string, Tensor>>;
}

/** Layers with their variables and random state. Training, saving and callbacks use models through this interface. */
export interface Model<Out extends Shape = Shape> {
  readonly input: Input;
  readonly layers: readonly Layer[];
  /** The input shape and the output shape of each layer, with a batch of 1. */
  readonly shapes: readonly Shape[];
  /** The model's random generator, which `build` makes. */
  readonly rng: Generator;
  /** Makes all weights. Does nothing if they exist. */
  build(options?: BuildOptions): this;
  /** All variables under `layer/name`, trainable or not. */
  variables(): Named<Variable>[];
  trainableVariables(): Variable[];
  /** Scalars that regularizers add to the loss. */
  penalties(): Tensor[];
  /** Constraints that training applies to variables after each step. */
  constraints(): ConstrainedVariable[];
  /** Runs the layers. */
  call(x: Tensor, options?: { readonly training?: boolean }): Tensor<Out>;
  /** As {@link call}, but also returns the mask of the output's steps, if a layer such as `masking` made one. */
  run(x: Tensor, options?: { readonly training?: boolean }): Value;
  countParameters(): { readonly total: number; readonly trainable: number };
  /** Returns a table of layers, output shapes and numbers of parameters, as in Keras. The numbers are `?` before `build`. */
  summary(): string;
}
