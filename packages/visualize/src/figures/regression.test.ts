import { tensor, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { plotTopLosses } from './plotImages.ts';
import { plotRegression, plotResiduals } from './plotRegression.ts';
import { plotScatterMatrix } from './plotScatterMatrix.ts';

describe('plotRegression', () => {
  test('puts predictions over targets, with the diagonal and R²', () => {
    // scikit-learn 1.9: r2_score([3, −0.5, 2, 7], [2.5, 0, 2, 8]) = 0.9486081370449679
    const figure = plotRegression({ targets: tensor([[3], [-0.5], [2], [7]]), predictions: [2.5, 0, 2, 8] });
    expect(figure.points[1]).toEqual({ x: -0.5, y: 0 });
    expect(figure.lines).toEqual([{ name: 'prediction = target', points: [[-0.5, -0.5], [8, 8]] }]); // prettier-ignore
    expect(figure.title).toBe('predictions and targets, R² 0.949');
  });

  test('has no R² where targets are equal, missing or not finite', () => {
    for (const [targets, predictions] of [
      [
        [2, 2],
        [1, 2],
      ],
      [[], []],
      [
        [1, NaN],
        [1, 2],
      ],
    ] as const)
      // prettier-ignore
      expect(plotRegression({ targets, predictions }).title).toBe('predictions and targets');
  });

  test('refuses more predictions than targets', () => {
    expect(() => plotRegression({ targets: [1], predictions: [1, 2] })).toThrow(
      'plotRegression: `results.predictions` must be as many as there are targets, 1, got 2',
    );
    expect(() => plotResiduals(null as never)).toThrow('plotResiduals: `results` must be { predictions, targets }');
  });
});

test('plotResiduals subtracts predictions from targets', () => {
  const figure = plotResiduals({ targets: [3, 5], predictions: [4, 1] }, { unit: 'meters' });
  expect(figure.points).toEqual([{ x: 4, y: -1 }, { x: 1, y: 4 }]); // prettier-ignore
  expect(figure.lines![0]!.points).toEqual([[1, 0], [4, 0]]); // prettier-ignore
  expect(figure.y).toBe('target − prediction: meters');
});

describe('plotScatterMatrix', () => {
  const rows = [[1, 10], [2, 20], [3, 40]]; // prettier-ignore

  test('has each pair of features, and the histogram of each by class', () => {
    const { panels, columns } = plotScatterMatrix(rows, { labels: [1, 0, 1], classes: ['a', 'b'] });
    expect(columns).toBe(2);
    expect(panels[1]).toMatchObject({ kind: 'points', title: 'feature 1', groups: ['a', 'b'] });
    expect(panels[1]).toMatchObject({ points: [{ x: 10, y: 1, group: 'b' }, { x: 20, y: 2 }, { x: 40, y: 3 }] }); // prettier-ignore
    expect(panels[2]).toMatchObject({ x: 'feature 0', y: 'feature 1', title: '' });
    const [first] = panels;
    expect(first!.kind === 'bars' && first!.bars.map(({ counts }) => counts.reduce((a, b) => a + b))).toEqual([1, 2]);
  });

  test('takes a table with named columns', () => {
    const table = { columns: ['u', 'v'], numbers: (name: string) => (name === 'u' ? [1, 2] : [3, 4]) };
    expect(plotScatterMatrix(table).panels.map(({ title }) => title)).toEqual(['u', 'v', '', '']);
    expect(plotScatterMatrix([]).panels).toEqual([]);
  });

  test('refuses more than 10 features, and names and labels of others', () => {
    expect(() => plotScatterMatrix(zeros([2, 11]))).toThrow('plotScatterMatrix: `table` must be at most 10 features');
    expect(() => plotScatterMatrix(rows, { names: ['a'] })).toThrow('`names` must be as many as there are features, 2');
    expect(() => plotScatterMatrix(rows, { labels: [1] })).toThrow('`labels` must be as many as there are rows, 3');
  });
});

describe('plotTopLosses', () => {
  test('sorts images by their losses, NaN first', () => {
    const { images } = plotTopLosses(zeros([4, 2, 2]), tensor([1, NaN, 0.123456, Infinity]), { count: 3 });
    expect(images.map(({ caption }) => caption)).toEqual(['loss NaN', 'loss Infinity', 'loss 1']);
  });

  test('marks wrong predictions', () => {
    const { images } = plotTopLosses(zeros([2, 2, 2]), [1, 2], { labels: [0, 1], predictions: [1, 1] });
    expect(images.map(({ caption, marked }) => [caption, marked])).toEqual([['1, loss 2', false], ['0 read as 1, loss 1', true]]); // prettier-ignore
  });

  test('refuses another number of losses than images', () => {
    expect(() => plotTopLosses(zeros([2, 2, 2]), [1])).toThrow('plotTopLosses: `losses` must be as many as images, 2');
  });
});
