import { checkOptions } from '@chainrule/errors/check';
import { makeSimpleRnnCell, type SimpleRnnCellOptions } from './simpleRnnCell.ts';
import { type RecurrentLayer, recurrentLayer, type RecurrentRule } from './recurrentLayer.ts';
import { cellChecks, rnnChecks } from './rnnChecks.ts';
import type { RnnOptions } from './rnnOptions.ts';

/** Options of {@link simpleRnn}: its cell's, and those of all recurrent layers. */
export interface SimpleRnnOptions<Sequences extends boolean = boolean>
  extends RnnOptions<Sequences>, Omit<SimpleRnnCellOptions, 'name'> {}

/**
 * The plain recurrent layer over `[batch, time, features]`; further inputs are the first state, `[batch, units]`.
 *
 * See {@link simpleRnnCell} for a step, and `rnn` for what all recurrent layers do.
 *
 * @param units - size of the state
 * @param options - as Keras' SimpleRNN
 * @returns a layer to `[batch, units]`, or `[batch, time, units]` with `returnSequences`; with `returnState` followed by
 *   the last state
 * @throws OptionError, ShapeError for what does not fit
 * @example
 * simpleRnn(128).outputShape([[32, 28, 28]]); // => 32,128
 */
export function simpleRnn<const U extends number, const Sequences extends boolean = false>(
  units: U,
  options: SimpleRnnOptions<Sequences> = {},
): RecurrentLayer<RecurrentRule<U, Sequences, 'simpleRnn'>> {
  checkOptions('simpleRnn', options, { ...cellChecks, ...rnnChecks });
  return recurrentLayer('simpleRnn', units, makeSimpleRnnCell('simpleRnn', units, options), options);
}
