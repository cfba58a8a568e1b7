import { aCount, checkOptions } from '@chainrule/errors/check';
import { type Activation, biasWeight } from '@chainrule/layers-core';
import {
  add,
  broadcastTo,
  concat,
  map,
  matmul,
  mul,
  scalar as e,
  sigmoid,
  type Tensor,
  tanh,
  zeros,
} from '@chainrule/tensor';
import type { Cell, CellLoop, Weight } from './cell.ts';
import {
  gates,
  project,
  type RecurrentKernelOptions,
  type RecurrentWeights,
  recurrentWeights,
} from './recurrentWeights.ts';
import { gruChecks } from './rnnChecks.ts';

/** Options of {@link gruCell}. The default `activation` is tanh. */
export interface GruCellOptions extends RecurrentKernelOptions {
  /** Activation of the gates. Default sigmoid. */
  readonly recurrentActivation?: Activation;
  /** Apply the reset gate after the product with the recurrent kernel, which then has a separate bias. Default true, as in Keras 3. */
  readonly resetAfter?: boolean;
}

/** The weights of a GRU. With `resetAfter`, the recurrent side also has a bias, `[3 · units]`. */
export interface GruWeights extends RecurrentWeights {
  readonly recurrentBias?: Weight | undefined;
}

/**
 * The cell of `gru`.
 *
 * z = σ(x·K_z + b_z + h·R_z + d_z), r = σ(x·K_r + b_r + h·R_r + d_r), h′ = z·h + (1 − z)·g, where g is
 * tanh(x·K_g + b_g + (r·h)·R_g) (Cho et al. 2014), or with `resetAfter` tanh(x·K_g + b_g + r·(h·R_g + d_g)). The bias d exists only
 * with `resetAfter`.
 *
 * @param units - size of the state
 * @throws OptionError for `units` below 1
 * @example
 * gruCell(8).stateSizes; // => 8
 */
export function gruCell<const U extends number>(units: U, options: GruCellOptions = {}): Cell<U, GruWeights> {
  checkOptions('gruCell', options, gruChecks);
  return makeGruCell('gruCell', units, options);
}

/** Creates the cell without checking its options, because options of layers extend them. */
export function makeGruCell<const U extends number>(
  op: string,
  units: U,
  options: GruCellOptions,
): Cell<U, GruWeights> {
  aCount(op, 'units', units);
  const { resetAfter = true } = options;
  return {
    type: 'gruCell',
    config: () => [units, options],
    stateSizes: [units],
    build: (features, at) => ({
      ...recurrentWeights(at, features, units, 3, options),
      recurrentBias: resetAfter ? biasWeight(at, 3 * units, options, 'recurrentBias') : undefined,
    }),
    start: (x, weights) => (resetAfter ? startResetAfter : startResetBefore)(x, weights, units, options),
  };
}

/** `resetAfter`: d_z and d_r are added before the loop; d_g is multiplied by the reset gate inside it. */
function startResetAfter(
  x: Tensor,
  weights: GruWeights,
  units: number,
  { activation = tanh, recurrentActivation = sigmoid }: GruCellOptions,
): CellLoop {
  const recurrentKernel = weights.recurrentKernel.value;
  const bias = weights.recurrentBias?.value;
  const projected = project(x, weights);
  // A copy for each sample, so that the backward loop accumulates the gradient of each sample separately.
  const inner = bias ? broadcastTo(gates(bias, units, 2), [projected.shape.at(-2)!, units]) : 0;
  const gatesAt = (inputs: Tensor, _: unknown, recurrentInput: Tensor): GruGates => {
    const product = matmul(recurrentInput, recurrentKernel);
    const [update, reset] = [0, 1].map((k) =>
      recurrentActivation(add(gates(inputs, units, k), gates(product, units, k))),
    ) as [Tensor, Tensor];
    const sum = map(
      (p, gate, m, d) => e.add(p, e.mul(gate, e.add(m, d))),
      [gates(inputs, units, 2), reset, gates(product, units, 2), inner],
    );
    return { update, reset, candidate: activation(sum) };
  };
  return {
    projected: bias
      ? add(projected, concat([gates(bias, units, 0, 2), zeros([units], bias.dtype as 'float32')]))
      : projected,
    ...loopOf(gatesAt),
  };
}

/** Without `resetAfter`: the kernel is split before the loop, so that both parts only multiply inside it. */
function startResetBefore(
  x: Tensor,
  weights: GruWeights,
  units: number,
  { activation = tanh, recurrentActivation = sigmoid }: GruCellOptions,
): CellLoop {
  const [forGates, forCandidate] = [
    gates(weights.recurrentKernel.value, units, 0, 2),
    gates(weights.recurrentKernel.value, units, 2),
  ];
  const gatesAt = (inputs: Tensor, _: unknown, recurrentInput: Tensor): GruGates => {
    const both = recurrentActivation(add(gates(inputs, units, 0, 2), matmul(recurrentInput, forGates)));
    const [update, reset] = [gates(both, units, 0), gates(both, units, 1)];
    const candidate = activation(add(gates(inputs, units, 2), matmul(mul(reset, recurrentInput), forCandidate)));
    return { update, reset, candidate };
  };
  return { projected: project(x, weights), ...loopOf(gatesAt) };
}

/** z, r and g of a step. */
type GruGates = Readonly<Record<'update' | 'reset' | 'candidate', Tensor>>;

/** The step z·h + (1 − z)·g from the gates. */
function loopOf(
  gatesAt: (inputs: Tensor, state: readonly Tensor[], recurrentInput: Tensor) => GruGates,
): Required<Pick<CellLoop, 'step' | 'gates'>> {
  return {
    gates: gatesAt,
    step(inputs, state, recurrentInput) {
      const { update, candidate } = gatesAt(inputs, state, recurrentInput);
      return [map((z, h, g) => e.add(e.mul(z, h), e.mul(e.sub(1, z), g)), [update, state[0]!, candidate])];
    },
  };
}
