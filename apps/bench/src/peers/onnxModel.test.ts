import { describe, expect, test } from 'vitest';
import { makeProblem } from '../problem.ts';
import type { Net } from '../workloads.ts';
import { onnxModel, transposed } from './onnxModel.ts';

const net: Net = {
  input: [4, 4, 1],
  layers: [
    { type: 'conv2d', filters: 2, kernelSize: 3, padding: 'same', activation: 'leakyRelu' },
    { type: 'maxPool2d', padding: 'same' },
    { type: 'flatten' },
    { type: 'dense', units: 3 },
  ],
  loss: 'softmax',
  optimizer: 'adam',
};

describe('onnxModel', () => {
  test('has the operations in order, and all the weights', () => {
    const problem = makeProblem(net, 1);
    const model = onnxModel(net, 1, problem);
    const text = new TextDecoder('latin1').decode(model);
    const found = [...text.matchAll(/Conv|LeakyRelu|MaxPool|Transpose|Flatten|Gemm|Identity/g)].map(([name]) => name);
    expect(found).toEqual(['Conv', 'LeakyRelu', 'MaxPool', 'Transpose', 'Flatten', 'Gemm', 'Identity']);
    expect(model.length).toBeGreaterThan(4 * problem.weights.reduce((n, { data }) => n + data.length, 0));
  });
});

describe('transposed', () => {
  test('puts axes into another order', () => {
    const { shape, data } = transposed({ shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }, [1, 0]);
    expect([shape, [...data]]).toEqual([
      [3, 2],
      [1, 4, 2, 5, 3, 6],
    ]);
  });

  test('undoes itself', () => {
    const { weights } = makeProblem(net, 1);
    expect(transposed(transposed(weights[0]!, [3, 2, 0, 1]), [2, 3, 1, 0])).toEqual(weights[0]);
  });
});
