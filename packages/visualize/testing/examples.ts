import { add, matmul, mean, sigmoid, square, Tensor, tensor } from '@chainrule/tensor';
import type { Figure } from '../src/figure.ts';
import { counted } from '../src/figures/counted.ts';
import { plotConfusionMatrix } from '../src/figures/plotConfusionMatrix.ts';
import { plotCalibration, plotPrecisionRecall, plotRoc } from '../src/figures/plotCurves.ts';
import { plotDecisionRegions } from '../src/figures/plotDecisionRegions.ts';
import { plotEmbedding } from '../src/figures/plotEmbedding.ts';
import { plotForecast } from '../src/figures/plotForecast.ts';
import { plotGradients } from '../src/figures/plotGradients.ts';
import { plotHeatMap } from '../src/figures/plotHeatMap.ts';
import { plotHistogram } from '../src/figures/plotHistogram.ts';
import { plotHistory } from '../src/figures/plotHistory.ts';
import { plotImages, plotMisclassified } from '../src/figures/plotImages.ts';
import { dataExamples } from './dataExamples.ts';
import { modelExamples } from './modelExamples.ts';
import { noise, range } from './noise.ts';

const history = range(12).map((epoch) => ({
  epoch,
  loss: 2 * Math.exp(-epoch / 3) + 0.05,
  accuracy: 0.98 - 0.8 * Math.exp(-epoch / 2),
  valLoss: 2 * Math.exp(-epoch / 3) + 0.1 + epoch * 0.02,
  valAccuracy: 0.95 - 0.8 * Math.exp(-epoch / 2),
}));
const fashion = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
];
const counts = range(10).map((i) =>
  range(10).map((j) => (i === j ? 950 - 13 * i : Math.max(0, Math.round(40 * noise(i * 10 + j))))),
);
/** Rings of different sizes. */
const rings = new Tensor(
  [30, 28, 28, 1],
  'uint8',
  Uint8Array.from({ length: 30 * 784 }, (_, k) => {
    const [i, y, x] = [Math.floor(k / 784), Math.floor((k % 784) / 28) - 14, (k % 28) - 14];
    return Math.max(0, 255 - 60 * Math.abs(Math.hypot(x, y) - 3 - (i % 10)));
  }),
);
const classes = range(30).map((i) => i % 10);
const wrong = classes.map((label, i) => (i % 4 === 0 ? (label + 3) % 10 : label));
const words =
  'king queen man woman prince princess boy girl father mother son daughter uncle aunt brother sister husband wife actor actress Paris France Berlin Germany Madrid Spain Rome Italy London England'.split(
    ' ',
  );

/** Figures of every kind, with names and numbers that are long, negative, many or missing. */
export const examples: Readonly<Record<string, Figure>> = {
  history: plotHistory(history),
  'several runs': plotHistory(
    { Adam: history, 'SGD with momentum': history.map((logs) => ({ ...logs, loss: logs.loss * 1.3 })) },
    { metrics: ['loss'] },
  ),
  'one epoch': plotHistory(history.slice(0, 1)),
  'confusion matrix': plotConfusionMatrix(counts),
  'normalized confusion matrix': plotConfusionMatrix(counts, { classes: fashion, normalize: 'true' }),
  'two classes': plotConfusionMatrix(
    [
      [120, 3],
      [7, 99],
    ],
    { classes: ['ham', 'spam'] },
  ),
  images: plotImages(rings, { labels: classes, predictions: wrong, classes: fashion, count: 24 }),
  misclassified: plotMisclassified(rings, wrong, classes, { count: 8 }),
  color: plotImages(
    new Tensor(
      [2, 32, 48, 3],
      'uint8',
      Uint8Array.from({ length: 2 * 32 * 48 * 3 }, (_, i) => (i * 7) % 256),
    ),
    { labels: [3, 4] },
  ),
  'heat map': plotHeatMap(tensor(range(12).map((i) => range(16).map((j) => noise(i * 16 + j)))), {
    title: 'weights',
    x: 'unit',
    y: 'input',
    scale: 'weight',
  }),
  correlations: plotHeatMap(
    [
      [1, -0.42, 0.1],
      [-0.42, 1, 0.03],
      [0.1, 0.03, 1],
    ],
    {
      title: 'correlation',
      columns: ['sepal length', 'sepal width', 'petal length'],
      rows: ['sepal length', 'sepal width', 'petal length'],
      annotate: true,
      x: 'feature',
      y: 'feature',
      scale: 'correlation',
    },
  ),
  'large heat map': plotHeatMap(
    range(100).map((i) => range(200).map((j) => Math.sin(i / 9) * Math.cos(j / 7))),
    { title: 'two waves' },
  ),
  alignment: {
    kind: 'cells',
    title: 'alignment of the cat sat on the mat',
    x: 'English',
    y: 'French',
    columns: ['<start>', 'the', 'extraordinarily', 'big', 'cat', 'sat', '<end>'],
    rows: ['le', 'gros', 'chat', 'assis', '<end>'],
    values: range(5).map((i) => range(7).map((j) => Math.exp(-((i - j + 1) ** 2)))),
    scale: 'weight',
  },
  forecast: plotForecast(
    range(48).map((i) => 200 + 5 * i + 40 * Math.sin(i / 2)),
    [
      {
        name: 'LSTM',
        values: range(24).map((i) => 430 + 5 * i + 40 * Math.sin((i + 48) / 2)),
        low: range(24).map((i) => 420 + 3 * i),
        high: range(24).map((i) => 470 + 9 * i),
      },
      { name: 'linear', values: range(24).map((i) => 440 + 5 * i) },
    ],
    { title: 'airline passengers', x: 'month', y: 'passengers in thousands' },
  ),
  'negative numbers': {
    kind: 'lines',
    title: 'return of the next day',
    x: 'day after those trained on',
    y: 'log return',
    series: [
      'truth',
      'linear',
      'LSTM',
      'price of the day before',
      'the more frequent direction of the first half',
      'another',
    ].map((name, k) =>
      counted(
        name,
        range(70).map((i) => -0.05 * Math.abs(noise(i + 100 * k))),
      ),
    ),
  },
  'large numbers': {
    kind: 'lines',
    title: 'counts',
    x: 'step',
    y: 'count',
    series: [
      counted(
        'a',
        range(100).map((i) => -1e6 * i),
      ),
    ],
  },
  'tiny numbers': {
    kind: 'lines',
    title: 'learning rate',
    x: 'step',
    y: 'learning rate',
    series: [
      counted(
        'rate',
        range(100).map((i) => 1e-6 * (i + 1)),
      ),
    ],
  },
  logarithmic: {
    kind: 'lines',
    title: 'size of gradients',
    x: 'step',
    y: 'norm',
    scale: 'log',
    series: [
      counted(
        'dense',
        range(60).map((i) => 10 ** -(i / 10)),
      ),
      counted(
        'dense_1',
        range(60).map((i) => (i === 30 ? 0 : 3 * 10 ** -(i / 12))),
      ),
    ],
  },
  gaps: { kind: 'lines', title: 'gaps', x: 'step', y: 'value', series: [counted('a', [1, 2, NaN, 4, Infinity, 6, 7])] },
  nothing: { kind: 'lines', title: 'nothing', x: 'step', y: 'value', series: [] },
  words: {
    kind: 'points',
    title: 'words by skip-gram',
    x: 'first principal component',
    y: 'second',
    points: words.map((name, i) => ({ name, x: noise(i) * 0.3, y: noise(i + 500) })),
  },
  groups: {
    kind: 'points',
    title: 'three classes',
    x: 'first feature',
    y: 'second feature',
    points: range(150).map((i) => ({
      group: ['setosa', 'versicolor', 'virginica'][i % 3]!,
      x: (i % 3) + noise(i),
      y: (i % 2) + noise(i + 99),
    })),
  },
  'one point': { kind: 'points', title: 'a point', x: 'x', y: 'y', points: [{ name: 'alone', x: 1, y: -1 }] },
  'roc curve': plotRoc({
    'logistic regression': {
      labels: range(60).map((i) => i % 2),
      scores: range(60).map((i) => (i % 2) * 0.4 + noise(i)),
    },
    'a deep network': { labels: range(60).map((i) => i % 2), scores: range(60).map((i) => (i % 2) * 0.8 + noise(i)) },
  }),
  'precision and recall': plotPrecisionRecall({
    labels: range(60).map((i) => i % 2),
    scores: range(60).map((i) => (i % 2) * 0.4 + noise(i)),
  }),
  calibration: plotCalibration({
    labels: range(60).map((i) => Number(noise(i) > 0)),
    scores: range(60).map((i) => Math.min(1, Math.max(0, 0.5 + noise(i)))),
  }),
  histogram: plotHistogram(
    range(500).map((i) => noise(i) + noise(i + 999)),
    { x: 'weight' },
  ),
  histograms: plotHistogram({
    'first layer': range(500).map(noise),
    'second layer': range(300).map((i) => noise(i) / 3 - 0.2),
  }),
  'decision regions': await plotDecisionRegions(
    (points) => {
      const data = points.data;
      return tensor(
        range(points.shape[0]).map((i) => Math.floor(Math.hypot(data[2 * i]!, data[2 * i + 1]!))),
        undefined,
        'int32',
      );
    },
    range(60).map((i) => [4 * noise(i), 4 * noise(i + 77)]),
    range(60).map((i) => Math.floor(Math.hypot(4 * noise(i), 4 * noise(i + 77)) + noise(i) / 2 + 0.2)),
  ),
  // A network with a long way around, like U-Net.
  'graph of a model': {
    kind: 'graph',
    title: 'a small network with shortcuts',
    groups: ['input', 'trainable', 'frozen'],
    nodes: [
      { title: 'image', lines: ['[?,128,128,3]'], group: 'input' },
      ...range(7).map((i) => ({
        title: `conv2dTranspose_${i}`,
        lines: ['[?,128,128,64]', `${i + 1},234,567 parameters`, '1,024 non-trainable'],
        group: i < 2 ? 'frozen' : 'trainable',
      })),
      { title: 'concatenate', lines: ['[?,128,128,448]'] },
      { title: 'globalAveragePool2d', lines: ['[?,448]'] },
    ],
    edges: [
      ...range(9).map((i) => ({ from: i, to: i + 1 })),
      ...range(7).map((i) => ({ from: i, to: 8, label: `output ${i}` })),
    ],
  },
  'graph to the right': {
    kind: 'graph',
    title: 'three steps',
    direction: 'right',
    nodes: [
      { title: 'x', lines: ['1'] },
      { title: 'square', lines: ['value 1', 'derivative 2'] },
      { title: 'mean of all elements' },
    ],
    edges: [
      { from: 0, to: 1, label: 'x' },
      { from: 0, to: 1, label: 'x again' },
      { from: 1, to: 2 },
    ],
  },
  'wide graph': {
    kind: 'graph',
    title: 'many inputs',
    nodes: [
      ...range(14).map((i) => ({ title: `feature number ${i}`, lines: ['[?,1]'], group: `kind ${i % 3}` })),
      { title: 'concatenate' },
    ],
    edges: range(14).map((from) => ({ from, to: 14, label: String(from) })),
  },
  gradients: plotGradients(
    ({ w, x, b }: Readonly<Record<'w' | 'x' | 'b', Tensor>>) => mean(square(sigmoid(add(matmul(x, w), b)))),
    { w: tensor([[0.5], [-0.25]]), x: tensor([[1, 2], [3, 4], [-5, 6]]), b: tensor([0.125]) }, // prettier-ignore
  ),
  'one box': { kind: 'graph', title: 'a box', nodes: [{ title: '' }], edges: [] },
  embedding: plotEmbedding(
    range(40).map((i) => [noise(i), i % 4, noise(i + 50)]),
    { names: range(40).map((i) => `word ${i}`), labels: range(40).map((i) => i % 4) },
  ),
  ...dataExamples,
  ...modelExamples,
};
