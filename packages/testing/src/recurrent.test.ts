// Recurrent layers with gradients, the compiler, models and files.
import { checkGradients, grad, stopGradient, valueAndGrad } from '@chainrule/autograd';
import { compile } from '@chainrule/compiler';
import {
  glorotUniform,
  identityInitializer,
  knownFunctions,
  type Layer,
  normalizedPositiveDefinite,
} from '@chainrule/layers-core';
import { dense, embedding, masking } from '@chainrule/layers-dense';
import {
  bidirectional,
  type Cell,
  gru,
  lstm,
  lstmCell,
  type RecurrentLayer,
  rnn,
  type RnnOptions,
  simpleRnn,
  timeDistributed,
} from '@chainrule/layers-recurrent';
import { meanSquaredError } from '@chainrule/losses';
import { decodeModel, encodeModel, input, sequential, type Sequential } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import {
  add,
  Generator,
  matmul,
  mul,
  randomUniform,
  relu,
  sigmoid,
  slice,
  sum,
  tanh,
  tensor,
  type Tensor,
  type Variable,
} from '@chainrule/tensor';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const inference = { training: false, rng: new Generator(1) };
const random = (shape: readonly number[], seed = 5): Tensor =>
  randomUniform(new Generator(seed), shape, { low: -1, high: 1, dtype: 'float64' });

/** A cell of one's own: an output gate on a plain state, with two weights that only multiply. */
function gatedCell(units: number): Cell<number, Readonly<Record<'kernel' | 'gate' | 'plain', Variable>>> {
  return {
    type: 'gatedCell',
    config: () => [units],
    stateSizes: [units, units],
    build(features, at) {
      const weight = (name: string, rows: number): Variable => at.weight(name, [rows, units], glorotUniform);
      return { kernel: weight('kernel', features), gate: weight('gate', units), plain: weight('plain', units) };
    },
    start(x, weights) {
      const [gate, plain] = [weights.gate.value, weights.plain.value];
      return {
        projected: matmul(x, weights.kernel.value),
        step(projected, [, state], seen) {
          const next = tanh(add(projected, matmul(state!, plain)));
          return [mul(sigmoid(matmul(seen, gate)), next), next];
        },
      };
    },
  };
}

const factories: Readonly<Record<string, (options: RnnOptions) => RecurrentLayer>> = {
  simpleRnn: (options) => simpleRnn(2, options),
  lstm: (options) => lstm(2, options),
  gru: (options) => gru(2, options),
  'gru that resets before': (options) => gru(2, { ...options, resetAfter: false }),
  'a cell of one’s own': (options) => rnn(gatedCell(2), options),
};
const names = Object.keys(factories);

function built<L extends Layer>(layer: L, shape: readonly number[]): L {
  layer.build([shape], { rng: new Generator(1), dtype: 'float64' });
  layer.variables().forEach(({ value }, i) => value.trainable && value.assign(random(value.shape, 10 + i)));
  return layer;
}

/** All outputs, weighted and summed, as a function of the sequence, the first states and the weights. */
function asFunction(layer: Layer, states: number, mask: Tensor | undefined, seed = 3): (...args: Tensor[]) => Tensor {
  const variables = layer.variables().map(({ value }) => value);
  return (x, ...rest) => {
    variables.forEach((v, i) => v.assign(rest[states + i]!));
    const inputs = [{ data: x, ...(mask && { mask }) }, ...rest.slice(0, states).map((data) => ({ data }))];
    const outputs = layer.call(inputs, { training: true, rng: new Generator(seed) });
    return outputs
      .map(({ data }, i) => sum(mul(data, random(data.shape, 40 + i))) as Tensor)
      .reduce((a, b) => add(a, b));
  };
}

const instance = fc.record({
  mask: fc.option(fc.array(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), { minLength: 2, maxLength: 2 })),
  withStates: fc.boolean(),
  options: fc.record({
    learnInitialState: fc.boolean(),
    returnSequences: fc.boolean(),
    returnState: fc.boolean(),
    goBackwards: fc.boolean(),
    dropout: fc.constantFrom<number>(0, 0.3),
    recurrentDropout: fc.constantFrom<number>(0, 0.3),
  }),
  checkpointEvery: fc.option(fc.integer({ min: 1, max: 4 })),
});

type Instance = typeof instance extends fc.Arbitrary<infer T> ? T : never;

function check(
  make: (options: RnnOptions) => RecurrentLayer,
  { mask, withStates, options, checkpointEvery }: Instance,
  order: 1 | 2,
): void {
  const x = random([2, 4, 2]);
  const layer = built(make({ ...options, ...(checkpointEvery !== null && { checkpointEvery }) }), x.shape);
  const states = withStates ? layer.stateSizes.map((size, i) => random([2, size], 20 + i)) : [];
  const weights = layer.variables().map(({ value }) => value.value);
  const fn = asFunction(layer, states.length, mask ? tensor(mask, undefined, 'bool') : undefined);
  checkGradients(fn, [x, ...states, ...weights], { order, tolerance: 2e-6 });
}

describe('the gradients of recurrent layers', () => {
  test.each(names)('are right with masks, first states, dropout, both directions and checkpoints: %s', (name) => {
    fc.assert(
      fc.property(instance, (chosen) => check(factories[name]!, chosen, 1)),
      { numRuns: 6 },
    );
  });

  test.each(names)('have gradients themselves: %s', (name) => {
    const options = { returnSequences: true, returnState: true, goBackwards: false, dropout: 0, recurrentDropout: 0 };
    const mask = [
      [true, false, true, true],
      [true, true, true, false],
    ];
    for (const learnInitialState of [false, true]) {
      const chosen = { mask, withStates: !learnInitialState, options: { ...options, learnInitialState } };
      check(factories[name]!, { ...chosen, checkpointEvery: null }, 2);
    }
  });

  test('are right for both directions at once', () => {
    const x = random([2, 3, 2]);
    const layer = built(bidirectional(gru(2, { returnSequences: true })), x.shape);
    const fn = asFunction(
      layer,
      0,
      tensor(
        [
          [true, true, false],
          [true, true, true],
        ],
        undefined,
        'bool',
      ),
    );
    expect(checkGradients(fn, [x, ...layer.variables().map(({ value }) => value.value)]).compared).toBe(
      12 + 2 * (12 + 12 + 6 + 6),
    );
  });

  test.each(names)('truncated equal those of pieces with stopped states: %s', (name) => {
    const x = random([2, 7, 2]);
    for (const options of [{}, { checkpointEvery: 3 }]) {
      const [whole, pieces] = [{ truncateEvery: 3, ...options }, { returnState: true }].map((o) =>
        built(factories[name]!(o), x.shape),
      );
      const loss =
        (layer: Layer, run: (x: Tensor) => Tensor) =>
        (input: Tensor, ...weights: Tensor[]): Tensor => {
          layer.variables().forEach(({ value }, i) => value.assign(weights[i]!));
          return run(input);
        };
      const runWhole = (sequence: Tensor): Tensor => sum(whole!.call([{ data: sequence }], inference)[0]!.data);
      const runPieces = (sequence: Tensor): Tensor => {
        let states: Tensor[] = [];
        for (const [from, size] of [
          [0, 3],
          [3, 3],
          [6, 1],
        ] as const) {
          const piece = slice(sequence, [0, from, 0], [-1, size, -1]);
          const [, ...next] = pieces!.call(
            [piece, ...states].map((data) => ({ data })),
            inference,
          );
          states = from + size < 7 ? next.map(({ data }) => stopGradient(data)) : next.map(({ data }) => data);
        }
        return sum(states[0]!);
      };
      const weights = whole!.variables().map(({ value }) => value.value);
      const gradients = (f: (input: Tensor, ...w: Tensor[]) => Tensor): Tensor[] =>
        grad(([a, ...w]: readonly Tensor[]) => f(a!, ...w))([x, ...weights]);
      const [found, expected] = [gradients(loss(whole!, runWhole)), gradients(loss(pieces!, runPieces))];
      found.forEach((g, i) => g.data.forEach((v, k) => expect(v).toBeCloseTo(expected[i]!.data[k]!, 12)));
      expect(slice(found[0]!, [0, 0, 0], [-1, 6, -1]).data.every((v) => v === 0)).toBe(true);
    }
  });

  test.each(names)('of a compiled program equal those of eager runs, stateful ones too: %s', (name) => {
    const x = random([2, 4, 2]);
    const run = (compiled: boolean): number[][] => {
      const layer = built(factories[name]!({ stateful: 2, recurrentDropout: 0.2, returnSequences: true }), x.shape);
      const weights = layer
        .variables()
        .map(({ value }) => value)
        .filter((v) => v.trainable);
      const context = { training: true, rng: new Generator(7) };
      const step = (sequence: Tensor): Tensor[] => {
        const [value, gradients] = valueAndGrad(
          (_: readonly Variable[]) => sum(layer.call([{ data: sequence }], context)[0]!.data) as Tensor,
        )(weights);
        return [value, ...gradients];
      };
      const f = compiled ? compile(step) : step;
      return [f(x), f(x), f(x)].map((results) => results.flatMap(({ data }) => [...data]));
    };
    const [eager, compiled] = [run(false), run(true)];
    expect(eager[0]).not.toEqual(eager[1]);
    eager.flat().forEach((v, i) => expect(compiled.flat()[i]).toBeCloseTo(v, 12));
  });
});

describe('models of recurrent layers', () => {
  const tokens = tensor(
    [
      [3, 1, 2, 0, 0],
      [4, 4, 0, 0, 0],
    ],
    undefined,
    'int32',
  );

  test('skip padding that the embedding leaves out, through all layers', () => {
    const model = sequential(
      input([5]),
      embedding(6, 3, { maskZero: true }),
      bidirectional(gru(4, { returnSequences: true })),
      timeDistributed(dense(3)),
      lstm(2),
    ).build({ seed: 1 });
    const cut = (row: number, size: number): Tensor => slice(tokens, [row, 0], [1, size]);
    const rows = [
      [0, 3],
      [1, 2],
    ].map(([row, size]) => model.call(cut(row!, size!)).toArray() as number[][]);
    (model.call(tokens).toArray() as number[][]).forEach((row, i) =>
      row.forEach((v, k) => expect(v).toBeCloseTo(rows[i]![0]![k]!, 6)),
    );
  });

  test('skip padding that masking leaves out', () => {
    const model = sequential(input([null, 2]), masking(-1), simpleRnn(3)).build({ seed: 1 });
    const short = tensor([
      [
        [1, 2],
        [3, 4],
      ],
    ]);
    const long = tensor([
      [
        [1, 2],
        [3, 4],
        [-1, -1],
        [-1, -1],
      ],
    ]);
    expect(model.call(long).toArray()).toEqual(model.call(short).toArray());
  });

  test('come back from their file, with layers in layers and cells', async () => {
    const make = (): Sequential =>
      sequential(
        input([5, 3]),
        bidirectional(lstm(4, { returnSequences: true, recurrentDropout: 0.1 }), { mergeMode: 'sum' }),
        timeDistributed(dense(3, { activation: relu })),
        rnn(lstmCell(3), { returnSequences: true }),
        simpleRnn(3, { activation: relu, recurrentInitializer: identityInitializer, returnSequences: true }),
        simpleRnn(3, { recurrentInitializer: normalizedPositiveDefinite, returnSequences: true }),
        gru(2, { resetAfter: false }),
      );
    const model = make().build({ seed: 3 });
    const x = randomUniform(new Generator(1), [2, 5, 3]);
    const known = {
      ...knownFunctions,
      layers: { bidirectional, lstm, timeDistributed, dense, rnn, lstmCell, simpleRnn, gru },
      activations: { relu },
    };
    const loaded = await decodeModel(await encodeModel(model), known);
    expect(loaded.call(x).toArray()).toEqual(model.call(x).toArray());
    await expect(
      decodeModel(await encodeModel(model), { ...known, layers: { bidirectional } }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FormatError: load: bidirectional is made with lstm; pass its factory as \`layers: { lstm }\`]`,
    );
  });

  test.each([
    ['simpleRnn', simpleRnn(16)],
    ['lstm', lstm(16)],
    ['gru', gru(16)],
    ['rnn', rnn(lstmCell(16), { truncateEvery: 3 })],
    ['bidirectional', bidirectional(gru(8))],
  ] as const)('learn to add marked numbers up: %s', async (_, layer) => {
    const time = 6;
    const rng = new Generator(2);
    const [values, marks] = [randomUniform(rng, [256, time, 1]), randomUniform(rng, [256, time, 1])];
    const marked = tensor(
      marks.data.map((v) => (v < 0.4 ? 1 : 0)),
      [256, time, 1],
    );
    const x = tensor(
      [...values.data].flatMap((v, i) => [v, marked.data[i]!]),
      [256, time, 2],
    );
    const y = sum(mul(values, marked), { axis: 1 });
    const model = sequential(input([time, 2]), layer as RecurrentLayer, dense(1)) as unknown as Sequential;
    const trainer = model.compile({ seed: 1, optimizer: adam({ learningRate: 0.01 }), loss: meanSquaredError });
    const history = await trainer.fit({ x, y }, { epochs: 12, batchSize: 32 });
    const [first, last] = [history[0]!.loss!, history.at(-1)!.loss!];
    expect(last).toBeLessThan(0.2 * first);
  });
});
