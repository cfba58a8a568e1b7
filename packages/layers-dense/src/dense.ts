import {
  addBias,
  biasWeight,
  defineLayer,
  kernelChecks,
  type KernelOptions,
  kernelWeight,
  type InputShape,
  type Layer,
  type ShapeRule,
} from '@chainrule/layers-core';
import { ShapeError, showShape } from '@chainrule/errors';
import { aCount, checkOptions } from '@chainrule/errors/check';
import {
  type FloatDType,
  type IsDynamic,
  matmul,
  type Shape,
  type ShapeMistake,
  type Show,
  type Variable,
} from '@chainrule/tensor';

/** Options of {@link dense}. */
export type DenseOptions = KernelOptions;

/** `[batch, ..., features]` to `[batch, ..., U]`. */
export interface DenseRule<U extends number> extends ShapeRule {
  readonly takes: FloatDType;
  readonly output: DenseShape<InputShape<this>, U>;
}
type DenseShape<S extends Shape, U extends number> =
  IsDynamic<S> extends true
    ? Shape
    : S extends readonly [infer Batch extends number, ...infer Middle extends Shape, number]
      ? [Batch, ...Middle, U]
      : ShapeMistake<`dense: expects rank 2 or more [batch,…,features], got ${Show<S>}`>;

/**
 * Fully connected layer: `[batch, …, features]` to `[batch, …, units]`.
 *
 * y = activation(x·kernel + bias) with kernel `[features, units]` and bias `[units]`
 *
 * @param units - number of output features
 * @param options - as Keras' Dense
 * @throws OptionError for `units` below 1; ShapeError for an input of rank 1
 * @example
 * const layer = dense(10, { activation: relu });
 * layer.outputShape([[32, 784]]); // => 32,10
 */
export function dense<const U extends number>(units: U, options: DenseOptions = {}): Layer<DenseRule<U>> {
  checkOptions('dense', options, kernelChecks);
  aCount('dense', 'units', units);
  let kernel: Variable;
  let bias: Variable | undefined;
  return defineLayer<DenseRule<U>>({
    type: 'dense',
    name: options.name,
    args: [units, options],
    outputShape(input) {
      if (input.length < 2)
        throw new ShapeError(`dense: expects rank 2 or more [batch,…,features], got ${showShape(input)}`);
      return [...input.slice(0, -1), units];
    },
    build(input, at) {
      kernel = kernelWeight(at, [input.at(-1)!, units], options);
      bias = biasWeight(at, units, options);
    },
    call: (x) => addBias(matmul(x, kernel.value), bias, options.activation),
  });
}
