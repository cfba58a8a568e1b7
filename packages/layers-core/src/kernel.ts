import { add, type Shape, type Tensor, type Variable } from '@chainrule/tensor';
import { activate, type Activation } from './activation.ts';
import type { Constraint } from './constraints.ts';
import type { WeightBuilder } from './defineMultiLayer.ts';
import { type Initializer, zerosInitializer } from './initializers.ts';
import type { Regularizer } from './regularizers.ts';
import { glorotUniform } from './varianceScaling.ts';

/** Options of layers that add a bias and apply an activation. */
export interface BiasOptions {
  /** Function applied to the output. Default none. */
  readonly activation?: Activation;
  /** Whether to add a bias. Default true. */
  readonly useBias?: boolean;
  /** Initial values of the bias. Default zeros. */
  readonly biasInitializer?: Initializer;
  /** Penalty on the bias, added to the loss. Default none. */
  readonly biasRegularizer?: Regularizer;
  /** Constraint applied to the bias after each update. Default none. */
  readonly biasConstraint?: Constraint;
  readonly name?: string;
}

/** Options of layers with a kernel, such as dense layers and convolutions. */
export interface KernelOptions extends BiasOptions {
  /** Initial values of the kernel. Default `glorotUniform`. */
  readonly kernelInitializer?: Initializer;
  /** Penalty on the kernel, added to the loss. Default none. */
  readonly kernelRegularizer?: Regularizer;
  /** Constraint applied to the kernel after each update. Default none. */
  readonly kernelConstraint?: Constraint;
}

/**
 * Creates the kernel of a layer during `build`.
 *
 * @example
 * defineLayer({ type: 'dense', args: [], outputShape: (s) => s, build: (input, at) => void kernelWeight(at, [input[1]!, 8], {}), call: (x) => x }).type; // => dense
 */
export function kernelWeight(at: WeightBuilder, shape: Shape, options: KernelOptions, name = 'kernel'): Variable {
  const { kernelInitializer = glorotUniform, kernelRegularizer: regularizer, kernelConstraint: constraint } = options;
  return at.weight(name, shape, kernelInitializer, { regularizer, constraint });
}

/**
 * Creates the bias of a layer during `build`; returns `undefined` if `useBias` is false.
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
 * Computes activation(y + bias); both are optional.
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
