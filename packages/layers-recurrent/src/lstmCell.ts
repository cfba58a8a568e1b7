import { aCount, checkOptions } from '@chainrule/errors/check';
import { type Activation, type Initializer, type WeightBuilder, zerosInitializer } from '@chainrule/layers-core';
import { add, concat, full, map, matmul, mul, scalar as e, sigmoid, type Tensor, tanh } from '@chainrule/tensor';
import type { Cell } from './cell.ts';
import {
  gates,
  project,
  type RecurrentKernelOptions,
  type RecurrentWeights,
  recurrentWeights,
} from './recurrentWeights.ts';
import { lstmChecks } from './rnnChecks.ts';

/** Options of {@link lstmCell}. The default `activation` is tanh. */
export interface LstmCellOptions extends RecurrentKernelOptions {
  /** Activation of the gates. Default sigmoid. */
  readonly recurrentActivation?: Activation;
  /** Initialize the bias of the forget gate to 1. Default true. */
  readonly unitForgetBias?: boolean;
}

/**
 * The cell of `lstm`, with the states h and c.
 *
 * z = x·K + b + h·R, split into i, f, g, o; c′ = σ(f)·c + σ(i)·tanh(g); h′ = σ(o)·tanh(c′) (Hochreiter and Schmidhuber
 * 1997; Gers, Schmidhuber, Cummins 2000)
 *
 * @param units - size of the states
 * @throws OptionError for `units` below 1
 * @example
 * lstmCell(8).stateSizes; // => 8,8
 */
export function lstmCell<const U extends number>(units: U, options: LstmCellOptions = {}): Cell<U, RecurrentWeights> {
  checkOptions('lstmCell', options, lstmChecks);
  return makeLstmCell('lstmCell', units, options);
}

/** Creates the cell without checking its options, because options of layers extend them. */
export function makeLstmCell<const U extends number>(
  op: string,
  units: U,
  options: LstmCellOptions,
): Cell<U, RecurrentWeights> {
  aCount(op, 'units', units);
  const { activation = tanh } = options;
  return {
    type: 'lstmCell',
    config: () => [units, options],
    stateSizes: [units, units],
    build: (features, at) => lstmWeights(at, features, units, options),
    start(x, weights) {
      const recurrentKernel = weights.recurrentKernel.value;
      const gatesAt = (projected: Tensor, _: unknown, recurrentInput: Tensor): LstmGates =>
        lstmGates(add(projected, matmul(recurrentInput, recurrentKernel)), units, options);
      const step = (projected: Tensor, state: readonly Tensor[], recurrentInput: Tensor): Tensor[] => {
        const all = gatesAt(projected, state, recurrentInput);
        const next = nextCell(all, state[1]!);
        return [mul(all.output, activation(next)), next];
      };
      return { projected: project(x, weights), step, gates: gatesAt };
    },
  };
}

/** Creates kernels and a bias for gates i, f, g, o. */
export function lstmWeights(
  at: WeightBuilder,
  features: number,
  units: number,
  options: LstmCellOptions,
): RecurrentWeights {
  const { unitForgetBias = true, biasInitializer = zerosInitializer } = options;
  return recurrentWeights(at, features, units, 4, {
    ...options,
    biasInitializer: unitForgetBias ? forgetAtOne(units, biasInitializer) : biasInitializer,
  });
}

/** The gates of a step, and the candidate, which the input gate lets into the cell. */
export type LstmGates = Readonly<Record<'input' | 'forget' | 'candidate' | 'output', Tensor>>;

/** σ(i), σ(f), tanh(g) and σ(o) for z = [i, f, g, o]. */
export function lstmGates(
  z: Tensor,
  units: number,
  { activation = tanh, recurrentActivation = sigmoid }: LstmCellOptions,
): LstmGates {
  const [i, f, g, o] = [0, 1, 2, 3].map((k) => gates(z, units, k)) as [Tensor, Tensor, Tensor, Tensor];
  return {
    input: recurrentActivation(i),
    forget: recurrentActivation(f),
    candidate: activation(g),
    output: recurrentActivation(o),
  };
}

/** c′ = σ(f)·c + σ(i)·tanh(g) */
export function nextCell({ input, forget, candidate }: LstmGates, c: Tensor): Tensor {
  return map((keep, old, write, value) => e.add(e.mul(keep, old), e.mul(write, value)), [forget, c, input, candidate]);
}

/** Initializes the bias of gates i, f, g, o, with 1 for f (Jozefowicz, Zaremba, Sutskever 2015). */
function forgetAtOne(units: number, { make }: Initializer): Initializer {
  return {
    name: 'unitForgetBias',
    make: (_shape, at) => concat([make([units], at), full([units], 1, at.dtype), make([2 * units], at)]),
  };
}
