import type { ConstrainedVariable, Layer, Named } from '@chainrule/layers-core';
import type { FloatDType, Generator, Tensor, Variable } from '@chainrule/tensor';
import type { Graph } from './graph.ts';
import type { Preprocessing } from './preprocessing.ts';
import type { SymbolicTensor } from './symbolicTensor.ts';
import type { ShapeTree, SymbolicsOf, TensorsOf, ValuesOf } from './types.ts';

/** Options of `build`. */
export interface BuildOptions {
  /** Seed of the initial weights, dropout masks and all other randomness of the model. Default 0. */
  readonly seed?: number;
  /** Dtype of the weights. Default float32. */
  readonly dtype?: FloatDType;
  /** Values of all variables by name, from a file, say. Then nothing is drawn. */
  readonly weights?: Readonly<Record<string, Tensor>>;
}

/** Options of a model's `call`. */
export interface CallOptions {
  /** Whether dropout is active and batch normalization uses the statistics of the batch. Default false. */
  readonly training?: boolean;
}

/** Options of a model's `summary`. */
export interface SummaryOptions {
  /** The letters of a line, at least 40. By default those of the terminal; without a terminal, lines are as long as they need. */
  readonly columns?: number;
}

/** Where `output` of a model looks. */
export interface LayerOutputOptions {
  /** Which application of a shared layer, from 0. Default 0. */
  readonly application?: number;
  /** Which output of a layer with several, from 0. Default 0. */
  readonly index?: number;
}

/**
 * A graph of layers with its variables and random state. `In` and `Out` are trees of shapes, with the batch. Training,
 * saving and callbacks use models through this interface.
 */
export interface Model<In = ShapeTree, Out = ShapeTree> {
  // Compared member by member: see `graph/types.ts`.
  readonly '~in'?: { -readonly [K in keyof In]-?: unknown };
  readonly '~out'?: { -readonly [K in keyof Out]-?: unknown };
  /** The name that the model has as a layer of another one. */
  readonly name: string;
  readonly inputs: SymbolicsOf<In>;
  readonly outputs: SymbolicsOf<Out>;
  /** Each layer once, in the order of first application. A model that was used as a layer is a layer with a `model`. */
  readonly layers: readonly Layer[];
  /** Freezes or thaws all layers; see `trainable` of a layer. */
  trainable: boolean;
  /**
   * Objects that belong to the model but are not layers, by name: a fitted scaler, a column transformer, a tokenizer. A saved
   * model keeps it. Default `{}`.
   */
  preprocessing: Preprocessing;
  /** The model's random generator, which `build` makes. */
  readonly rng: Generator;
  /** Makes all weights. Does nothing if they exist. Layers that are built keep their weights. */
  build(options?: BuildOptions): this;
  /**
   * The layer of this name; layers with equal names are numbered: dense, dense_1.
   *
   * @throws OptionError for another name
   */
  layer(name: string): Layer;
  /**
   * What the layer of this name computes, or the input of this name: an output for another model over the same weights.
   *
   * @throws OptionError for another name
   */
  output(name: string, options?: LayerOutputOptions): SymbolicTensor;
  /** All variables under `layer/name`, trainable or not. */
  variables(): Named<Variable>[];
  trainableVariables(): Variable[];
  /** Scalars that regularizers add to the loss. */
  penalties(): Tensor[];
  /** Constraints that training applies to variables after each step. */
  constraints(): ConstrainedVariable[];
  /** Runs the layers. */
  call(x: TensorsOf<In>, options?: CallOptions): TensorsOf<Out>;
  /** As {@link call}, but also returns the masks of the outputs' steps, if a layer such as `masking` made one. */
  run(x: TensorsOf<In>, options?: CallOptions): ValuesOf<Out>;
  countParameters(): { readonly total: number; readonly trainable: number };
  /**
   * Returns a table of layers, output shapes, numbers of parameters and connections, as in Keras. The numbers are `?` before
   * `build`. Where the table is wider than the terminal, or than `columns`, long cells take several lines.
   */
  summary(options?: SummaryOptions): string;
  /** The summary. */
  toString(): string;
  readonly '~graph': Graph;
  /** The model as a layer of others. */
  readonly '~layer': Layer;
}
