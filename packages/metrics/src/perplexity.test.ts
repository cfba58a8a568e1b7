import { tensor, type Tensor } from '@chainrule/tensor';
import { expect, test } from 'vitest';
import { perplexity } from './index.ts';

const labels = (values: number[] | number[][]): Tensor => tensor(values as number[], undefined, 'int32');

test('perplexity is one over the geometric mean of the labels’ probabilities, over all batches', () => {
  const measure = perplexity({ fromLogits: false });
  measure.update(
    tensor([
      [0.5, 0.5],
      [0.125, 0.875],
    ]),
    labels([0, 0]),
  );
  measure.update(tensor([[0.25, 0.75]]), labels([0]));
  expect(measure.result()).toBeCloseTo((2 * 8 * 4) ** (1 / 3), 6);
});

test('perplexity of a uniform prediction is the number of classes, even from logits', () => {
  const measure = perplexity();
  measure.update(
    tensor([
      [
        [7, 7, 7],
        [0, 0, 0],
      ],
    ]),
    labels([[0, 2]]),
  );
  expect(measure.result()).toBeCloseTo(3, 6);
  measure.reset();
  measure.update(tensor([[Math.log(3), 0]]), labels([1]));
  expect(measure.result()).toBeCloseTo(4, 6);
});

test('perplexity ignores positions of weight 0, whatever their labels', () => {
  const measure = perplexity({ fromLogits: false });
  measure.update(
    tensor([
      [
        [0.5, 0.5],
        [0, 1],
        [0.1, 0.9],
      ],
    ]),
    labels([[1, 0, -1]]),
    tensor([[1, 0, 0]]),
  );
  expect(measure.result()).toBeCloseTo(2, 6);
  measure.update(tensor([[0.5, 0.5]]), labels([2]));
  expect(measure.result()).toBe(Infinity);
});

test('perplexity throws for labels that do not fit', () => {
  expect(() => perplexity().update(tensor([[0.5, 0.5]]), tensor([1]))).toThrowErrorMatchingInlineSnapshot(
    `[DTypeError: perplexity: \`labels\` must be int32, got float32; convert them with \`cast\`]`,
  );
});
