import { tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { plotClassBalance } from './plotClassBalance.ts';
import { plotTokens } from './plotTokens.ts';
import { plotWeightBars } from './plotWeightBars.ts';

describe('plotClassBalance', () => {
  test('counts the classes of several sets, also of those that a set lacks', () => {
    const { names, bars } = plotClassBalance({ train: tensor([2, 0, 2], [3], 'int32'), test: [1] });
    expect(names).toEqual(['0', '1', '2']);
    expect(bars).toEqual([
      { name: 'train', values: [1, 0, 2] },
      { name: 'test', values: [0, 1, 0] },
    ]);
  });

  test('shows shares, of which those of an empty set are 0', () => {
    const { bars } = plotClassBalance({ train: [0, 1, 1, 1], test: [] }, { normalize: true });
    expect(bars.map(({ values }) => values)).toEqual([[0.25, 0.75], [0, 0]]); // prettier-ignore
    expect(plotClassBalance([]).names).toEqual([]);
  });

  test.each([
    [[0, 2], { classes: ['a', 'b'] }, '`labels` must be of at most 2 classes, as there are names, got 3'],
    [{ test: [0.5] }, {}, '`labels.test` must be class numbers from 0, got 0.5'],
    [[1e9], {}, '`labels` must be of at most 200 classes, got 1000000001'],
    [null, {}, '`labels` must be numbers or a tensor, got null'],
  ])('refuses %j', (labels, options, message) => {
    expect(() => plotClassBalance(labels as never, options)).toThrow(`plotClassBalance: ${message}`);
  });
});

describe('plotWeightBars', () => {
  test('shows the largest weights of either sign, NaN last', () => {
    const { names, bars } = plotWeightBars(['a', 'b', 'c', 'd'], [NaN, -3, 1, 2]);
    expect(names).toEqual(['b', 'd', 'c', 'a']);
    expect(bars[0]!.values).toEqual([-3, 2, 1, NaN]);
    expect(plotWeightBars(['a', 'b', 'c', 'd'], [0, -3, 1, 2], { count: 2 }).names).toEqual(['b', 'd']);
  });

  test('refuses another number of weights than names', () => {
    expect(() => plotWeightBars(['a'], [1, 2])).toThrow('`weights` must be as many as there are names, 1, got 2');
  });
});

describe('plotTokens', () => {
  test('keeps tokens and weights', () => {
    expect(plotTokens(['a', ' b'], tensor([1, -2]), { scale: 'attention' })).toMatchObject({
      tokens: ['a', ' b'],
      weights: [1, -2],
      scale: 'attention',
    });
  });

  test('refuses another number of weights than tokens', () => {
    expect(() => plotTokens(['a', 'b'], [1])).toThrow('`weights` must be as many as there are tokens, 2, got 1');
  });
});
