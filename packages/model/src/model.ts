import type { ConstrainedVariable, Layer, Named, Value } from '@chainrule/layers-core';
import type { FloatDType, Generator, Shape, Tensor, Variable } from '@chainrule/tensor';
import type { Input } from './input.ts';

/** Options of `build`. */
export interface BuildOptions {
  /** Of the first weights, dropout masks and everything random in the model. Default 0. */
  readonly seed?: number;
  /** Of the weights. Default float32. */
  readonly dtype?: FloatDType;
  /** Values of all variables, by name, instead of fresh ones: those of a file. Nothing is drawn. */
  readonly weights?: Readonly<Record<string, Tensor>>;
}

/** Layers with their variables and random state: what training, saving and callbacks know of a model. */
export interface Model<Out extends Shape = Shape> {
  readonly input: Input;
  readonly layers: readonly Layer[];
  /** Shapes between the layers, the input's first; the batch is 1. */
  readonly shapes: readonly Shape[];
  /** The model's randomness; made by `build`. */
  readonly rng: Generator;
  /** Makes all weights. Does nothing when they exist. */
  build(options?: BuildOptions): this;
  /** All variables under `layer/name`, trainable or not. */
  variables(): Named<Variable>[];
  trainableVariables(): Variable[];
  /** What the layers' weights add to the loss: scalars. */
  penalties(): Tensor[];
  /** Where training puts variables back to after each step. */
  constraints(): ConstrainedVariable[];
  /** Runs the layers. */
  call(x: Tensor, options?: { readonly training?: boolean }): Tensor<Out>;
  /** {@link call}, with the mask of the output's steps where layers such as `masking` made one and the others passed it on. */
  run(x: Tensor, options?: { readonly training?: boolean }): Value;
  countParameters(): { readonly total: number; readonly trainable: number };
  /** A table of layers, output shapes and parameters, as Keras prints it. */
  summary(): string;
}
