import type { FloatDType, Generator, Shape, Tensor, Variable } from '@chainrule/tensor';
import type { WithShapeRule, ShapeRule } from './shapeRule.ts';

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A variable under the name that it has inside its layer. */
export interface Named<T> {
  readonly name: string;
  readonly value: T;
}

/** What flows between layers: a tensor, and for sequences which steps count. */
export interface Value {
  readonly data: Tensor;
  /** bool `[batch, time]`, true where the step counts. */
  readonly mask?: Tensor;
}

/** What a layer is built with. */
export interface BuildContext {
  readonly rng: Generator;
  readonly dtype: FloatDType;
  /**
   * Gives variables their values, by their names inside the layer, instead of the initializers: a model that is loaded draws
   * no weights. Throws for a variable that it does not know.
   */
  readonly values?: (name: string, shape: Shape) => Tensor;
}

/** What a call knows besides its inputs. */
export interface Context {
  /** Whether dropout drops and batch normalisation takes the batch's statistics. */
  readonly training: boolean;
  readonly rng: Generator;
}

/** A variable with the function that puts it back where it may be. */
export interface ConstrainedVariable {
  readonly variable: Variable;
  readonly apply: (value: Tensor) => Tensor;
}

/**
 * A function with state: makes its variables for given input shapes, and maps values to values. Layers take and return
 * lists, for those with several inputs or outputs: states, attention, merges.
 */
export interface Layer<R extends ShapeRule = ShapeRule> extends WithShapeRule<R> {
  /** What the layer is: the name of the factory that makes it. */
  readonly type: string;
  /** How this one is called. */
  readonly name: string;
  /** Makes the variables; once, eagerly, outside of any compiled function. */
  build(inputs: readonly Shape[], at: BuildContext): void;
  call(inputs: readonly Value[], context: Context): Value[];
  outputShape(inputs: readonly Shape[]): Shape[];
  /** All variables, trainable or not, in a fixed order. */
  variables(): Named<Variable>[];
  /** What the layer's weights that are trained add to the loss, computed from the variables: scalars, in a fixed order. */
  penalties?(): Tensor[];
  /** Where variables are put back to after each step of training. */
  constraints?(): ConstrainedVariable[];
  /** The arguments that the layer was made with, and can be made again with; `describeArguments` turns them to JSON. */
  config(): readonly unknown[];
}
