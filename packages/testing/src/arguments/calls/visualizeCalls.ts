import { conv2d } from '@chainrule/layers-conv';
import { dense, flatten } from '@chainrule/layers-dense';
import { gru } from '@chainrule/layers-recurrent';
import { meanSquaredError } from '@chainrule/losses';
import { input, sequential } from '@chainrule/model';
import { constantSchedule, sgd } from '@chainrule/optim';
import { ones, square, sum, type Tensor, zeros } from '@chainrule/tensor';
import type { Figure } from '@chainrule/visualize';
import type { Table } from './table.ts';

const figure = (): Figure => ({
  kind: 'lines',
  title: 'loss',
  x: 'epoch',
  y: 'loss',
  series: [{ name: 'loss', points: [[1, 2], [2, 1]] }], // prettier-ignore
});
const sharp = () => ({ png: () => ({ toBuffer: () => Promise.resolve(Uint8Array.of(1)) }) });
const net = () => sequential(input([4, 4, 1]), conv2d({ filters: 2, kernelSize: 3 }), flatten(), dense(2)).build();
const sequence = () => {
  const layer = gru(2);
  sequential(input([3, 2]), layer).build();
  return layer;
};
const common = { title: 'a title', x: 'x', y: 'y' };

const records = () => {
  const all = { a: { quantiles: [0, 1, 2, 3, 4], norm: 5 } };
  return [{ step: 1, weights: all, gradients: all, activations: all }];
};

export const visualizeCalls: Table = {
  counted: () => ['loss', [2, 1]],
  plotActivations: () => [net(), zeros([4, 4, 1]), { layers: ['conv2d'], count: 2, title: 'a title' }],
  plotAttention: () => [[[0.5, 0.5]], { queries: ['a'], keys: ['b', 'c'], title: 'a title' }],
  descentPath: () => [(point: Tensor) => sum(square(point)), [1, 2], sgd(), { steps: 2 }],
  plotClassBalance: () => [[0, 1, 1], { classes: ['a', 'b'], normalize: true, title: 'a title' }],
  plotDescent: () => [
    (u: number, v: number) => u * v,
    {
      a: [
        [1, 2],
        [3, 4],
      ],
    },
    { ...common, bounds: { x: [0, 1], y: [0, 1] }, levels: 'log', resolution: 3, scale: 'loss' },
  ],
  plotTokens: () => [['a', 'b'], [1, -1], { title: 'a title', scale: 'weight' }],
  plotWeightBars: () => [['a', 'b'], [1, -1], { ...common, count: 1 }],
  plotDecisionRegions: () => [
    (points: Tensor) => zeros([points.shape[0], 2]),
    [
      [1, 2],
      [3, 4],
    ],
    [0, 1],
    { ...common, classes: ['a', 'b'], resolution: 3 },
  ],
  plotEmbedding: () => [
    [
      [1, 2],
      [3, 4],
    ],
    { method: 'pca', names: ['a', 'b'], labels: [0, 1], classes: ['c', 'd'], title: 'a title' },
  ],
  plotCalibration: () => [
    { labels: [0, 1], scores: [0.2, 0.7] },
    { title: 'a title', bins: 2, strategy: 'quantile' },
  ],
  plotFilters: () => [zeros([2, 2, 1, 3]), { channel: 0, count: 2, title: 'a title' }],
  plotGates: () => [sequence(), ones([3, 2]), { title: 'a title' }],
  plotGradCam: () => [net(), zeros([1, 4, 4, 1]), { layer: 'conv2d', class: 1, title: 'a title' }],
  plotGradients: () => [(x: Tensor) => sum(x), ones([2]), { direction: 'right', title: 'a title' }],
  plotHistogram: () => [[1, 2, 3], { bins: 3, title: 'a title', x: 'weight' }],
  plotModel: () => [net(), { nested: true, direction: 'right', title: 'a title' }],
  plotMaximized: () => [
    net(),
    { layer: 'conv2d', units: [1], steps: 2, l2: 0.5, blur: 1, scale: 2, seed: 1, title: 'a title' },
  ],
  plotOcclusion: () => [net(), zeros([1, 4, 4, 1]), { class: 1, size: 2, stride: 1, fill: 0.5, title: 'a title' }],
  plotReconstructions: () => [
    sequential(input([4, 4, 1]), conv2d({ filters: 1, kernelSize: 1 })).build(),
    zeros([2, 4, 4, 1]),
    { count: 1, title: 'a title' },
  ],
  plotPrecisionRecall: () => [{ labels: [0, 1], scores: [0.2, 0.7] }, { title: 'a title' }],
  plotRoc: () => [{ labels: [0, 1], scores: [0.2, 0.7] }, { title: 'a title' }],
  plotSaliency: () => [net(), zeros([1, 4, 4, 1]), { class: 1, title: 'a title' }],
  plotWeights: () => [net(), { bins: 3, title: 'a title' }],
  plotConfusionMatrix: () => [
    { predictions: [0, 1, 1], labels: [0, 1, 0] },
    { classes: ['a', 'b'], normalize: 'true', title: 'a title' },
  ],
  plotForecast: () => [[1, 2], [{ name: 'a', values: [3], start: 2, low: [2], high: [4] }], { ...common, start: 0 }],
  plotHeatMap: () => [
    [
      [1, 2],
      [3, 4],
    ],
    { ...common, columns: ['a', 'b'], rows: ['c', 'd'], scale: 'value', annotate: true },
  ],
  plotHistory: () => [[{ epoch: 0, loss: 1, valLoss: 2 }], { metrics: ['loss'], title: 'a title' }],
  plotImages: () => [
    zeros([2, 3, 3]),
    { labels: [0, 1], predictions: [0, 0], classes: ['a', 'b'], count: 2, title: 'a title' },
  ],
  plotMisclassified: () => [
    zeros([2, 3, 3]),
    [0, 0],
    [0, 1],
    { classes: ['a', 'b'], count: 2, title: 'a title', label: 1, prediction: 0 },
  ],
  plotRegression: () => [
    { predictions: [1, 2], targets: [1, 3] },
    { title: 'a title', unit: 'meters' },
  ],
  plotResiduals: () => [
    { predictions: [1, 2], targets: [1, 3] },
    { title: 'a title', unit: 'meters' },
  ],
  plotScatterMatrix: () => [
    [
      [1, 2],
      [3, 4],
    ],
    { names: ['a', 'b'], labels: [0, 1], classes: ['c', 'd'], title: 'a title' },
  ],
  plotTopLosses: () => [
    zeros([2, 3, 3]),
    [1, 2],
    { labels: [0, 1], predictions: [0, 0], classes: ['a', 'b'], count: 2, title: 'a title' },
  ],
  tsne: () => [
    [
      [1, 2],
      [3, 4],
      [5, 7],
      [8, 8],
    ],
    { perplexity: 1, iterations: 2, learningRate: 1, start: 'random', seed: 1, onProgress: () => {} },
  ],
  plotGradientSizes: () => [records(), { title: 'a title' }],
  plotHistogramsOverTime: () => [records(), { of: 'gradients', title: 'a title' }],
  plotLearningRate: () => [constantSchedule(0.5), { steps: 3, title: 'a title' }],
  plotParallelCoordinates: () => [
    [
      { name: 'rate', values: [0.1, 0.2] },
      { name: 'score', values: [1, 2] },
    ],
    { best: 'least', title: 'a title' },
  ],
  plotRangeTest: () => [[{ learningRate: 0.1, loss: 1 }], { title: 'a title' }],
  recordTraining: () => [{ x: zeros([1, 1]), y: zeros([1, 1]), loss: meanSquaredError }, { every: 2 }],
  toElement: () => [figure(), { theme: 'dark', width: 300 }],
  toPng: () => [figure(), { sharp, theme: 'dark', width: 300, scale: 1 }],
  toSvg: () => [figure(), { theme: 'dark', width: 300 }],
  toText: () => [figure(), { columns: 60, color: true }],
};
