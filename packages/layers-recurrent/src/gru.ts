import { checkOptions } from '@chainrule/errors/check';
import { makeGruCell, type GruCellOptions } from './gruCell.ts';
import { type RecurrentLayer, recurrentLayer, type RecurrentRule } from './recurrentLayer.ts';
import { gruChecks, rnnChecks } from './rnnChecks.ts';
import type { RnnOptions } from './rnnOptions.ts';

/** Options of {@link gru}: its cell's, and those of all recurrent layers. */
export interface GruOptions<Sequences extends boolean = boolean>
  extends RnnOptions<Sequences>, Omit<GruCellOptions, 'name'> {}

/**
 * Gated recurrent units over `[batch, time, features]`; further inputs are the first state, `[batch, units]`.
 *
 * See {@link gruCell} for a step, and `rnn` for what all recurrent layers do.
 *
 * @param units - size of the state
 * @param options - as Keras' GRU
 * @returns a layer to `[batch, units]`, or `[batch, time, units]` with `returnSequences`; with `returnState` followed by
 *   the last state
 * @throws OptionError, ShapeError for what does not fit
 * @example
 * gru(128).outputShape([[32, 28, 28]]); // => 32,128
 */
export function gru<const U extends number, const Sequences extends boolean = false>(
  units: U,
  options: GruOptions<Sequences> = {},
): RecurrentLayer<RecurrentRule<U, Sequences, 'gru'>> {
  checkOptions('gru', options, { ...gruChecks, ...rnnChecks });
  return recurrentLayer('gru', units, makeGruCell('gru', units, options), options);
}
