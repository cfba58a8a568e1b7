import {
  addBias,
  biasWeight,
  type Constraint,
  type Initializer,
  type KernelOptions,
  kernelWeight,
  orthogonal,
  type Regularizer,
  type WeightBuilder,
} from '@chainrule/layers-core';
import { matmul, slice, type Tensor, type Variable } from '@chainrule/tensor';
import type { Weight } from './cell.ts';

/** Options of cells with a kernel for the input and a recurrent kernel for the state. */
export interface RecurrentKernelOptions extends KernelOptions {
  /** Initial values of the recurrent kernel. Default `orthogonal`. */
  readonly recurrentInitializer?: Initializer;
  /** Penalty on the recurrent kernel, added to the loss. Default none. */
  readonly recurrentRegularizer?: Regularizer;
  /** Constraint applied to the recurrent kernel after each update. Default none. */
  readonly recurrentConstraint?: Constraint;
}

/** The weights of such a cell: kernel `[features, gates · units]`, recurrent kernel `[units, gates · units]`, bias `[gates · units]`. */
export interface RecurrentWeights {
  readonly kernel: Weight;
  readonly recurrentKernel: Weight;
  readonly bias?: Weight | undefined;
}

/** Creates the weights; the gates are blocks of columns. */
export function recurrentWeights(
  at: WeightBuilder,
  features: number,
  units: number,
  gates: number,
  options: RecurrentKernelOptions,
): RecurrentWeights & { readonly bias: Variable | undefined } {
  const {
    recurrentInitializer = orthogonal,
    recurrentRegularizer: regularizer,
    recurrentConstraint: constraint,
  } = options;
  return {
    kernel: kernelWeight(at, [features, gates * units], options),
    recurrentKernel: at.weight('recurrentKernel', [units, gates * units], recurrentInitializer, {
      regularizer,
      constraint,
    }),
    bias: biasWeight(at, gates * units, options),
  };
}

/** x·kernel + bias for all steps in one product. */
export function project(x: Tensor, { kernel, bias }: RecurrentWeights): Tensor {
  return addBias(matmul(x, kernel.value), bias, undefined);
}

/** The columns of `count` gates, beginning with gate `first`. */
export function gates(z: Tensor, units: number, first: number, count = 1): Tensor {
  return slice(
    z,
    [...z.shape.slice(1).map(() => 0), first * units],
    [...z.shape.slice(1).map(() => -1), count * units],
  );
}
