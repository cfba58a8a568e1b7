// Back-propagation through small graphs, by hand.
import { grad, valueAndGrad } from '@chainrule/autograd';
import { fromValues } from '@chainrule/layers-core';
import { dense } from '@chainrule/layers-dense';
import { applyUpdates, sgd } from '@chainrule/optim';
import { add, Generator, maximum, mul, sigmoid, square, sub, sum, tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';

const double = (values: number | number[] | number[][]): Tensor => tensor(values as number[], undefined, 'float64');
const at = { rng: new Generator(1), dtype: 'float64' } as const;
const inference = { training: false, rng: new Generator(1) };
const close = (actual: ArrayLike<number>, expected: readonly number[], digits: number): void => {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((v, i) => expect(actual[i], `element ${i}`).toBeCloseTo(v, digits));
};

// Mazur 2015, "A Step by Step Backpropagation Example". It gives about nine digits, of which the last may be rounded twice.
describe('Mazur’s network of 2-2-2 sigmoid units', () => {
  /** The network; column j of a kernel has the weights of unit j. */
  function network() {
    const unit = (kernel: number[][], bias: number) =>
      dense(2, {
        activation: sigmoid,
        kernelInitializer: fromValues(double(kernel)),
        biasInitializer: fromValues(double([bias, bias])),
      });
    const [w1, w2, w3, w4] = [0.15, 0.2, 0.25, 0.3];
    const [w5, w6, w7, w8] = [0.4, 0.45, 0.5, 0.55];
    const layers = [
      unit(
        [
          [w1, w3],
          [w2, w4],
        ],
        0.35,
      ),
      unit(
        [
          [w5, w7],
          [w6, w8],
        ],
        0.6,
      ),
    ];
    for (const layer of layers) layer.build([[1, 2]], at);
    const activations = (): Tensor[] => {
      let x = double([[0.05, 0.1]]);
      return layers.map((layer) => (x = layer.call([{ data: x }], inference)[0]!.data));
    };
    const kernels = layers.map((layer) => layer.variables().find(({ name }) => name === 'kernel')!.value);
    const error = (): Tensor => mul(sum(square(sub(double([[0.01, 0.99]]), activations()[1]!))), 0.5);
    return { activations, kernels, error };
  }

  test('has the activations 0.593269992, 0.596884378 and 0.75136507, 0.772928465', () => {
    const [hidden, output] = network().activations();
    close(hidden!.data, [0.593269992, 0.596884378], 8);
    close(output!.data, [0.75136507, 0.772928465], 8);
  });

  test('has the error 0.298371109, with the gradients 0.082167041 for w5 and 0.000438568 for w1', () => {
    const { kernels, error } = network();
    const [value, gradients] = valueAndGrad(error as (w: typeof kernels) => Tensor)(kernels);
    expect(value.item()).toBeCloseTo(0.298371109, 8);
    expect(gradients[1]!.data[0]).toBeCloseTo(0.082167041, 8);
    expect(gradients[0]!.data[0]).toBeCloseTo(0.000438568, 8);
  });

  test('has the stated weights, and the error 0.291028, after a step of 0.5 without the biases', () => {
    const { kernels, error } = network();
    const optimizer = sgd({ learningRate: 0.5 });
    const state = optimizer.init(kernels);
    const gradients = grad(error as (w: typeof kernels) => Tensor)(kernels);
    applyUpdates(kernels, optimizer.update(gradients, state, kernels));
    // The rows are w1, w3; w2, w4, and w5, w7; w6, w8.
    close(kernels[0]!.value.data, [0.149780716, 0.24975114, 0.19956143, 0.29950229], 8);
    close(kernels[1]!.value.data, [0.35891648, 0.51130127, 0.408666186, 0.561370121], 8);
    // The article states 0.291027924; its own weights give 0.291027774 in plain arithmetic.
    expect(error().item()).toBeCloseTo(0.291027924, 6);
    expect(error().item()).toBeCloseTo(0.291027774, 8);
  });
});

// CS231n, "Backpropagation, Intuitions".
describe('the graphs of CS231n', () => {
  const slopes = (fn: (...inputs: Tensor[]) => Tensor, inputs: readonly number[]): number[] => {
    const [value, gradients] = valueAndGrad((all: Tensor[]) => fn(...all))(inputs.map(double));
    return [value.item(), ...gradients.map((g) => g.item())];
  };

  test('(x + y)·z at −2, 5, −4 is −12, with the gradients −4, −4, 3', () => {
    expect(slopes((x, y, z) => mul(add(x, y), z), [-2, 5, -4])).toEqual([-12, -4, -4, 3]);
  });

  test('2·(x·y + max(z, w)) at 3, −4, 2, −1 is −20, with the gradients −8, 6, 2, 0', () => {
    expect(slopes((x, y, z, w) => mul(add(mul(x, y), maximum(z, w)), 2), [3, -4, 2, -1])).toEqual([-20, -8, 6, 2, 0]);
  });

  test('a sigmoid neuron with w = 2, −3, −3 at x = −1, −2 gives 0.73', () => {
    const [w, x] = [double([2, -3, -3]), double([-1, -2, 1])];
    const neuron = ([weights, inputs]: Tensor[]): Tensor => sigmoid(sum(mul(weights!, inputs!)));
    const [value, [dw, dx]] = valueAndGrad(neuron)([w, x]);
    // w·x = −2 + 6 − 3 = 1, so that y = σ(1), and dy/d(w·x) = y·(1 − y).
    const y = 1 / (1 + Math.exp(-1));
    const slope = y * (1 - y);
    expect(value.item()).toBeCloseTo(y, 14);
    close(dw!.data, [-slope, -2 * slope, slope], 14);
    close([...dx!.data].slice(0, 2), [2 * slope, -3 * slope], 14);
    // The notes state two digits.
    close([value.item(), ...dw!.data, ...[...dx!.data].slice(0, 2)], [0.73, -0.2, -0.39, 0.2, 0.39, -0.59], 2);
  });
});
