import { checkOptions, checkThat } from '@chainrule/errors/check';
import type { Cell } from './cell.ts';
import { type RecurrentLayer, recurrentLayer, type RecurrentRule, type StatesOf } from './recurrentLayer.ts';
import { rnnChecks } from './rnnChecks.ts';
import type { RnnOptions } from './rnnOptions.ts';

const aCell = /* @__PURE__ */ checkThat('a cell such as `lstmCell(8)`', (value) =>
  Array.isArray((value as Cell | null | undefined)?.stateSizes),
);

/**
 * Runs a cell over `[batch, time, features]`. Further inputs are the initial states of the cell, `[batch, size]`. Masked steps
 * keep the state and repeat the output.
 *
 * @param cell - a cell such as `lstmCell(32)`, or your own
 * @param options - as Keras' RNN
 * @returns a layer to `[batch, units]`, or `[batch, time, units]` with `returnSequences`; with `returnState`, also
 *   the last states
 * @throws OptionError for bad options; ShapeError for inputs that do not match
 * @example
 * rnn(gruCell(8), { returnSequences: true }).outputShape([[32, 10, 3]]); // => 32,10,8
 */
export function rnn<U extends number, W, const Sequences extends boolean = false, const State extends boolean = false>(
  cell: Cell<U, W>,
  options: RnnOptions<Sequences, State> = {},
): RecurrentLayer<RecurrentRule<U, Sequences, 'rnn', StatesOf<State, number>>> {
  aCell('rnn', 'cell', cell);
  checkOptions('rnn', options, rnnChecks);
  return recurrentLayer('rnn', cell, cell, options);
}
