import { rmsprop, sgd } from '@chainrule/optim';
import { add, div, mul, slice, square, sub, sum, type Tensor, tensor, zeros } from '@chainrule/tensor';
import type { Figure } from '../src/figure.ts';
import { descentPath } from '../src/figures/descentPath.ts';
import { plotClassBalance } from '../src/figures/plotClassBalance.ts';
import { plotDescent } from '../src/figures/plotDescent.ts';
import { plotTopLosses } from '../src/figures/plotImages.ts';
import { plotRegression, plotResiduals } from '../src/figures/plotRegression.ts';
import { plotScatterMatrix } from '../src/figures/plotScatterMatrix.ts';
import { plotTokens } from '../src/figures/plotTokens.ts';
import { plotWeightBars } from '../src/figures/plotWeightBars.ts';
import { noise, range } from './noise.ts';
import { trainingExamples } from './trainingExamples.ts';

/** x² / 20 + y², a ravine along x. */
const ravine = (point: Tensor): Tensor => sum(mul(square(point), tensor([0.05, 1])));
/** x² − y² + y⁴ / 4, with a saddle at 0. */
const saddle = (x: number, y: number): number => x * x - y * y + y ** 4 / 4;
const saddleOf = (point: Tensor): Tensor => {
  const [x, y] = [square(slice(point, [0], [1])), square(slice(point, [1], [1]))];
  return sum(add(sub(x, y), div(square(y), 4)));
};

const review =
  'This was, to my surprise, a genuinely wonderful film : the acting is superb , although the second half drags\n\nand supercalifragilisticexpialidocious songs get tedious .'.split(
    ' ',
  );

/** Figures of data: surfaces, categories and words. */
export const dataExamples: Readonly<Record<string, Figure>> = {
  ravine: plotDescent(
    (x, y) => 0.05 * x * x + y * y,
    {
      SGD: descentPath(ravine, [-9, 2], sgd({ learningRate: 0.95 }), { steps: 40 }),
      momentum: descentPath(ravine, [-9, 2], sgd({ learningRate: 0.4, momentum: 0.7 }), { steps: 40 }),
      RMSprop: descentPath(ravine, [-9, 2], rmsprop({ learningRate: 0.3 }), { steps: 40 }),
    },
    { levels: 'log', title: 'three optimizers in a ravine', x: 'w₁', y: 'w₂' },
  ),
  saddle: plotDescent(
    saddle,
    {
      SGD: descentPath(saddleOf, [1.8, 0.001], sgd({ learningRate: 0.05 }), { steps: 80 }),
      'a path that leaves': [[-1.9, 1], [-2.5, 1.5], [-1, 1.9], [NaN, 0], [0, 0]], // prettier-ignore
    },
    { bounds: { x: [-2, 2], y: [-2, 2] }, title: 'a saddle', resolution: 40 },
  ),
  plain: plotDescent(() => 3, {}, { title: 'a plane without paths', resolution: 2 }),
  'surface with gaps': {
    kind: 'surface',
    title: 'heights with gaps and wide numbers',
    x: 'a very long title of an axis that has no room below a small figure',
    y: 'a very long title of an axis that has no room beside a small figure',
    scale: 'mean squared error of all validation data',
    heights: {
      x: [0, 1e6],
      y: [-2e-5, -1e-5],
      values: range(12).map((r) => range(12).map((c) => (r === 3 && c < 4 ? NaN : 1e6 * (1 + noise(r * 12 + c))))),
    },
    paths: [
      { name: 'one point', points: [[5e5, -1.5e-5]] },
      { name: 'no point', points: [] },
    ],
  },
  'class balance': plotClassBalance(
    {
      train: range(300).map((i) => Math.floor(i / 40) % 7),
      validation: range(70).map((i) => i % 7),
      test: range(90).map((i) => (i * i) % 7),
    },
    {
      classes: ['joy', 'sadness', 'anger', 'fear', 'surprise and other unexpected emotions of any kind', 'disgust', ''],
    },
  ),
  'class shares': plotClassBalance([0, 0, 1], { normalize: true }),
  'weight bars': plotWeightBars(
    range(60).map((i) => `pixel ${i}`),
    range(60).map((i) => (i === 5 ? NaN : noise(i) * 1e-3)),
    { title: 'weights of a logistic regression' },
  ),
  'many categories': {
    kind: 'categories',
    title: 'many names',
    x: 'count',
    y: 'word',
    names: range(400).map((i) => `word ${i}`),
    bars: [{ name: 'a', values: range(400).map((i) => 400 - i) }],
  },
  'equal categories': { kind: 'categories', title: 'equal', x: 'x', y: 'y', names: ['a', 'a'], bars: [{ name: '', values: [0, 0] }] }, // prettier-ignore
  'no categories': { kind: 'categories', title: 'none', x: 'x', y: 'y', names: [], bars: [] },
  tokens: plotTokens(
    review,
    review.map((_, i) => 2 * noise(i)),
    { title: 'a review', scale: 'log odds of a positive review' },
  ),
  'few tokens': plotTokens(['a', '\n', ' b', ''], [0, NaN, 1, 0.5]),
  'no tokens': plotTokens([], []),
  grid: {
    kind: 'panels',
    title: 'a grid of seven',
    columns: 4,
    panels: range(7).map((k) => ({
      kind: 'points',
      title: k === 3 ? '' : `panel ${k}`,
      x: 'first',
      y: 'second',
      points: range(20).map((i) => ({ x: noise(i + k), y: noise(i * k) })),
    })),
  },
  regression: plotRegression(
    {
      targets: range(80).map((i) => 20 + 25 * noise(i)),
      predictions: range(80).map((i) => 20 + 22 * noise(i) + 6 * noise(i + 300)),
    },
    { unit: 'price in thousands of dollars' },
  ),
  residuals: plotResiduals({
    targets: range(80).map((i) => 20 + 25 * noise(i)),
    predictions: range(80).map((i) => (i === 7 ? NaN : 20 + 22 * noise(i) + 6 * noise(i + 300))),
  }),
  'no residuals': plotResiduals({ targets: [], predictions: [] }),
  'one prediction': plotRegression({ targets: [3], predictions: [3] }),
  'scatter matrix': plotScatterMatrix(
    range(90).map((i) => [i % 3, noise(i), (i % 3) + noise(i + 9), noise(i + 2) - (i % 2)]),
    {
      names: ['sepal length', 'sepal width', 'petal length in centimeters', 'w'],
      labels: range(90).map((i) => i % 3),
      classes: ['setosa', 'versicolor', 'virginica'],
    },
  ),
  'scatter matrix of one': plotScatterMatrix([[1], [2], [NaN]]),
  'top losses': plotTopLosses(zeros([6, 8, 8]), [0.5, 3.25, 1, 2e-5, 1e-7, 123], {
    labels: [0, 1, 2, 0, 1, 2],
    predictions: [0, 2, 1, 0, 1, 2],
    classes: ['T-shirt/top', 'ankle boot', 'bag'],
  }),
  ...trainingExamples,
};
