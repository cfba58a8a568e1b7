import type { Context, Layer } from '@chainrule/layers-core';
import { eye, Generator, randomUniform, tensor, type Tensor, type Variable, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { lstm, type LstmOptions } from './lstm.ts';
import { lstmCell } from './lstmCell.ts';

const inference = (): Context => ({ training: false, rng: new Generator(1) });

function built(units: number, shape: readonly number[], options: LstmOptions = {}): Layer {
  const layer = lstm(units, options);
  layer.build([shape], { rng: new Generator(1), dtype: 'float64' });
  // Biases other than zeros and ones.
  const bias = layer.variables()[2]!.value;
  bias.assign(
    tensor(
      bias.value.data.map((b, i) => b + 0.1 * Math.sin(i)),
      bias.shape,
      'float64',
    ),
  );
  return layer;
}

const random = (shape: readonly number[], seed = 5): Tensor =>
  randomUniform(new Generator(seed), shape, { low: -1, high: 1, dtype: 'float64' });
const numbers = (t: Tensor): number[] => [...t.data];
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

interface Loop {
  /** Outputs of each step in the order of time, `[batch][time][units]`. */
  readonly outputs: number[][][];
  readonly h: number[][];
  readonly c: number[][];
}

/** The equations of Hochreiter, Schmidhuber and Gers, gates i, f, c, o, number by number. */
function loop(
  layer: Layer,
  units: number,
  x: Tensor,
  { backwards = false, h0, c0 }: { backwards?: boolean; h0?: Tensor; c0?: Tensor } = {},
): Loop {
  const [kernel, recurrent, bias] = layer.variables().map(({ value }) => value.value.data) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const [batch, time, features] = x.shape;
  const row = (t: Tensor | undefined, b: number): number[] =>
    Array.from({ length: units }, (_, u) => t?.data[b * units + u] ?? 0);
  const result: Loop = { outputs: [], h: [], c: [] };
  for (let b = 0; b < batch; b++) {
    let [h, c] = [row(h0, b), row(c0, b)];
    const outputs: number[][] = [];
    for (let step = 0; step < time; step++) {
      const t = backwards ? time - 1 - step : step;
      const z = Array.from({ length: 4 * units }, (_, j) => {
        let sum = bias[j]!;
        for (let k = 0; k < features; k++) sum += x.data[(b * time + t) * features + k]! * kernel[k * 4 * units + j]!;
        for (let k = 0; k < units; k++) sum += h[k]! * recurrent[k * 4 * units + j]!;
        return sum;
      });
      c = c.map((old, u) => sigmoid(z[units + u]!) * old + sigmoid(z[u]!) * Math.tanh(z[2 * units + u]!));
      h = c.map((cell, u) => sigmoid(z[3 * units + u]!) * Math.tanh(cell));
      outputs[t] = h;
    }
    result.outputs.push(outputs);
    result.h.push(h);
    result.c.push(c);
  }
  return result;
}

function expectClose(actual: Tensor, expected: readonly number[]): void {
  expect(actual.size).toBe(expected.length);
  actual.data.forEach((v, i) => expect(v).toBeCloseTo(expected[i]!, 12));
}

describe('lstm', () => {
  test.each([
    ['several samples and steps', 3, 7],
    ['one sample', 1, 5],
    ['one step', 4, 1],
    ['one of each', 1, 1],
  ])('equals a plain loop for %s', (_, batch, time) => {
    const x = random([batch, time, 3]);
    const layer = built(5, x.shape, { returnState: true });
    const [out, h, c] = layer.call([{ data: x }], inference()).map(({ data }) => data);
    const expected = loop(layer, 5, x);
    expectClose(out!, expected.h.flat());
    expectClose(h!, expected.h.flat());
    expectClose(c!, expected.c.flat());
  });

  test('returns the outputs of all steps in their order with returnSequences', () => {
    const x = random([2, 6, 3]);
    const layer = built(4, x.shape, { returnSequences: true });
    const [sequence, ...rest] = layer.call([{ data: x }], inference());
    expect([sequence!.data.shape, rest]).toEqual([[2, 6, 4], []]);
    expectClose(sequence!.data, loop(layer, 4, x).outputs.flat(2));
  });

  test('starts at the last step with goBackwards, and returns sequences in the order of computation, as in Keras', () => {
    const x = random([2, 6, 3]);
    const layer = built(4, x.shape, { returnSequences: true, returnState: true, goBackwards: true });
    const [sequence, h, c] = layer.call([{ data: x }], inference()).map(({ data }) => data);
    const expected = loop(layer, 4, x, { backwards: true });
    expectClose(sequence!, expected.outputs.map((steps) => [...steps].reverse()).flat(2));
    expectClose(h!, expected.h.flat());
    expectClose(c!, expected.c.flat());
  });

  test('starts from given states', () => {
    const [x, h0, c0] = [random([2, 3, 3]), random([2, 4], 6), random([2, 4], 7)];
    const layer = built(4, x.shape);
    expectClose(
      layer.call(
        [x, h0, c0].map((data) => ({ data })),
        inference(),
      )[0]!.data,
      loop(layer, 4, x, { h0, c0 }).h.flat(),
    );
  });

  test('continues from its last state: two halves equal the whole', () => {
    const x = random([1, 8, 3]);
    const half = (from: number): Tensor => tensor(x.data.slice(from * 12, (from + 1) * 12), [1, 4, 3], 'float64');
    const layer = built(4, [1, 8, 3], { returnState: true });
    const whole = layer.call([{ data: x }], inference());
    const [, h, c] = layer.call([{ data: half(0) }], inference());
    expectClose(layer.call([{ data: half(1) }, h!, c!], inference())[0]!.data, numbers(whole[0]!.data));
  });

  test('gives the same with checkpoints', () => {
    const x = random([2, 7, 3]);
    const [plain, saving] = [built(4, x.shape), built(4, x.shape, { checkpointEvery: 3 })];
    expect(saving.call([{ data: x }], inference())[0]!.data.toArray()).toEqual(
      plain.call([{ data: x }], inference())[0]!.data.toArray(),
    );
  });

  test('keeps the mask for sequences, and drops it with the time axis', () => {
    const x = random([1, 2, 3]);
    const mask = tensor([[true, true]], undefined, 'bool');
    expect(built(2, x.shape, { returnSequences: true }).call([{ data: x, mask }], inference())[0]!.mask).toBe(mask);
    expect(built(2, x.shape).call([{ data: x, mask }], inference())[0]!.mask).toBeUndefined();
  });
});

describe('the shapes and weights of lstm', () => {
  // 4·(units·(features + units) + units), as Keras counts.
  test.each([
    [32, 9, 5376],
    [128, 28, 80_384],
    [100, 100, 80_400],
  ])('%i units on %i features have %i parameters', (units, features, count) => {
    const layer = lstm(units);
    layer.build([[1, 5, features]], { rng: new Generator(1), dtype: 'float32' });
    expect(layer.variables().reduce((n, { value }) => n + value.value.size, 0)).toBe(count);
    expect(layer.variables().map(({ name }) => name)).toEqual(['kernel', 'recurrentKernel', 'bias']);
  });

  test('outputs are the last state, sequences, and states', () => {
    expect(lstm(128).outputShape([[32, 28, 9]])).toEqual([[32, 128]]);
    expect(lstm(128, { returnSequences: true }).outputShape([[32, 28, 9]])).toEqual([[32, 28, 128]]);
    expect(
      lstm(128, { returnState: true }).outputShape([
        [32, 28, 9],
        [32, 128],
        [32, 128],
      ]),
    ).toEqual([
      [32, 128],
      [32, 128],
      [32, 128],
    ]);
  });

  test('the bias of the forget gate is initialized to 1 by default', () => {
    const bias = (options: LstmOptions): number[] => {
      const layer = lstm(2, options);
      layer.build([[1, 5, 3]], { rng: new Generator(1), dtype: 'float32' });
      return numbers(layer.variables()[2]!.value.value);
    };
    expect(bias({})).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
    expect(bias({ unitForgetBias: false })).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('the recurrent kernel is initialized with orthonormal rows, the kernel within the bound of Glorot', () => {
    const layer = lstm(6);
    layer.build([[1, 5, 9]], { rng: new Generator(1), dtype: 'float64' });
    const [kernel, recurrent] = layer.variables().map(({ value }) => value.value) as [Tensor, Tensor];
    const rows = recurrent.toArray() as number[][];
    rows.forEach((a, i) =>
      rows.forEach((b, j) => expect(a.reduce((s, v, k) => s + v * b[k]!, 0)).toBeCloseTo(i === j ? 1 : 0, 12)),
    );
    expect(Math.max(...kernel.data.map(Math.abs))).toBeLessThanOrEqual(Math.sqrt(6 / (9 + 24)));
  });
});

describe('variational dropout of lstm', () => {
  const rate = 0.5;
  /** Of an lstm of which h is an affine image of its inputs, nearly: small numbers, gates that are open. */
  function open(options: LstmOptions): { layer: Layer; kernel: Variable; recurrent: Variable; bias: Variable } {
    const layer = lstm(1, { unitForgetBias: false, returnSequences: true, ...options });
    layer.build([[1, 4, 1]], { rng: new Generator(1), dtype: 'float64' });
    const [kernel, recurrent, bias] = layer.variables().map(({ value }) => value) as [Variable, Variable, Variable];
    return { layer, kernel, recurrent, bias };
  }
  const row = (values: number[]): Tensor => tensor([values], undefined, 'float64');

  test('drops an input in all steps or in none, and scales it up', () => {
    const { layer, kernel, recurrent, bias } = open({ dropout: rate });
    // i and o open, f closed: h[t] = tanh(tanh(w·x[t])).
    kernel.assign(row([0, 0, 1, 0]));
    recurrent.assign(row([0, 0, 0, 0]));
    bias.assign(tensor([50, -50, 0, 50], undefined, 'float64'));
    const x = tensor([[[0.1], [0.2], [0.3], [0.4]]], undefined, 'float64');
    const seen = new Set<string>();
    const context = { training: true, rng: new Generator(3) };
    for (let i = 0; i < 20; i++) {
      const y = numbers(layer.call([{ data: x }], context)[0]!.data);
      const factor = y[0]! === 0 ? 0 : 2;
      y.forEach((v, t) => expect(v).toBeCloseTo(Math.tanh(Math.tanh(factor * 0.1 * (t + 1))), 12));
      seen.add(String(factor));
    }
    expect([...seen].sort()).toEqual(['0', '2']);
  });

  test('drops a state in all steps or in none, and scales it up', () => {
    const { layer, kernel, recurrent, bias } = open({ recurrentDropout: rate });
    // c is x alone in the first step, h's image in the others.
    kernel.assign(row([0, 0, 1, 0]));
    recurrent.assign(row([0, 0, 1, 0]));
    bias.assign(tensor([50, -50, 0, 50], undefined, 'float64'));
    const x = tensor([[[0.3], [0], [0], [0]]], undefined, 'float64');
    const seen = new Set<string>();
    const context = { training: true, rng: new Generator(3) };
    for (let i = 0; i < 20; i++) {
      const y = numbers(layer.call([{ data: x }], context)[0]!.data);
      const factor = Math.abs(y[1]!) < 1e-12 ? 0 : 2;
      let h = Math.tanh(Math.tanh(0.3));
      y.forEach((v, t) => {
        if (t > 0) h = Math.tanh(Math.tanh(factor * h));
        expect(v).toBeCloseTo(h, 12);
      });
      seen.add(String(factor));
    }
    expect([...seen].sort()).toEqual(['0', '2']);
  });

  test('does nothing during inference', () => {
    const x = random([2, 4, 3]);
    const [plain, dropping] = [built(4, x.shape), built(4, x.shape, { dropout: 0.5, recurrentDropout: 0.5 })];
    const rng = new Generator(1);
    expect(dropping.call([{ data: x }], { training: false, rng })[0]!.data.toArray()).toEqual(
      plain.call([{ data: x }], inference())[0]!.data.toArray(),
    );
    expect(rng.counter.value.item()).toBe(0);
  });
});

describe('lstm rejects', () => {
  const at = { rng: new Generator(1), dtype: 'float32' as const };

  test('bad options', () => {
    expect(() => lstm(0)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: lstm: \`units\` must be a positive integer, got 0]`,
    );
    expect(() => lstm(2, { dropout: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: lstm: \`dropout\` must be in [0, 1), got 1]`,
    );
    expect(() => lstm(2, { recurrentDropout: -0.5, name: 'reader' })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: lstm: \`recurrentDropout\` must be in [0, 1), got -0.5]`,
    );
  });

  test('inputs that are not sequences', () => {
    expect(() => lstm(2).outputShape([[1, 2]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: lstm: expects rank 3 [batch,time,features], got [1,2]; set \`returnSequences: true\` on a recurrent layer before it, or put \`embedding\` before it for token indices]`,
    );
    const layer = lstm(2);
    layer.build([[1, 5, 3]], at);
    expect(() => layer.call([{ data: zeros([5, 3]) }], inference())).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: lstm: expects rank 3 [batch,time,features], got [5,3]; set \`returnSequences: true\` on a recurrent layer before it, or put \`embedding\` before it for token indices]`,
    );
    expect(() => layer.call([{ data: zeros([1, 5, 4]) }], inference())).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: lstm: columns of [5,1,4] must match rows of [3,8]]`,
    );
  });

  test('another number of inputs, and states of other shapes', () => {
    const layer = lstm(2);
    layer.build([[1, 5, 3]], at);
    const [x, h] = [{ data: zeros([1, 5, 3]) }, { data: zeros([1, 2]) }];
    expect(() => layer.outputShape([])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: lstm: \`inputs\` must hold one input, or 3 with the initial states, got 0]`,
    );
    expect(() => layer.call([x, h], inference())).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: lstm: \`inputs\` must hold one input, or 3 with the initial states, got 2]`,
    );
    expect(() => layer.call([x, h, { data: zeros([2, 2]) }], inference())).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: lstm: initial state 1 must have shape [1,2], got [2,2]]`,
    );
  });

  test('use before it is built, and another number of features after', () => {
    expect(() => lstm(2).call([{ data: zeros([1, 5, 3]) }], inference())).toThrowErrorMatchingInlineSnapshot(
      `[StateError: lstm: must be built before it is used; call \`build\`, or add it to a model]`,
    );
    expect(() => lstm(2).variables()).toThrow('lstm: must be built');
    const layer = lstm(2);
    layer.build([[1, 5, 3]], at);
    layer.build([[8, 5, 3]], at);
    expect(() => layer.build([[1, 5, 4]], at)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: lstm: was built for inputs [1,5,3], got [1,5,4]]`,
    );
  });
});

describe('lstmCell', () => {
  const row = (values: number[], dtype: 'float32' | 'float64' = 'float64'): Tensor =>
    tensor([values], undefined, dtype);
  /** One step whose gates are the input's four features. */
  function step(gates: Tensor, h: Tensor, c: Tensor): readonly Tensor[] {
    const [kernel, recurrentKernel] = [eye(4, 4, 0, gates.dtype as 'float64'), zeros([1, 4], gates.dtype)].map(
      (value) => ({ value }),
    );
    const loop = lstmCell(1).start(gates, { kernel: kernel!, recurrentKernel: recurrentKernel! });
    return loop.step(loop.projected, [h, c], h);
  }

  test('has gates in the order i, f, c, o', () => {
    const [h, c] = step(row([1, 2, 3, 4]), row([0]), row([0.5]));
    const cell = sigmoid(2) * 0.5 + sigmoid(1) * Math.tanh(3);
    expectClose(c!, [cell]);
    expectClose(h!, [sigmoid(4) * Math.tanh(cell)]);
  });

  test('stays finite for gates far from zero', () => {
    const [h, c] = step(row([1e4, -1e4, 1e4, 1e4], 'float32'), row([0], 'float32'), row([7], 'float32'));
    expect([h!.item(), c!.item()]).toEqual([Math.fround(Math.tanh(1)), 1]);
  });
});
