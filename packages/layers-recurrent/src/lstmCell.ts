import { aCount, checkOptions } from '@chainrule/errors/check';
import { type Activation, type Initializer, zerosInitializer } from '@chainrule/layers-core';
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

/** Options of {@link lstmCell}. `activation` is tanh by default. */
export interface LstmCellOptions extends RecurrentKernelOptions {
  /** Of the gates. Default sigmoid. */
  readonly recurrentActivation?: Activation;
  /** Start the forget gate's bias at 1. Default true. */
  readonly unitForgetBias?: boolean;
}

/**
 * The cell of `lstm`, with the states h and c.
 *
 * z = x·K + b + h·R, cut into i, f, g, o; c′ = σ(f)·c + σ(i)·tanh(g); h′ = σ(o)·tanh(c′) (Hochreiter and Schmidhuber
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

/** The cell without a check of its options, which a layer's extend. */
export function makeLstmCell<const U extends number>(
  op: string,
  units: U,
  options: LstmCellOptions,
): Cell<U, RecurrentWeights> {
  aCount(op, 'units', units);
  const {
    activation = tanh,
    recurrentActivation = sigmoid,
    unitForgetBias = true,
    biasInitializer = zerosInitializer,
  } = options;
  const started = {
    ...options,
    biasInitializer: unitForgetBias ? forgetAtOne(units, biasInitializer) : biasInitializer,
  };
  return {
    type: 'lstmCell',
    config: () => [units, options],
    stateSizes: [units, units],
    build: (features, at) => recurrentWeights(at, features, units, 4, started),
    start(x, weights) {
      const recurrentKernel = weights.recurrentKernel.value;
      const step = (projected: Tensor, [, c]: readonly Tensor[], seen: Tensor): Tensor[] => {
        const z = add(projected, matmul(seen, recurrentKernel));
        const [i, f, g, o] = [0, 1, 2, 3].map((k) => gates(z, units, k)) as [Tensor, Tensor, Tensor, Tensor];
        const next = map(
          (keep, old, write, value) => e.add(e.mul(keep, old), e.mul(write, value)),
          [recurrentActivation(f), c!, recurrentActivation(i), activation(g)],
        );
        return [mul(recurrentActivation(o), activation(next)), next];
      };
      return { projected: project(x, weights), step };
    },
  };
}

/** Gates i, f, c, o, of which f starts at 1 (Jozefowicz, Zaremba, Sutskever 2015). */
function forgetAtOne(units: number, { make }: Initializer): Initializer {
  return {
    name: 'unitForgetBias',
    make: (_shape, at) => concat([make([units], at), full([units], 1, at.dtype), make([2 * units], at)]),
  };
}
