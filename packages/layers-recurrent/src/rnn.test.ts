import { glorotUniform } from '@chainrule/layers-core';
import { add, Generator, map, matmul, mul, scalar as e, tensor, type Tensor, type Variable } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import type { Cell } from './cell.ts';
import { gru } from './gru.ts';
import { lstm } from './lstm.ts';
import { lstmCell } from './lstmCell.ts';
import type { RecurrentLayer } from './recurrentLayer.ts';
import type { RnnOptions } from './rnnOptions.ts';
import { rnn } from './rnn.ts';
import { simpleRnn } from './simpleRnn.ts';
import { bools, built, copyWeights, inference, numbers, outputs, random, steps } from '../testing/recurrent.ts';

/** A moving average whose rate is learned, with a counter as its second state. */
function leakyCell(units: number): Cell<number, { readonly kernel: Variable; readonly rate: Variable }> {
  return {
    type: 'leakyCell',
    config: () => [units],
    stateSizes: [units, 1],
    build: (features, at) => ({
      kernel: at.weight('kernel', [features, units], glorotUniform),
      rate: at.weight('rate', [units], glorotUniform),
    }),
    start(x, { kernel, rate }) {
      const leak = map(e.sigmoid, [rate.value]);
      return {
        projected: matmul(x, kernel.value),
        step: (projected, [, count], seen) => [
          map((p, h, r) => e.add(e.mul(r, h), e.mul(e.sub(1, r), p)), [projected, seen, leak]),
          add(count!, 1),
        ],
      };
    },
  };
}

const factories: Readonly<Record<string, (options: RnnOptions) => RecurrentLayer>> = {
  simpleRnn: (options) => simpleRnn(4, options),
  lstm: (options) => lstm(4, options),
  gru: (options) => gru(4, options),
  'gru that resets before': (options) => gru(4, { ...options, resetAfter: false }),
  'a custom cell': (options) => rnn(leakyCell(4), options),
};
const names = Object.keys(factories);
const x = random([2, 6, 3]);
const all = { returnSequences: true, returnState: true };

/** The layer with options, with the same weights for all options. */
const made = (name: string, options: RnnOptions = all): RecurrentLayer => built(factories[name]!(options), [2, 6, 3]);
const lists = (tensors: readonly Tensor[]): number[][] => tensors.map(numbers);
const firstStates = (name: string): Tensor[] => made(name).stateSizes.map((size, i) => random([2, size], 20 + i));

function expectClose(actual: readonly Tensor[], expected: readonly Tensor[]): void {
  expect(actual.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
  lists(actual)
    .flat()
    .forEach((v, i) => expect(v).toBeCloseTo(lists(expected).flat()[i]!, 12));
}

describe('a mask', () => {
  test.each(names)('without masked steps changes nothing: %s', (name) => {
    const mask = bools(Array(2).fill(Array(6).fill(true)));
    expect(lists(outputs(made(name), x, { mask }))).toEqual(lists(outputs(made(name), x)));
  });

  test.each(names)('over padding gives the result of the sequence without padding: %s', (name) => {
    const mask = bools(Array(2).fill([true, true, true, true, false, false]));
    const [, ...states] = outputs(made(name), x, { mask, states: firstStates(name) });
    const [, ...expected] = outputs(made(name), steps(x, 0, 4), { states: firstStates(name) });
    expect(lists(states)).toEqual(lists(expected));
  });

  test.each(names)('skips masked steps of each sample independently: %s', (name) => {
    const [sequence, ...states] = outputs(made(name), x, {
      mask: bools([
        [false, true, false, true, true, false],
        [true, true, true, true, true, true],
      ]),
    });
    const rows = x.toArray() as number[][][];
    const short = tensor([[1, 3, 4].map((t) => rows[0]![t]!)], undefined, 'float64');
    const [shortSequence, ...shortStates] = outputs(made(name), short);
    const [fullSequence, ...fullStates] = outputs(made(name), x);
    states.forEach((state, i) => {
      const size = state.shape[1];
      numbers(state)
        .slice(0, size)
        .forEach((v, k) => expect(v).toBeCloseTo(numbers(shortStates[i]!)[k]!, 12));
      expect(numbers(state).slice(size)).toEqual(numbers(fullStates[i]!).slice(size));
    });
    const [first, second] = sequence!.toArray() as [number[][], number[][]];
    const compact = (shortSequence!.toArray() as number[][][])[0]!;
    // A step that does not count repeats the output before it; before the first that counts this is the first state.
    [[0, 0, 0, 0], compact[0]!, compact[0]!, compact[1]!, compact[2]!, compact[2]!].forEach((h, t) =>
      h.forEach((v, k) => expect(first[t]![k]).toBeCloseTo(v, 12)),
    );
    expect(second).toEqual((fullSequence!.toArray() as number[][][])[1]);
  });

  test.each(names)('of only masked steps keeps the initial states: %s', (name) => {
    const states = firstStates(name);
    const [, ...last] = outputs(made(name), x, { mask: bools(Array(2).fill(Array(6).fill(false))), states });
    expect(lists(last)).toEqual(lists(states));
  });

  test('is returned with sequences, in their order', () => {
    const mask = bools([
      [true, true, true, false, false, false],
      [true, true, true, true, true, true],
    ]);
    const seen = (options: RnnOptions): unknown =>
      made('gru', options)
        .call([{ data: x, mask }], inference())[0]!
        .mask?.toArray();
    expect(seen({ returnSequences: true })).toEqual(mask.toArray());
    expect(seen({ returnSequences: true, goBackwards: true })).toEqual(
      (mask.toArray() as boolean[][]).map((row) => [...row].reverse()),
    );
    expect(seen({})).toBeUndefined();
  });
});

describe('direction, checkpoints, pieces', () => {
  test.each(names)('backwards equals forwards over the reversed sequence: %s', (name) => {
    const reversed = tensor(
      (x.toArray() as number[][][]).map((rows) => [...rows].reverse()),
      undefined,
      'float64',
    );
    expect(lists(outputs(made(name, { ...all, goBackwards: true }), x))).toEqual(lists(outputs(made(name), reversed)));
  });

  test.each(names)('checkpoints change nothing: %s', (name) => {
    const mask = bools([
      [true, true, false, true, false, false],
      [true, true, true, true, true, true],
    ]);
    for (const goBackwards of [false, true]) {
      const options = { ...all, goBackwards };
      expect(lists(outputs(made(name, { ...options, checkpointEvery: 4 }), x, { mask }))).toEqual(
        lists(outputs(made(name, options), x, { mask })),
      );
    }
  });

  test.each(names)('truncation changes no output: %s', (name) => {
    expect(lists(outputs(made(name, { ...all, truncateEvery: 2 }), x))).toEqual(lists(outputs(made(name), x)));
  });
});

describe('a stateful layer', () => {
  test.each(names)(
    'that reads a sequence in pieces equals one long run, and starts anew when it is reset: %s',
    (name) => {
      const layer = made(name, { ...all, stateful: 2 });
      const [sequence, ...states] = outputs(made(name), x);
      for (let again = 0; again < 2; again++) {
        const pieces = [
          [0, 2],
          [2, 3],
          [3, 6],
        ].map(([from, to]) => outputs(layer, steps(x, from!, to!)));
        expectClose(pieces.at(-1)!.slice(1), states);
        const joined = [0, 1]
          .flatMap((b) => pieces.flatMap(([piece]) => (piece!.toArray() as number[][][])[b]!))
          .flat();
        joined.forEach((v, i) => expect(v).toBeCloseTo(numbers(sequence!)[i]!, 12));
        layer.resetStates();
      }
    },
  );

  test('stores its states in variables that are not trainable', () => {
    const states = made('lstm', { stateful: 2 })
      .variables()
      .filter(({ value }) => !value.trainable);
    expect(states.map(({ name, value }) => [name, value.shape])).toEqual([
      ['state0', [2, 4]],
      ['state1', [2, 4]],
    ]);
    expect(
      made('lstm', {})
        .variables()
        .every(({ value }) => value.trainable),
    ).toBe(true);
  });

  test('starts from given states, and rejects another batch size', () => {
    const [layer, states] = [made('gru', { ...all, stateful: 2 }), firstStates('gru')];
    outputs(layer, x);
    expect(lists(outputs(layer, x, { states }))).toEqual(lists(outputs(made('gru'), x, { states })));
    expect(() => outputs(layer, random([3, 6, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: gru: expects a batch of \`stateful\` = 2 samples, got 3]`,
    );
  });
});

describe('a custom cell', () => {
  test('works like the built-in cells', () => {
    const layer = rnn(leakyCell(2), { returnState: true, name: 'leaky' });
    layer.build([[1, 3, 2]], { rng: new Generator(1), dtype: 'float64' });
    const [kernel, rate] = layer.variables().map(({ value }) => value) as [Variable, Variable];
    kernel.assign(
      tensor(
        [
          [1, 0],
          [0, 1],
        ],
        undefined,
        'float64',
      ),
    );
    rate.assign(tensor([0, 0], undefined, 'float64'));
    expect([layer.name, kernel.name, layer.type]).toEqual(['leaky', 'leaky/kernel', 'rnn']);
    const [h, , count] = outputs(
      layer,
      tensor(
        [
          [
            [8, 0],
            [0, 8],
            [4, 4],
          ],
        ],
        undefined,
        'float64',
      ),
    );
    expect([h!.toArray(), count!.toArray()]).toEqual([[[3, 4]], [[3]]]);
  });

  test('may be a built-in cell, which equals its layer', () => {
    const [byCell, byName] = [built(rnn(lstmCell(4)), x.shape), built(lstm(4), x.shape)];
    expect(lists(outputs(byCell, x))).toEqual(lists(outputs(byName, x)));
  });

  test('can be shared by two layers with separate weights', () => {
    const cell = leakyCell(2);
    const [a, b] = [built(rnn(cell), [1, 3, 2]), built(rnn(cell), [1, 3, 2])];
    a.variables()[0]!.value.assign(mul(a.variables()[0]!.value.value, 2));
    const sequence = random([1, 3, 2]);
    expect(numbers(outputs(a, sequence)[0]!)).not.toEqual(numbers(outputs(b, sequence)[0]!));
    copyWeights(a, b);
    expect(numbers(outputs(a, sequence)[0]!)).toEqual(numbers(outputs(b, sequence)[0]!));
  });
});

describe('recurrent dropout', () => {
  test.each(names)('uses one mask for all steps during training, and none during inference: %s', (name) => {
    const [plain, dropping] = [made(name), made(name, { ...all, dropout: 0.5, recurrentDropout: 0.5 })];
    expect(lists(outputs(dropping, x))).toEqual(lists(outputs(plain, x)));
    const training = (seed: number): number[][] =>
      lists(outputs(dropping, x, { context: { training: true, rng: new Generator(seed) } }));
    expect(training(3)).toEqual(training(3));
    expect(training(3)).not.toEqual(training(4));
  });

  test('of a sum drops a unit in all steps or in none', () => {
    // h[t] = x[t] + m·h[t − 1] with one m for all t: 0, or 2 for a rate of ½.
    const layer = simpleRnn(1, { activation: (v) => v, recurrentDropout: 0.5, returnSequences: true, useBias: false });
    layer.build([[1, 4, 1]], { rng: new Generator(1), dtype: 'float64' });
    layer.variables().forEach(({ value }) => value.assign(tensor([[1]], undefined, 'float64')));
    const ones = tensor([[[1], [1], [1], [1]]], undefined, 'float64');
    const seen = new Set(
      Array.from({ length: 30 }, (_, seed) =>
        numbers(outputs(layer, ones, { context: { training: true, rng: new Generator(seed) } })[0]!).join(),
      ),
    );
    expect([...seen].sort()).toEqual(['1,1,1,1', '1,3,7,15']);
  });
});
