// Steps of recurrent cells, and attention, in fractions: for L = ln 3, σ(L) = 3/4, σ(−L) = 1/4, tanh(L/2) = 1/2, tanh(L) = 4/5.
import { dotProductAttention } from '@chainrule/layers-attention';
import { gru, lstm, type RecurrentLayer, simpleRnn } from '@chainrule/layers-recurrent';
import { Generator, tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';

const L = Math.log(3);
const double = (values: readonly number[], shape: readonly number[]): Tensor =>
  tensor(Float64Array.from(values), shape, 'float64');

/** The outputs of a layer with weights in order, for a sequence of one feature, from initial states. */
function outputs(
  layer: RecurrentLayer,
  weights: readonly (readonly number[])[],
  x: readonly number[],
  states: readonly number[] = [],
): number[][] {
  layer.build([[1, x.length, 1]], { rng: new Generator(1), dtype: 'float64' });
  layer.variables().forEach(({ value }, i) => value.assign(double(weights[i]!, value.shape)));
  const inputs = [double(x, [1, x.length, 1]), ...states.map((state) => double([state], [1, 1]))];
  return layer
    .call(
      inputs.map((data) => ({ data })),
      { training: false, rng: new Generator(1) },
    )
    .map(({ data }) => [...data.data]);
}
const close = (actual: readonly number[], expected: readonly number[]): void => {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((v, i) => expect(actual[i], `element ${i}`).toBeCloseTo(v, 14));
};

// Elman 1990: h′ = tanh(x·K + h·R + b), with K = R = L and b = 0: tanh(L/2), then tanh(L/2 + L/2).
test('two steps of a simple RNN give 1/2 and 4/5', () => {
  const [h] = outputs(simpleRnn(1, { returnSequences: true }), [[L], [L], [0]], [1 / 2, 1 / 2]);
  close(h!, [1 / 2, 4 / 5]);
});

// Hochreiter and Schmidhuber 1997; Gers, Schmidhuber and Cummins 2000. x = 2 and h = −1, so that 2K − R + b is
// L for i, 0 for f, L/2 for the candidate and −L for o.
test('a step of an LSTM with the gates 3/4, 1/2, 1/4 and the candidate 1/2 gives h = 1/8', () => {
  const weights = [
    [L, L / 2, 0, 0],
    [L, L, -L, 0],
    [0, 0, -L / 2, -L],
  ];
  // c′ = f·c + i·g = (L − 3/4)/2 + 3/8 = L/2, and h′ = o·tanh(c′) = 1/4 · 1/2.
  const [output, h, c] = outputs(lstm(1, { returnState: true }), weights, [2], [-1, L - 3 / 4]);
  close(output!, [1 / 8]);
  close(h!, [1 / 8]);
  close(c!, [L / 2]);
});

describe('a step of a GRU with the gates z = 3/4, r = 1/4 and the candidate 1/2 gives (3/4)·(−1) + (1/4)·(1/2) = −5/8', () => {
  // Cho et al. 2014: the candidate is tanh(2K + (r·h)·R + b) = tanh(0 + (−1/4)·(−4L) − L/2).
  test('with the reset before the product', () => {
    const weights = [
      [L, 0, 0],
      [L, L, -4 * L],
      [0, 0, -L / 2],
    ];
    close(outputs(gru(1, { resetAfter: false }), weights, [2], [-1])[0]!, [-5 / 8]);
  });

  // As in cuDNN and Keras: the candidate is tanh(2K + b + r·(h·R + d)) = tanh(L/4 − L/4 + (4L − 2L)/4).
  test('with the reset after the product', () => {
    const weights = [
      [L, 0, L / 8],
      [2 * L, 0, -4 * L],
      [0, 0, -L / 4],
      [L, -L, -2 * L],
    ];
    close(outputs(gru(1), weights, [2], [-1])[0]!, [-5 / 8]);
  });
});

// Vaswani et al. 2017: softmax(q·kᵀ / √4)·v. The scores ±2L, divided by 2, give the weights 3/4 and 1/4.
describe('attention of two queries to two keys', () => {
  const query = double([2, 0, 0, 0, -2, 0, 0, 0], [2, 4]);
  const key = double([L, 0, 0, 0, 0, 0, 0, 0], [2, 4]);
  const value = double([4, 8], [2, 1]);

  test('gives 3/4·4 + 1/4·8 = 5 and 1/4·4 + 3/4·8 = 7', () => {
    close([...dotProductAttention(query, key, value).data], [5, 7]);
  });

  test('without the scale gives 9/10·4 + 1/10·8 = 4.4 and 7.6', () => {
    close([...dotProductAttention(query, key, value, { scale: false }).data], [4.4, 7.6]);
  });

  test('gives 4 to the first query if it sees only the first key', () => {
    close([...dotProductAttention(query, key, value, { causal: true }).data], [4, 7]);
  });
});
