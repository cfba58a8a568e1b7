import { Tensor, tensor, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { plotConfusionMatrix } from './plotConfusionMatrix.ts';
import { plotCalibration, plotPrecisionRecall, plotRoc } from './plotCurves.ts';
import { plotFilters } from './plotFilters.ts';
import { plotForecast } from './plotForecast.ts';
import { plotHeatMap } from './plotHeatMap.ts';
import { plotHistogram } from './plotHistogram.ts';
import { plotHistory } from './plotHistory.ts';
import { plotImages, plotMisclassified } from './plotImages.ts';

describe('plotConfusionMatrix', () => {
  test('counts predictions for labels, of numbers, tensors and scores', () => {
    const labels = tensor([0, 1, 1, 2], [4], 'int32');
    const scores = tensor([[3, 1, 2], [0, 2, 1], [5, 1, 1], [0, 0, 1]]); // prettier-ignore
    const expected = [[1, 0, 0], [1, 1, 0], [0, 0, 1]]; // prettier-ignore
    for (const predictions of [[0, 1, 0, 2], Int32Array.of(0, 1, 0, 2), scores])
      expect(plotConfusionMatrix({ predictions, labels }).values).toEqual(expected);
    expect(plotConfusionMatrix({ matrix: () => expected }).values).toEqual(expected);
    expect(plotConfusionMatrix(tensor(expected)).values).toEqual(expected);
  });

  test('normalizes by label, by prediction or by all, and leaves classes that do not occur at 0', () => {
    const counts = [[3, 1, 0], [2, 2, 0], [0, 0, 0]]; // prettier-ignore
    const values = (normalize: 'true' | 'predicted' | 'all') => plotConfusionMatrix(counts, { normalize }).values;
    expect(values('true')).toEqual([[0.75, 0.25, 0], [0.5, 0.5, 0], [0, 0, 0]]); // prettier-ignore
    expect(values('predicted')[0]).toEqual([0.6, 1 / 3, 0]);
    expect(
      values('all')
        .flat()
        .reduce((a, b) => a + b),
    ).toBe(1);
  });

  test('describes what is right and what is confused most', () => {
    const { description, labels } = plotConfusionMatrix([[3, 1], [0, 2]], { classes: ['ham', 'spam'] }); // prettier-ignore
    expect(description).toBe(
      'Confusion matrix of 2 classes; 5 of 6 predictions are right. ham is taken for spam most often, 1 times.',
    );
    expect(labels).toEqual([['3', '1'], ['·', '2']]); // prettier-ignore
  });

  test('knows classes that never occur by their names, and none without samples', () => {
    expect(plotConfusionMatrix({ predictions: [0], labels: [0] }, { classes: ['a', 'b', 'c'] }).rows).toHaveLength(3);
    expect(plotConfusionMatrix({ predictions: [], labels: [] }).values).toEqual([]);
  });

  test.each([
    [{ predictions: [0], labels: [0, 1] }, '`predictions` must be as many as there are labels, 2, got 1'],
    [{ predictions: [0.5], labels: [0] }, '`predictions` must be class numbers from 0, got 0.5'],
    [{ predictions: [NaN], labels: [0] }, '`predictions` must be class numbers from 0, got NaN'],
    [[[1, 2]], '`confusion` must be as many columns as rows'],
    [[[1, 2], [3]], '`confusion` must be rows of numbers'], // prettier-ignore
  ])('refuses %j', (confusion, message) => {
    expect(() => plotConfusionMatrix(confusion)).toThrow(`plotConfusionMatrix: ${message}`);
  });

  test('refuses more than 200 classes', () => {
    const remedy = '; select classes or group them; the metric `confusionMatrix` counts more';
    const table = Array.from({ length: 201 }, () => new Array<number>(201).fill(0));
    expect(plotConfusionMatrix({ predictions: [199], labels: [0] }).rows).toHaveLength(200);
    expect(() => plotConfusionMatrix({ predictions: [1e9], labels: [0] })).toThrow(
      `plotConfusionMatrix: \`predictions\` must be of at most 200 classes, got 1000000001${remedy}`,
    );
    expect(() => plotConfusionMatrix({ predictions: [0], labels: [200] })).toThrow(
      '`labels` must be of at most 200 classes, got 201',
    );
    expect(() => plotConfusionMatrix(table)).toThrow('`confusion` must be of at most 200 classes, got 201');
    const classes = table.map((_, k) => String(k));
    expect(() => plotConfusionMatrix({ predictions: [0], labels: [0] }, { classes })).toThrow(
      '`classes` must be of at most 200 classes, got 201',
    );
  });

  test('refuses fewer names than classes', () => {
    expect(() => plotConfusionMatrix({ predictions: [2], labels: [0] }, { classes: ['a', 'b'] })).toThrow(
      '`classes` must be as many as there are classes, 3, got 2',
    );
  });
});

describe('plotHistory', () => {
  const history = [
    { epoch: 0, loss: 2, topKAccuracy: 0.5, valLoss: 3, valTopKAccuracy: 0.4 },
    { epoch: 1, loss: 1, topKAccuracy: 0.75, valLoss: 2, valTopKAccuracy: 0.5 },
  ];

  test('has a panel for each metric with training and validation, over epochs from 1', () => {
    const { panels } = plotHistory(history);
    expect(panels.map(({ title }) => title)).toEqual(['loss', 'top k accuracy']);
    expect(panels[0]!.series).toEqual([
      { name: 'training', points: [[1, 2], [2, 1]], color: 0 }, // prettier-ignore
      { name: 'validation', points: [[1, 3], [2, 2]], color: 1, dashed: true }, // prettier-ignore
    ]);
  });

  test('compares runs of different lengths by color', () => {
    const { panels } = plotHistory({ a: history, b: [{ epoch: 0, loss: 4 }] }, { metrics: ['loss'] });
    expect(panels[0]!.series.map(({ name, color, points }) => [name, color, points.length])).toEqual([
      ['a, training', 0, 2],
      ['a, validation', 0, 2],
      ['b, training', 1, 1],
    ]);
  });

  test('takes an epoch that was cut short before its validation, and no epochs', () => {
    expect(plotHistory([...history, { epoch: 2, loss: 1 }]).panels[0]!.series[1]!.points).toHaveLength(2);
    expect(plotHistory([]).panels).toEqual([]);
  });

  test.each([[[1, 2]], [{}], [{ a: 1 }], ['loss'], [null]])('refuses %j', (wrong) => {
    expect(() => plotHistory(wrong as never)).toThrow('plotHistory: `history` must be what `fit` returns');
  });
});

describe('plotImages', () => {
  test('keeps bytes, and scales shares and other numbers', () => {
    const bytes = new Tensor([1, 1, 2, 1], 'uint8', Uint8Array.of(3, 200));
    expect([...plotImages(bytes).images[0]!.data]).toEqual([3, 200]);
    expect([...plotImages(tensor([[[0, 0.5, 1]]])).images[0]!.data]).toEqual([0, 128, 255]);
    expect([...plotImages(tensor([[[0, 3, 255]]])).images[0]!.data]).toEqual([0, 3, 255]);
    expect([...plotImages(tensor([[[-1, 0, 1, NaN]]])).images[0]!.data]).toEqual([0, 128, 255, 0]);
  });

  test('shows as many as are asked for, with the names of their classes', () => {
    const { images } = plotImages(zeros([3, 2, 2, 3]), { labels: [1, 0, 1], classes: ['cat', 'dog'], count: 2 });
    expect(images.map(({ caption, channels }) => [caption, channels])).toEqual([['dog', 3], ['cat', 3]]); // prettier-ignore
    expect(plotImages(zeros([0, 2, 2])).images).toEqual([]);
  });

  test.each([[zeros([4, 4])], [zeros([1, 4, 4, 2])]])('refuses other shapes', (images) => {
    expect(() => plotImages(images)).toThrow('plotImages: `images` must be images [n, height, width]');
  });
});

describe('plotMisclassified', () => {
  const images = zeros([5, 2, 2]);
  const [predictions, labels] = [[0, 1, 2, 0, 1], [0, 2, 1, 1, 1]]; // prettier-ignore
  const captions = (options = {}) =>
    plotMisclassified(images, predictions, labels, options).images.map(({ caption }) => caption);

  test('shows what is wrong, all or of some classes', () => {
    expect(captions()).toEqual(['2 read as 1', '1 read as 2', '1 read as 0']);
    expect(captions({ label: 1 })).toEqual(['1 read as 2', '1 read as 0']);
    expect(captions({ label: 1, prediction: 0, classes: ['a', 'b', 'c'] })).toEqual(['b read as a']);
    expect(captions({ count: 1 })).toHaveLength(1);
    expect(plotMisclassified(images, predictions, labels).title).toBe('3 of 5 misclassified');
  });

  test('shows nothing where all is right', () => {
    expect(plotMisclassified(images, labels, labels).images).toEqual([]);
  });

  test('refuses a number of predictions that differs from the number of images', () => {
    expect(() => plotMisclassified(images, [1], labels)).toThrow('`predictions` must be as many as images, 5, got 1');
  });
});

describe('plotHeatMap', () => {
  test('names rows and columns by their numbers, and writes values', () => {
    const { rows, columns, labels } = plotHeatMap(tensor([[1, -0.256]]), { annotate: true });
    expect([rows, columns, labels]).toEqual([['0'], ['0', '1'], [['1', '−0.26']]]);
    expect(plotHeatMap([]).values).toEqual([]);
  });

  test('refuses tables that are ragged, and too few names', () => {
    expect(() => plotHeatMap([[1], [1, 2]])).toThrow('plotHeatMap: `values` must be rows of numbers');
    expect(() => plotHeatMap([[1, 2]], { columns: ['a'] })).toThrow(
      '`columns` must be as many as there are columns, 2',
    );
  });
});

describe('plotForecast', () => {
  test('continues the series, or lies over it from a start', () => {
    const { series } = plotForecast(
      [1, 2],
      [
        { name: 'a', values: tensor([3]) },
        { name: 'b', values: [2], start: 1 },
      ],
      {
        start: 10,
      },
    );
    expect(series.map(({ points }) => points)).toEqual([[[10, 1], [11, 2]], [[12, 3]], [[1, 2]]]); // prettier-ignore
  });

  test('refuses half an interval, and bounds of another length', () => {
    expect(() => plotForecast([1], [{ name: 'a', values: [3], low: [2] }])).toThrow(
      '`forecasts.high` must be both bounds',
    );
    expect(() => plotForecast([1], [{ name: 'a', values: [3], low: [2], high: [3, 4] }])).toThrow(
      '`forecasts.high` must be as many as there are values, 1, got 2',
    );
  });
});

describe('curves of binary predictions', () => {
  const one = { labels: [0, 0, 1, 1], scores: [0.1, 0.4, 0.35, 0.8] };

  test('have the areas of their metrics, and one color for each model', () => {
    const { series } = plotRoc({ a: one, b: { labels: tensor([0, 1]), scores: tensor([-3, 5]) } });
    expect(series.map(({ name, color }) => [name, color])).toEqual([
      ['a, area 0.750', 0],
      ['b, area 1.000', 1],
      ['chance', 7],
    ]);
    expect(series[1]!.points.at(-1)).toEqual([1, 1]);
    expect(plotPrecisionRecall(one).series[1]!.points).toEqual([[0, 0.5], [1, 0.5]]); // prettier-ignore
    expect(plotPrecisionRecall(one).series[0]!.points[0]![0]).toBe(0);
  });

  test.each([
    [{ labels: [0, 2], scores: [1, 2] }, '`predictions.labels` must be 0 and 1, got 2'],
    [{ labels: [0, 1], scores: [1] }, '`predictions.scores` must be as many as there are labels, 2, got 1'],
    [{ labels: [0, 1], scores: [1, NaN] }, '`predictions.scores` must be numbers, got NaN'],
    [{ a: { labels: [0], scores: ['x'] } }, '`predictions.a.scores` must be numbers or a tensor with one axis'],
    [{}, '`predictions` must be labels and scores'],
  ])('refuse %j', (predictions, message) => {
    expect(() => plotRoc(predictions as never)).toThrow(`plotRoc: ${message}`);
  });

  test('calibration refuses logits, and takes one sample', () => {
    expect(() => plotCalibration({ labels: [1], scores: [2] })).toThrow('apply `sigmoid` to logits');
    expect(plotCalibration({ labels: [1], scores: [0.5] }).series[0]!.points).toEqual([[0.5, 1]]);
  });
});

describe('plotHistogram', () => {
  test('counts in bins that all groups share, and leaves out what is not finite', () => {
    const { edges, bars } = plotHistogram({ a: [0, 1, NaN], b: tensor([[3, 4], [4, Infinity]]) }, { bins: 4 }); // prettier-ignore
    expect(edges).toEqual([0, 1, 2, 3, 4]);
    expect(bars).toEqual([
      { name: 'a', counts: [1, 1, 0, 0] },
      { name: 'b', counts: [0, 0, 0, 3] },
    ]);
  });

  test('takes no values, and values that are all the same', () => {
    expect(plotHistogram([], { bins: 2 })).toMatchObject({ edges: [0, 0.5, 1], bars: [{ counts: [0, 0] }] });
    expect(plotHistogram([5, 5], { bins: 2 })).toMatchObject({ edges: [4.5, 5, 5.5], bars: [{ counts: [0, 2] }] });
  });
});

describe('plotFilters', () => {
  test('shows a channel, or colors', () => {
    const kernel = tensor([1, 2, 3, 4, 5, 6], [1, 1, 3, 2]);
    expect(plotFilters(kernel).images.map(({ channels, data }) => [channels, [...data]])).toEqual([
      [3, [1, 3, 5]],
      [3, [2, 4, 6]],
    ]);
    expect(plotFilters(kernel, { channel: 2 }).images.map(({ data }) => [...data])).toEqual([[5], [6]]);
  });

  test('refuses other shapes and channels', () => {
    expect(() => plotFilters(zeros([3, 3]))).toThrow('`kernel` must be [height, width, inputs, filters], got [3,3]');
    expect(() => plotFilters(zeros([3, 3, 2, 1]), { channel: 2 })).toThrow('`channel` must be below 2');
  });
});
