import { checkOptions } from '@chainrule/errors/check';
import { makeGruCell, type GruCellOptions } from './gruCell.ts';
import { type RecurrentLayer, recurrentLayer, type RecurrentRule, type StatesOf } from './recurrentLayer.ts';
import { gruChecks, rnnChecks } from './rnnChecks.ts';
import type { RnnOptions } from './rnnOptions.ts';

/** Options of {@link gru}: those of its cell and of all recurrent layers. */
export interface GruOptions<Sequences extends boolean = boolean, State extends boolean = boolean>
  extends RnnOptions<Sequences, State>, Omit<GruCellOptions, 'name'> {}

/**
 * Gated recurrent unit (GRU) layer over `[batch, time, features]`. Further inputs are the initial state, `[batch, units]`.
 *
 * {@link gruCell} has the formula of a step.
 *
 * @param units - size of the state
 * @param options - as Keras' GRU
 * @returns a layer to `[batch, units]`, or `[batch, time, units]` with `returnSequences`; with `returnState`, also
 *   the last state
 * @throws OptionError for bad options; ShapeError for inputs that do not match
 * @example
 * gru(128).outputShape([[32, 28, 28]]); // => 32,128
 */
export function gru<
  const U extends number,
  const Sequences extends boolean = false,
  const State extends boolean = false,
>(
  units: U,
  options: GruOptions<Sequences, State> = {},
): RecurrentLayer<RecurrentRule<U, Sequences, 'gru', StatesOf<State, 1>>> {
  checkOptions('gru', options, { ...gruChecks, ...rnnChecks });
  return recurrentLayer('gru', units, makeGruCell('gru', units, options), options);
}
