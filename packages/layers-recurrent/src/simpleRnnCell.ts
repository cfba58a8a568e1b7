import { aCount, checkOptions } from '@chainrule/errors/check';
import { add, matmul, tanh } from '@chainrule/tensor';
import type { Cell } from './cell.ts';
import { project, type RecurrentKernelOptions, type RecurrentWeights, recurrentWeights } from './recurrentWeights.ts';
import { cellChecks } from './rnnChecks.ts';

/** Options of {@link simpleRnnCell}. The default `activation` is tanh. */
export type SimpleRnnCellOptions = RecurrentKernelOptions;

/**
 * The cell of `simpleRnn`: a dense layer whose input includes its previous output (Elman 1990).
 *
 * h′ = activation(x·K + b + h·R)
 *
 * With `relu`, initialize the recurrent kernel with `identityInitializer` (Le, Jaitly, Hinton 2015) or
 * `normalizedPositiveDefinite`.
 *
 * @param units - size of the state
 * @throws OptionError for `units` below 1
 * @example
 * simpleRnnCell(8).stateSizes; // => 8
 */
export function simpleRnnCell<const U extends number>(
  units: U,
  options: SimpleRnnCellOptions = {},
): Cell<U, RecurrentWeights> {
  checkOptions('simpleRnnCell', options, cellChecks);
  return makeSimpleRnnCell('simpleRnnCell', units, options);
}

/** Creates the cell without checking its options, because options of layers extend them. */
export function makeSimpleRnnCell<const U extends number>(
  op: string,
  units: U,
  options: SimpleRnnCellOptions,
): Cell<U, RecurrentWeights> {
  aCount(op, 'units', units);
  const { activation = tanh } = options;
  return {
    type: 'simpleRnnCell',
    config: () => [units, options],
    stateSizes: [units],
    build: (features, at) => recurrentWeights(at, features, units, 1, options),
    start(x, weights) {
      const recurrentKernel = weights.recurrentKernel.value;
      return {
        projected: project(x, weights),
        step: (projected, _state, recurrentInput) => [
          activation(add(projected, matmul(recurrentInput, recurrentKernel))),
        ],
      };
    },
  };
}
