import { add, type Shape, type Tensor, type Variable } from '@chainrule/tensor';
import { activate, type Activation } from './activation.ts';
import type { Constraint } from './constraints.ts';
import type { WeightBuilder } from './defineMultiLayer.ts';
import { type Initializer, zerosInitializer } from './initializers.ts';
import type { Regularizer } from './regularizers.ts';
import { glorotUniform } from './varianceScaling.ts';

/** Options of layers that add a bias and apply an activation. */
export interface BiasOptions {
  /** Default none. */
  readonly activation?: Activation;
  /** Default true. */
  readonly useBias?: boolean;
  /** Default zeros. */
  readonly biasInitializer?: Initializer;
  /** What the bias adds to the loss. Default none. */
  readonly biasRegularizer?: Regularizer;
  /** Where the bias is put back to after each step. Default none. */
  readonly biasConstraint?: Constraint;
  readonly name?: string;
}

/** Options of layers with a kernel: dense ones and convolutions. */
export interface KernelOptions extends BiasOptions {
  /** Default Glorot's uniform. */
  readonly kernelInitializer?: Initializer;
  /** What the kernel adds to the loss. Default none. */
  readonly kernelRegularizer?: Regularizer;
  /** Where the kernel is put back to after each step. Default none. */
  readonly kernelConstraint?: Constraint;
}

/**
 * The kernel of a layer that is being built, by default the variable `kernel`.
 *
 * @example
 * defineLayer({ type: 'dense', args: [], outputShape: (s) => s, build: (input, at) => void kernelWeight(at, [input[1]!, 8], {}), call: (x) => x }).type; // => dense
 */
export function kernelWeight(at: WeightBuilder, shape: Shape, options: KernelOptions, name = 'kernel'): Variable {
  const { kernelInitializer = glorotUniform, kernelRegularizer: regularizer, kernelConstraint: constraint } = options;
  return at.weight(name, shape, kernelInitializer, { regularizer, constraint });
}

/**
 * The bias of a layer that is being built, by default the variable `bias`, if it has one.
 *
 * @example
 * defineLayer({ type: 'dense', args: [], outputShape: (s) => s, build: (_, at) => void biasWeight(at, 8, { useBias: false }), call: (x) => x }).type; // => dense
 */
export function biasWeight(
  at: WeightBuilder,
  units: number,
  options: BiasOptions,
  name = 'bias',
): Variable | undefined {
  const {
    useBias = true,
    biasInitializer = zerosInitializer,
    biasRegularizer: regularizer,
    biasConstraint: constraint,
  } = options;
  return useBias ? at.weight(name, [units], biasInitializer, { regularizer, constraint }) : undefined;
}

/**
 * activation(y + bias).
 *
 * @example
 * addBias(tensor([-1, 2]), undefined, relu).toArray(); // => 0,2
 */
export function addBias(
  y: Tensor,
  bias: { readonly value: Tensor } | undefined,
  activation: Activation | undefined,
): Tensor {
  return activate(activation, bias ? add(y, bias.value) : y);
}
