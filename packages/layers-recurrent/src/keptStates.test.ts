import { tensor, Generator, type Tensor, type Variable } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { bidirectional } from './bidirectional.ts';
import { gru } from './gru.ts';
import { gruCell } from './gruCell.ts';
import { lstm } from './lstm.ts';
import type { RecurrentLayer } from './recurrentLayer.ts';
import { rnn } from './rnn.ts';
import type { RnnOptions } from './rnnOptions.ts';
import { simpleRnn } from './simpleRnn.ts';
import { bools, built, numbers, outputs, random, steps } from '../testing/recurrent.ts';

const factories: Readonly<Record<string, (options: RnnOptions) => RecurrentLayer>> = {
  simpleRnn: (options) => simpleRnn(4, options),
  lstm: (options) => lstm(4, options),
  gru: (options) => gru(4, options),
  'rnn of a cell': (options) => rnn(gruCell(4), options),
};
const names = Object.keys(factories);
const all = { returnSequences: true, returnState: true };
const learning = { ...all, learnInitialState: true };
const x = random([2, 6, 3]);

/** A layer with random weights, learned states among them. */
const made = (name: string, options: RnnOptions): RecurrentLayer => built(factories[name]!(options), x.shape);
const lists = (tensors: readonly Tensor[]): number[][] => tensors.map(numbers);
const variable = (layer: RecurrentLayer, name: string): Variable =>
  layer.variables().find((one) => one.name === name)!.value;
/** The learned states, once for each of two samples. */
const learned = (layer: RecurrentLayer): Tensor[] =>
  layer.stateSizes.map((size, i) => {
    const row = numbers(variable(layer, `initialState${i}`).value);
    return tensor([...row, ...row], [2, size], 'float64');
  });

describe('learned initial states', () => {
  test.each(names)('are one trainable vector for each state, and begin at 0: %s', (name) => {
    const layer = factories[name]!(learning);
    layer.build([x.shape], { rng: new Generator(1), dtype: 'float64' });
    const states = layer.variables().filter((one) => one.name.startsWith('initialState'));
    expect(states.map(({ value }) => [value.trainable, value.value.toArray()])).toEqual(
      layer.stateSizes.map(() => [true, [0, 0, 0, 0]]),
    );
    layer.trainable = false;
    expect(states.some(({ value }) => value.trainable)).toBe(false);
  });

  test.each(names)('give what the same states as inputs give, which replace them: %s', (name) => {
    for (const goBackwards of [false, true]) {
      const [layer, plain] = [made(name, { ...learning, goBackwards }), made(name, { ...all, goBackwards })];
      expect(lists(outputs(layer, x))).toEqual(lists(outputs(plain, x, { states: learned(layer) })));
      const states = layer.stateSizes.map((size, i) => random([2, size], 30 + i));
      expect(lists(outputs(layer, x, { states }))).toEqual(lists(outputs(plain, x, { states })));
      expect(lists(outputs(layer, x))).not.toEqual(lists(outputs(plain, x)));
    }
  });

  test.each(names)('are the last states of masked samples: %s', (name) => {
    const layer = made(name, learning);
    const [, ...last] = outputs(layer, x, { mask: bools(Array(2).fill(Array(6).fill(false))) });
    expect(lists(last)).toEqual(lists(learned(layer)));
  });

  test.each(names)('start a stateful layer when it is new and after a reset, but no later piece: %s', (name) => {
    const layer = made(name, { ...learning, stateful: 2 });
    const [, ...expected] = outputs(made(name, all), x, { states: learned(layer) });
    for (let again = 0; again < 2; again++) {
      const [, ...last] = [steps(x, 0, 1), steps(x, 1, 4), steps(x, 4, 6)]
        .map((piece) => outputs(layer, piece))
        .at(-1)!;
      lists(last)
        .flat()
        .forEach((v, i) => expect(v).toBeCloseTo(lists(expected).flat()[i]!, 12));
      expect(variable(layer, 'fresh').value.toArray()).toBe(0);
      layer.resetStates();
      expect(variable(layer, 'fresh').value.toArray()).toBe(1);
    }
  });

  test('belong to each direction of a bidirectional layer', () => {
    const layer = bidirectional(lstm(4, learning));
    layer.build([x.shape], { rng: new Generator(1), dtype: 'float64' });
    const names = layer.variables().flatMap(({ name }) => (name.includes('initial') ? [name] : []));
    expect(names).toEqual(['forward', 'backward'].flatMap((way) => [`${way}/initialState0`, `${way}/initialState1`]));
  });
});
