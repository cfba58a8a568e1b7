// Softmax and losses of a few scores, by hand and from the published notes.
import { grad } from '@chainrule/autograd';
import {
  binaryCrossEntropy,
  hinge,
  huber,
  meanAbsoluteError,
  meanSquaredError,
  sparseCategoricalCrossEntropy,
  squaredHinge,
} from '@chainrule/losses';
import { softmax, tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';

const double = (rows: number[][]): Tensor => tensor(rows, undefined, 'float64');
const label = (k: number): Tensor => tensor([k], undefined, 'int32');
const close = (actual: ArrayLike<number>, expected: readonly number[], digits: number): void => {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((v, i) => expect(actual[i], `element ${i}`).toBeCloseTo(v, digits));
};

// CS231n, lecture 3 and "Linear Classification".
describe('the softmax classifier of CS231n', () => {
  test('gives 0.13, 0.87, 0.00 for the scores 3.2, 5.1, −1.7, and the loss 2.04 for the cat', () => {
    const scores = double([[3.2, 5.1, -1.7]]);
    close(softmax(scores).data, [0.13, 0.87, 0], 2);
    expect(sparseCategoricalCrossEntropy(scores, label(0)).item()).toBeCloseTo(2.04, 2);
    const [cat, car, frog] = [Math.exp(3.2), Math.exp(5.1), Math.exp(-1.7)];
    expect(sparseCategoricalCrossEntropy(scores, label(0)).item()).toBeCloseTo(-Math.log(cat / (cat + car + frog)), 13);
  });

  test('gives 0.02, 0.63, 0.35 for the scores −2.85, 0.86, 0.28, and the loss 1.04 for the third class', () => {
    const scores = double([[-2.85, 0.86, 0.28]]);
    // The notes state 0.016, 0.631, 0.353; the first is 0.0154 before the exponentials are rounded.
    close(softmax(scores).data, [0.016, 0.631, 0.353], 2);
    expect(sparseCategoricalCrossEntropy(scores, label(2)).item()).toBeCloseTo(1.04, 2);
  });

  test('is less certain for smaller scores: 0.71, 0.04, 0.26 for 1, −2, 0, but 0.55, 0.12, 0.33 for half of them', () => {
    // The notes shorten 0.705 to 0.7.
    close(softmax(double([[1, -2, 0]])).data, [0.71, 0.04, 0.26], 2);
    close(softmax(double([[0.5, -1, 0]])).data, [0.55, 0.12, 0.33], 2);
  });

  test('stays finite for the scores 123, 456, 789', () => {
    close(softmax(double([[123, 456, 789]])).data, [0, 0, 1], 15);
  });

  // softmax − one-hot; e^{ln n} = n makes the shares 1/6, 2/6, 3/6.
  test('has the gradient 1/6, 2/6 − 1, 3/6 for the scores ln 1, ln 2, ln 3 and the second class', () => {
    const scores = double([[0, Math.log(2), Math.log(3)]]);
    close(grad((x: Tensor) => sparseCategoricalCrossEntropy(x, label(1)))(scores).data, [1 / 6, -2 / 3, 1 / 2], 14);
  });

  test('starts with the loss ln 10 = 2.302 for 10 equal scores', () => {
    expect(sparseCategoricalCrossEntropy(double([Array<number>(10).fill(0)]), label(7)).item()).toBeCloseTo(2.3026, 4);
  });
});

// The documentation of Keras: the examples of `BinaryCrossentropy`, `Hinge` and `SquaredHinge`.
describe('the losses of two samples', () => {
  const predictions = double([
    [0.6, 0.4],
    [0.4, 0.6],
  ]);
  const targets = double([
    [0, 1],
    [0, 0],
  ]);
  const signs = double([
    [-1, 1],
    [-1, -1],
  ]);

  test('by binary cross-entropy are 0.916 and 0.714, 0.815 on average', () => {
    const probabilities = { fromLogits: false } as const;
    const each = binaryCrossEntropy(predictions, targets, { ...probabilities, reduction: 'none' });
    close(each.data, [0.916, 0.714], 3);
    close(each.data, [-Math.log(0.4), -(Math.log(0.6) + Math.log(0.4)) / 2], 14);
    expect(binaryCrossEntropy(predictions, targets, probabilities).item()).toBeCloseTo(0.815, 3);
  });

  test('by binary cross-entropy of the logits −18.6, 0.51, 2.94, −12.8 are 0.865', () => {
    const logits = double([[-18.6, 0.51, 2.94, -12.8]]);
    expect(binaryCrossEntropy(logits, double([[0, 1, 0, 0]])).item()).toBeCloseTo(0.865, 3);
  });

  test('by the hinge are (1.6 + 0.6)/2 = 1.1 and (1.4 + 1.6)/2 = 1.5, 1.3 on average', () => {
    close(hinge(predictions, signs, { reduction: 'none' }).data, [1.1, 1.5], 14);
    expect(hinge(predictions, signs).item()).toBeCloseTo(1.3, 14);
  });

  test('by the squared hinge are (2.56 + 0.36)/2 = 1.46 and (1.96 + 2.56)/2 = 2.26, 1.86 on average', () => {
    close(squaredHinge(predictions, signs, { reduction: 'none' }).data, [1.46, 2.26], 14);
    expect(squaredHinge(predictions, signs).item()).toBeCloseTo(1.86, 14);
  });
});

// By the definitions; Huber 1964 with δ = 1: ½e² up to 1, |e| − ½ beyond.
test('the errors 0, ½, −3 have the mean square 37/12, the mean size 7/6, and the Huber loss 7/8', () => {
  const [predictions, targets] = [double([[1, 2.5, 0]]), double([[1, 2, 3]])];
  expect(meanSquaredError(predictions, targets).item()).toBeCloseTo(37 / 12, 14);
  expect(meanAbsoluteError(predictions, targets).item()).toBeCloseTo(7 / 6, 14);
  expect(huber(predictions, targets).item()).toBeCloseTo(7 / 8, 14);
});
