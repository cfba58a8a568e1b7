import { describe, expect, it } from 'vitest';
import { fileOf, golden, runOn } from '../testFolder.ts';
import { resolveRange } from './slice.ts';

/** One case of the wider vocabulary, with inputs and outputs as `[data, shape]` or `[data, shape, dtype]`. */
type Spelt = readonly [data: number[], shape: number[], dtype?: string];
const tensors = (list: Readonly<Record<string, Spelt>>): object =>
  Object.fromEntries(Object.entries(list).map(([name, spelt]) => [name, golden(...spelt)]));

async function expectPass(
  op: string,
  attrs: object,
  inputs: Record<string, Spelt>,
  outputs: Record<string, Spelt>,
): Promise<void> {
  const file = fileOf({ op, attrs, inputs: tensors(inputs), outputs: tensors(outputs), tolerance: 1e-5 });
  const { out, last } = await runOn({ 'a.json': file });
  expect(last, out).toBe('1 passed, 0 failed');
}

const x: Record<string, Spelt> = {
  x: [
    [1, 2, 3, 4, 5, 6],
    [2, 3],
  ],
};
const one = (...output: Spelt): Record<string, Spelt> => ({ output });

describe('the wider vocabulary', () => {
  it.each<[string, object, Record<string, Spelt>, Record<string, Spelt>]>([
    ['sum', { axis: [0, 1], keepDims: true }, x, one([21], [1, 1])],
    ['sumSquare', { axis: [1] }, x, one([14, 77], [2])],
    ['logSum', {}, x, one([Math.log(21)], [])],
    ['vectorNorm', { ord: 1, axis: [0] }, x, one([5, 7, 9], [3])],
    ['vectorNorm', { axis: [1] }, x, one([Math.sqrt(14), Math.sqrt(77)], [2])],
    ['argMax', { axis: 1, keepDims: true }, x, one([2, 2], [2, 1], 'int32')],
    ['cumsum', { axis: 1, exclusive: true }, x, one([0, 1, 3, 0, 4, 9], [2, 3])],
    ['cumsum', { axis: -1, reverse: true }, x, one([6, 5, 3, 15, 11, 6], [2, 3])],
    ['cumsum', { axis: 1, reverse: true, exclusive: true }, x, one([5, 3, 0, 11, 6, 0], [2, 3])],
    [
      'gemm',
      { alpha: 2, beta: 3, transposeB: true },
      {
        a: [
          [1, 2],
          [1, 2],
        ],
        b: [
          [3, 4],
          [1, 2],
        ],
        c: [[10], [1]],
      },
      one([52], [1, 1]),
    ],
    ['greater', {}, { a: [[1, 5], [2]], b: [[2], [1]] }, one([0, 1], [2], 'int32')],
    ['clip', { min: 2, max: 4 }, x, one([2, 2, 3, 4, 4, 4], [2, 3])],
    ['linear', { alpha: 2, beta: 1 }, x, one([3, 5, 7, 9, 11, 13], [2, 3])],
    ['leakyRelu', { alpha: 0.5 }, { x: [[-2, 2], [2]] }, one([-1, 2], [2])],
    [
      'conv2d',
      {
        padding: [
          [1, 0],
          [0, 1],
        ],
      },
      {
        x: [[3], [1, 1, 1, 1]],
        kernel: [
          [1, 2, 3, 4],
          [2, 2, 1, 1],
        ],
      },
      one([9], [1, 1, 1, 1]),
    ],
    [
      'conv2d',
      { groups: 2 },
      {
        x: [
          [3, 5],
          [1, 1, 1, 2],
        ],
        kernel: [
          [2, 10],
          [1, 1, 1, 2],
        ],
      },
      one([6, 50], [1, 1, 1, 2]),
    ],
    [
      'conv1d',
      { padding: [[1, 0]], dilations: [2] },
      {
        x: [
          [1, 2],
          [1, 2, 1],
        ],
        kernel: [
          [1, 10],
          [2, 1, 1],
        ],
      },
      one([20], [1, 1, 1]),
    ],
    [
      'maxPool',
      { poolSize: [2], strides: [1], padding: [[1, 0]] },
      {
        x: [
          [3, 1, 2],
          [1, 3, 1],
        ],
      },
      one([3, 3, 2], [1, 3, 1]),
    ],
    [
      'maxPool2d',
      { poolSize: [1, 2], strides: [1, 1], dilations: [1, 2] },
      {
        x: [
          [3, 1, 2],
          [1, 1, 3, 1],
        ],
      },
      one([3], [1, 1, 1, 1]),
    ],
    [
      'averagePool',
      { poolSize: [1, 2], strides: [1, 2], padding: 'same' },
      {
        x: [
          [3, 1, 2],
          [1, 1, 3, 1],
        ],
      },
      one([2, 2], [1, 1, 2, 1]),
    ],
    [
      'averagePool',
      { poolSize: [1, 2], strides: [1, 2], padding: 'same', countIncludePad: true },
      {
        x: [
          [3, 1, 2],
          [1, 1, 3, 1],
        ],
      },
      one([2, 1], [1, 1, 2, 1]),
    ],
    [
      'batchNormTraining',
      { momentum: 0.5, epsilon: 3 },
      {
        x: [
          [1, 3],
          [2, 1],
        ],
        gamma: [[2], [1]],
        beta: [[1], [1]],
        movingMean: [[4], [1]],
        movingVariance: [[3], [1]],
      },
      {
        output: [
          [0, 2],
          [2, 1],
        ],
        movingMean: [[3], [1]],
        movingVariance: [[2], [1]],
      },
    ],
    [
      'conv1d',
      { padding: 'causal' },
      {
        x: [
          [1, 2],
          [1, 2, 1],
        ],
        kernel: [
          [10, 1],
          [2, 1, 1],
        ],
      },
      one([1, 12], [1, 2, 1]),
    ],
    [
      'conv1dTranspose',
      { strides: [2] },
      {
        x: [
          [1, 2],
          [1, 2, 1],
        ],
        kernel: [
          [1, 10],
          [2, 1, 1],
        ],
      },
      one([1, 10, 2, 20], [1, 4, 1]),
    ],
    [
      'conv2dTranspose',
      { strides: [1, 2], padding: 'same', outputPadding: [0, 1] },
      {
        x: [
          [1, 2],
          [1, 1, 2, 1],
        ],
        kernel: [
          [1, 10, 100],
          [1, 3, 1, 1],
        ],
        bias: [[5], [1]],
      },
      one([6, 15, 107, 25], [1, 1, 4, 1]),
    ],
    [
      'conv2dTranspose',
      { groups: 2 },
      {
        x: [
          [1, 2],
          [1, 1, 1, 2],
        ],
        kernel: [
          [3, 5],
          [1, 1, 1, 2],
        ],
      },
      one([3, 10], [1, 1, 1, 2]),
    ],
    [
      'upSampling2d',
      { size: [1, 2], interpolation: 'bilinear' },
      {
        x: [
          [0, 4],
          [1, 1, 2, 1],
        ],
      },
      one([0, 1, 3, 4], [1, 1, 4, 1]),
    ],
    [
      'layerNorm',
      { axis: [0, 1], epsilon: 0 },
      {
        x: [
          [1, 3, 1, 3],
          [2, 2],
        ],
        gamma: [
          [1, 2, 3, 4],
          [2, 2],
        ],
        beta: [
          [0, 0, 0, 1],
          [2, 2],
        ],
      },
      one([-1, 2, -3, 5], [2, 2]),
    ],
    [
      'rmsNorm',
      { axis: [1], epsilon: 0 },
      {
        x: [
          [2, -2, 3, 3],
          [2, 2],
        ],
        gamma: [[1, 5], [2]],
      },
      one([1, -5, 1, 5], [2, 2]),
    ],
    [
      'groupNorm',
      { groups: 2, epsilon: 0 },
      {
        x: [
          [1, 3, 10, 30],
          [1, 4],
        ],
        gamma: [[1, 1, 1, 2], [4]],
        beta: [[0, 1, 0, 0], [4]],
      },
      one([-1, 2, -1, 2], [1, 4]),
    ],
    [
      'instanceNorm',
      { epsilon: 0 },
      {
        x: [
          [1, 10, 3, 30],
          [1, 2, 2],
        ],
        gamma: [[1, 2], [2]],
        beta: [[0, 1], [2]],
      },
      one([-1, -1, 1, 3], [1, 2, 2]),
    ],
    [
      'sparseCategoricalCrossEntropy',
      { reduction: 'none', ignoreIndex: 1 },
      {
        logits: [
          [0, 0, 9, 9],
          [2, 2],
        ],
        labels: [[0, 1], [2], 'int32'],
      },
      one([Math.LN2, 0], [2]),
    ],
    [
      'sparseCategoricalCrossEntropy',
      { ignoreIndex: -1 },
      {
        logits: [
          [0, 0, 9, 0],
          [2, 2],
        ],
        labels: [[0, -1], [2], 'int32'],
      },
      one([Math.LN2], []),
    ],
    [
      'sparseCategoricalCrossEntropy',
      { reduction: 'sum' },
      {
        logits: [
          [0, 0, 0, 0],
          [2, 2],
        ],
        labels: [[0, 1], [2], 'int32'],
        classWeights: [[1, 3], [2]],
      },
      one([4 * Math.LN2], []),
    ],
    [
      'adam',
      { learningRate: 1, beta1: 0.5, beta2: 0.5, epsilon: 0, step: 2, l2: 1 },
      { parameter: [[1], [1]], gradient1: [[1], [1]], m0: [[1], [1]], v0: [[2], [1]] },
      { step1: [[1 - 2 / 2], [1]], m1: [[1.5], [1]], v1: [[3], [1]] },
    ],
    [
      'split',
      { axis: -1, sizes: [1, 2] },
      x,
      {
        output1: [
          [1, 4],
          [2, 1],
        ],
        output2: [
          [2, 3, 5, 6],
          [2, 2],
        ],
      },
    ],
    ['concat', {}, { a: [[1], [1]], b: [[2], [1]], c: [[3], [1]] }, one([1, 2, 3], [3])],
    ['slice', { begin: [-1, 4], end: [-9, 0], strides: [-1, -2] }, x, one([6, 3], [2, 1])],
    ['slice', { begin: [0, -2], end: [1] }, x, one([2, 3], [1, 2])],
    [
      'squeeze',
      { axis: [0, 2] },
      {
        x: [
          [1, 2],
          [1, 2, 1],
        ],
      },
      one([1, 2], [2]),
    ],
    ['expandDims', { axis: [0, 2] }, { x: [[1, 2], [2]] }, one([1, 2], [1, 2, 1])],
    ['tile', { reps: [2, 2] }, { x: [[1, 2], [2]] }, one([1, 2, 1, 2, 1, 2, 1, 2], [2, 4])],
    [
      'oneHot',
      { depth: 2, axis: 0, onValue: 5, offValue: 1 },
      { indices: [[1, 0], [2], 'int32'] },
      one([1, 5, 5, 1], [2, 2]),
    ],
    ['oneHot', { depth: 2 }, { indices: [[1], [1], 'int32'] }, one([0, 1], [1, 2], 'int32')],
    [
      'topK',
      { k: 2, axis: 1 },
      x,
      {
        values: [
          [3, 2, 6, 5],
          [2, 2],
        ],
        indices: [[2, 1, 2, 1], [2, 2], 'int32'],
      },
    ],
    ['takeAlongAxis', { axis: 1 }, { ...x, indices: [[-1, 0], [2, 1], 'int32'] }, one([3, 4], [2, 1])],
    ['flip', { axis: [0] }, x, one([4, 5, 6, 1, 2, 3], [2, 3])],
    ['reshape', { shape: [3, -1] }, x, one([1, 2, 3, 4, 5, 6], [3, 2])],
    ['broadcastTo', { shape: [2, 2] }, { x: [[1, 2], [2]] }, one([1, 2, 1, 2], [2, 2])],
  ])('has %s %j', expectPass);
});

describe('resolveRange', () => {
  it('names the positions that NumPy does', () => {
    const positions = (n: number, begin?: number, end?: number, stride = 1): number[] => {
      const { first, count } = resolveRange(n, begin, end, stride);
      return Array.from({ length: count }, (_, i) => first + i * stride);
    };
    expect(positions(5)).toEqual([0, 1, 2, 3, 4]);
    expect(positions(5, -2)).toEqual([3, 4]);
    expect(positions(5, 1, -1, 2)).toEqual([1, 3]);
    expect(positions(5, undefined, undefined, -2)).toEqual([4, 2, 0]);
    expect(positions(5, 9, -9, -3)).toEqual([4, 1]);
    expect(positions(5, 3, 1)).toEqual([]);
    expect(positions(5, 7, 9)).toEqual([]);
  });
});
