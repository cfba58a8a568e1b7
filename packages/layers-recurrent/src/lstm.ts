import { checkOptions } from '@chainrule/errors/check';
import { makeLstmCell, type LstmCellOptions } from './lstmCell.ts';
import { type RecurrentLayer, recurrentLayer, type RecurrentRule, type StatesOf } from './recurrentLayer.ts';
import { lstmChecks, rnnChecks } from './rnnChecks.ts';
import type { RnnOptions } from './rnnOptions.ts';

/** Options of {@link lstm}: those of its cell and of all recurrent layers. */
export interface LstmOptions<Sequences extends boolean = boolean, State extends boolean = boolean>
  extends RnnOptions<Sequences, State>, Omit<LstmCellOptions, 'name'> {}

/**
 * Long short-term memory (LSTM) layer over `[batch, time, features]`. Further inputs are the initial h and c, `[batch, units]`.
 *
 * {@link lstmCell} has the formula of a step.
 *
 * @param units - size of the state
 * @param options - as Keras' LSTM
 * @returns a layer to `[batch, units]`, or `[batch, time, units]` with `returnSequences`; with `returnState` followed by
 *   the last h and c
 * @throws OptionError for bad options; ShapeError for inputs that do not match
 * @example
 * lstm(128).outputShape([[32, 28, 28]]); // => 32,128
 */
export function lstm<
  const U extends number,
  const Sequences extends boolean = false,
  const State extends boolean = false,
>(
  units: U,
  options: LstmOptions<Sequences, State> = {},
): RecurrentLayer<RecurrentRule<U, Sequences, 'lstm', StatesOf<State, 2>>> {
  checkOptions('lstm', options, { ...lstmChecks, ...rnnChecks });
  return recurrentLayer('lstm', units, makeLstmCell('lstm', units, options), options);
}
