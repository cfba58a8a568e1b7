import type { FloatDType, Generator, Shape, Tensor, Variable } from '@chainrule/tensor';
import type { WithShapeRule, ShapeRule } from './shapeRule.ts';

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A value with the name that it has in its layer. */
export interface Named<T> {
  readonly name: string;
  readonly value: T;
}

/** A value that layers exchange: a tensor and, for sequences, a mask of the steps that count. */
export interface Value {
  readonly data: Tensor;
  /** bool `[batch, time]`: true for steps that count. */
  readonly mask?: Tensor;
}

/** The context in which a layer creates its variables. */
export interface BuildContext {
  readonly rng: Generator;
  readonly dtype: FloatDType;
  /**
   * Returns the value of a variable by its name in the layer, in place of an initializer, so that loading a model draws no
   * random weights. Throws for an unknown variable.
   */
  readonly values?: (name: string, shape: Shape) => Tensor;
}

/** The context of a call, in addition to its inputs. */
export interface Context {
  /** Whether the model is training: dropout is active, and batch normalization uses the statistics of the batch. */
  readonly training: boolean;
  readonly rng: Generator;
}

/** The context that a layer gets; it also tells whether the layer is frozen. */
export interface LayerContext extends Context {
  /** False for a frozen layer: see `trainable` of {@link Layer}. */
  readonly trainable: boolean;
}

/** A variable with the constraint that training applies to it after each update. */
export interface ConstrainedVariable {
  readonly variable: Variable;
  readonly apply: (value: Tensor) => Tensor;
}

/**
 * A function with state: it creates variables for given input shapes, and maps values to values. Inputs and outputs are lists,
 * because some layers have several: recurrent states, attention, merges.
 */
export interface Layer<R extends ShapeRule = ShapeRule> extends WithShapeRule<R> {
  /** The kind of layer: the name of its factory. */
  readonly type: string;
  /** The name of this layer. */
  readonly name: string;
  /**
   * Whether training changes the layer; true at first. A frozen layer has no trainable variables, and frozen batch
   * normalization uses its moving statistics in training, too, as in Keras. Set it before `compile`.
   */
  trainable: boolean;
  /** Whether the variables exist. */
  readonly built: boolean;
  /** Creates the variables, once, outside of compiled functions. */
  build(inputs: readonly Shape[], at: BuildContext): void;
  call(inputs: readonly Value[], context: Context): Value[];
  outputShape(inputs: readonly Shape[]): Shape[];
  /** All variables, trainable or not, in a fixed order. */
  variables(): Named<Variable>[];
  /** Scalars that the regularizers of trainable weights add to the loss, in a fixed order. */
  penalties?(): Tensor[];
  /** Constraints to apply after each update. */
  constraints?(): ConstrainedVariable[];
  /** The arguments of the factory that made this layer; `describeArguments` converts them to JSON. */
  config(): readonly unknown[];
}
