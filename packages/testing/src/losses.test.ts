import { checkGradients, grad } from '@chainrule/autograd';
import * as losses from '@chainrule/losses';
import { softmax, sub, tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';

const double = (values: number[][]): Tensor => tensor(values, undefined, 'float64');
const labels = tensor([2, 0], undefined, 'int32');
const cross = losses.sparseCategoricalCrossEntropy;

describe('the gradient of sparseCategoricalCrossEntropy', () => {
  const logits = double([[0.3, -1, 2], [1.5, 0, -0.7]]);

  test('is softmax − one-hot, over the batch', () => {
    const expected = sub(softmax(logits), double([[0, 0, 1], [1, 0, 0]])).data.map((v) => v / 2);
    grad((x: Tensor) => cross(x, labels))(logits).data.forEach((v, i) => expect(v).toBeCloseTo(expected[i]!, 14));
  });

  test('is exact for logits of ±1000', () => {
    const extreme = tensor([[1000, -1000, 0], [-1000, 1000, 0]]);
    expect(grad((x: Tensor) => cross(x, labels))(extreme).toArray()).toEqual([[0.5, 0, -0.5], [-0.5, 0.5, 0]]);
  });

  test('passes the float64 check, twice, for logits, probabilities and weights', () => {
    const sampleWeight = tensor([3, 0.5], undefined, 'float64');
    checkGradients((x) => cross(x, labels), [logits], { order: 2 });
    checkGradients((x) => cross(softmax(x), labels, { fromLogits: false }), [logits], { order: 2 });
    checkGradients((x, w) => cross(x, labels, { sampleWeight: w }), [logits, sampleWeight], { order: 2 });
    const classWeights = tensor([2, 1, 0.5], undefined, 'float64');
    checkGradients((x) => cross(x, labels, { classWeights, reduction: 'none' }), [logits], { order: 2 });
  });

  test('is 0 for what does not count', () => {
    const ignored = tensor([2, -1], undefined, 'int32');
    expect(grad((x: Tensor) => cross(x, ignored, { ignoreIndex: -1 }))(logits).toArray()[1]).toEqual([0, 0, 0]);
  });
});

describe('gradients of losses of pairs', () => {
  const rows = { predictions: double([[0.3, 0.2, 0.5], [0.6, 0.1, 0.3]]), targets: double([[0, 1, 0], [0.25, 0.25, 0.5]]) };
  const pairs = Object.entries(losses).filter(([name]) => name !== 'triplet' && name !== 'sparseCategoricalCrossEntropy');

  test.each(pairs)('%s passes the float64 check, twice', (_, loss) => {
    const of = loss as (p: Tensor, t: Tensor) => Tensor;
    expect(checkGradients((p) => of(p, rows.targets), [rows.predictions], { order: 2 }).compared).toBe(12);
  });

  test('cross-entropies of probabilities pass it too', () => {
    for (const loss of [losses.binaryCrossEntropy, losses.categoricalCrossEntropy, losses.binaryFocalCrossEntropy, losses.categoricalFocalCrossEntropy]) {
      checkGradients((p) => loss(p, rows.targets, { fromLogits: false }), [rows.predictions], { order: 2 });
    }
  });

  test('stay finite for logits of ±1000', () => {
    const [x, t] = [tensor([[1000, -1000], [-1000, 1000]]), tensor([[1, 0], [1, 0]])];
    for (const loss of [losses.binaryCrossEntropy, losses.categoricalCrossEntropy, losses.binaryFocalCrossEntropy, losses.categoricalFocalCrossEntropy]) {
      expect(grad((p: Tensor) => loss(p, t))(x).data.every(Number.isFinite)).toBe(true);
    }
  });
});
