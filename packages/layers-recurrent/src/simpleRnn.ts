import { checkOptions } from '@chainrule/errors/check';
import { makeSimpleRnnCell, type SimpleRnnCellOptions } from './simpleRnnCell.ts';
import { type RecurrentLayer, recurrentLayer, type RecurrentRule, type StatesOf } from './recurrentLayer.ts';
import { cellChecks, rnnChecks } from './rnnChecks.ts';
import type { RnnOptions } from './rnnOptions.ts';

/** Options of {@link simpleRnn}: those of its cell and of all recurrent layers. */
export interface SimpleRnnOptions<Sequences extends boolean = boolean, State extends boolean = boolean>
  extends RnnOptions<Sequences, State>, Omit<SimpleRnnCellOptions, 'name'> {}

/**
 * Simple (Elman) recurrent layer over `[batch, time, features]`. Further inputs are the initial state, `[batch, units]`.
 *
 * {@link simpleRnnCell} has the formula of a step.
 *
 * @param units - size of the state
 * @param options - as Keras' SimpleRNN
 * @returns a layer to `[batch, units]`, or `[batch, time, units]` with `returnSequences`; with `returnState`, also
 *   the last state
 * @throws OptionError for bad options; ShapeError for inputs that do not match
 * @example
 * simpleRnn(128).outputShape([[32, 28, 28]]); // => 32,128
 */
export function simpleRnn<
  const U extends number,
  const Sequences extends boolean = false,
  const State extends boolean = false,
>(
  units: U,
  options: SimpleRnnOptions<Sequences, State> = {},
): RecurrentLayer<RecurrentRule<U, Sequences, 'simpleRnn', StatesOf<State, 1>>> {
  checkOptions('simpleRnn', options, { ...cellChecks, ...rnnChecks });
  return recurrentLayer('simpleRnn', units, makeSimpleRnnCell('simpleRnn', units, options), options);
}
