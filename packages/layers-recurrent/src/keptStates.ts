import { onesInitializer, type WeightBuilder, zerosInitializer } from '@chainrule/layers-core';
import { broadcastTo, map, ones, scalar as e, type Tensor, type Variable, zeros } from '@chainrule/tensor';
import type { RnnOptions } from './rnnOptions.ts';

/**
 * The states from which a recurrent layer starts without initial states among its inputs: those of the previous batch if it is
 * stateful, learned ones, or neither.
 *
 * A stateful layer with learned states starts from stored + fresh · learned. A reset makes stored = 0 and fresh = 1, a call
 * makes fresh = 0, so that the gradient reaches the learned states only in the first batch after a reset.
 */
export class KeptStates {
  readonly #learned: readonly Variable[];
  readonly #stored: readonly Variable[];
  readonly #fresh: Variable | undefined;

  constructor(
    at: WeightBuilder,
    sizes: readonly number[],
    { stateful, learnInitialState = false }: Pick<RnnOptions, 'stateful' | 'learnInitialState'>,
  ) {
    const frozen = { trainable: false };
    this.#learned = learnInitialState
      ? sizes.map((size, i) => at.weight(`initialState${i}`, [size], zerosInitializer))
      : [];
    this.#stored =
      stateful === undefined
        ? []
        : sizes.map((size, i) => at.weight(`state${i}`, [stateful, size], zerosInitializer, frozen));
    if (learnInitialState && stateful !== undefined) this.#fresh = at.weight('fresh', [], onesInitializer, frozen);
  }

  /** The states before the first step, `[batch, size]` each; empty for zeros. */
  initial(batch: number): Tensor[] {
    const fresh = this.#fresh?.value;
    if (fresh)
      return this.#stored.map(({ value: stored }, i) =>
        map((s, f, l) => e.add(s, e.mul(f, l)), [stored, fresh, this.#learned[i]!.value]),
      );
    return this.#learned.length > 0
      ? this.#learned.map(({ value }) => broadcastTo(value, [batch, value.shape[0]]))
      : this.#stored.map(({ value }) => value);
  }

  /** Stores the states after the last step in a stateful layer. */
  keep(states: readonly Tensor[]): void {
    this.#stored.forEach((variable, i) => variable.assign(states[i]!));
    this.#fresh?.assign(zeros([], this.#fresh.dtype));
  }

  reset(): void {
    this.#stored.forEach((variable) => variable.assign(zeros(variable.shape, variable.dtype)));
    this.#fresh?.assign(ones([], this.#fresh.dtype));
  }
}
