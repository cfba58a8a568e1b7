import {
  activate, type Activation, defineLayer, type DenseRule, expectCount, glorotUniform, type Initializer, type Layer,
  zerosInitializer,
} from '@chainrule/layers-core';
import { ShapeError, showShape } from '@chainrule/errors';
import { add, matmul, type Variable } from '@chainrule/tensor';

/** Options of {@link dense}. */
export interface DenseOptions {
  /** Default none. */
  readonly activation?: Activation;
  /** Default true. */
  readonly useBias?: boolean;
  /** Default Glorot's uniform. */
  readonly kernelInitializer?: Initializer;
  /** Default zeros. */
  readonly biasInitializer?: Initializer;
  readonly name?: string;
}

/**
 * A fully connected layer: `[…, features]` to `[…, units]`.
 *
 * y = activation(x·kernel + bias) with kernel `[features, units]` and bias `[units]`
 *
 * @param units - number of outputs
 * @param options - as Keras' Dense
 * @throws OptionError for `units` below 1; ShapeError for inputs of rank 1
 * @example
 * const layer = dense(10, { activation: relu });
 * layer.outputShape([[32, 784]]); // => 32,10
 */
export function dense<const U extends number>(units: U, options: DenseOptions = {}): Layer<DenseRule<U>> {
  const { activation, useBias = true, kernelInitializer = glorotUniform, biasInitializer = zerosInitializer, name } = options;
  expectCount('dense', 'units', units);
  let kernel: Variable;
  let bias: Variable | undefined;
  return defineLayer<DenseRule<U>>({
    type: 'dense',
    name,
    args: [units, options],
    outputShape(input) {
      if (input.length < 2) throw new ShapeError(`dense: expects rank 2 or more [batch,…,features], got ${showShape(input)}`);
      return [...input.slice(0, -1), units];
    },
    build(input, at) {
      kernel = at.weight('kernel', [input.at(-1)!, units], kernelInitializer);
      if (useBias) bias = at.weight('bias', [units], biasInitializer);
    },
    call(x) {
      const product = matmul(x, kernel.value);
      return activate(activation, bias ? add(product, bias.value) : product);
    },
  });
}
