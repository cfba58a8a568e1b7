import { greater, slice, sum, tensor, type Tensor, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { toSvg } from '../toSvg.node.ts';
import { plotAttention } from './plotAttention.ts';
import { plotDecisionRegions } from './plotDecisionRegions.ts';
import { plotEmbedding } from './plotEmbedding.ts';

const corners = [[-1, -1], [1, 1]]; // prettier-ignore

describe('plotDecisionRegions', () => {
  test('asks the model over the samples and a tenth around them, from the upper left corner', async () => {
    const asked: Tensor[] = [];
    const { regions, groups, points } = await plotDecisionRegions(
      (at) => {
        asked.push(at);
        return greater(sum(at, { axis: 1 }), 0);
      },
      corners,
      [0, 1],
      { resolution: 4, classes: ['below', 'above'] },
    );
    expect(regions!.x).toEqual([-1.2, 1.2]);
    expect(asked[0]!.shape).toEqual([16, 2]);
    expect(slice(asked[0]!, [0, 0], [1, 2]).toArray()).toEqual([[expect.closeTo(-0.9), expect.closeTo(0.9)]]);
    expect(regions!.groups.at(-1)).toEqual([0, 0, 0, 0]);
    expect(regions!.groups[0]!.at(-1)).toBe(1);
    expect([groups, points.map(({ group }) => group)]).toEqual([
      ['below', 'above'],
      ['below', 'above'],
    ]);
  });

  test('takes scores, one logit, and promises of them, and one sample', async () => {
    const scores = await plotDecisionRegions((at) => at, corners, [0, 1], { resolution: 2 });
    // The larger coordinate wins; the first of equal ones.
    expect(scores.regions!.groups).toEqual([[1, 0], [0, 0]]); // prettier-ignore
    const logit = await plotDecisionRegions(
      (at) => Promise.resolve(sum(at, { axis: 1, keepDims: true })),
      [[3, 3]],
      [1],
      {
        resolution: 2,
      },
    );
    expect(logit.regions!.groups).toEqual([[0, 0], [0, 0]]); // prettier-ignore
    expect(logit.groups).toEqual(['1']);
  });

  test('refuses what is neither a class nor a score for each point', async () => {
    const ask = (predict: unknown, points: unknown = corners) =>
      plotDecisionRegions(predict as never, points as never, [0, 1]);
    await expect(ask(() => zeros([3]))).rejects.toThrow('plotDecisionRegions: `predict` must be as many as points');
    await expect(ask(() => 1)).rejects.toThrow('`predict` must be a function from points to a tensor');
    await expect(ask(() => zeros([1]), [])).rejects.toThrow('`points` must be [samples, 2]');
    await expect(ask(() => zeros([1]), [[1, 2, 3]])).rejects.toThrow('`points` must be [samples, 2]');
  });
});

describe('plotEmbedding', () => {
  test('keeps names and classes with their vectors', () => {
    const { points } = plotEmbedding(tensor([[1, 0], [-1, 0], [0, 0]]), { names: ['a', 'b', 'c'], labels: [1, 0, 1], classes: ['x', 'y'] }); // prettier-ignore
    expect(points.map(({ name, group }) => [name, group])).toEqual([
      ['a', 'y'],
      ['b', 'x'],
      ['c', 'y'],
    ]);
    expect(plotEmbedding([]).points).toEqual([]);
    expect(plotEmbedding([[1, 2]]).points).toEqual([{ x: 0, y: 0 }]);
  });

  test('refuses names of other vectors, and vectors that are not finite', () => {
    expect(() => plotEmbedding([[1, 2]], { names: [] })).toThrow('`names` must be as many as vectors, 1, got 0');
    expect(() => plotEmbedding([[1, NaN]])).toThrow('`vectors` must be finite numbers');
  });
});

test('plotAttention names rows by queries and columns by keys', () => {
  const figure = plotAttention([[0.9, 0.1]], { queries: ['chat'], keys: ['cat', 'the'] });
  expect([figure.rows, figure.columns, figure.scale]).toEqual([['chat'], ['cat', 'the'], 'attention weight']);
  expect(() => plotAttention([[1]], { queries: ['a', 'b'], keys: ['c'] })).toThrow(
    'as many as there are rows, 1, got 2',
  );
});

test('figures of points check their groups and regions', () => {
  const figure = { kind: 'points', title: 't', x: 'x', y: 'y', points: [{ x: 0, y: 0, group: 'b' }] } as const;
  expect(() => toSvg({ ...figure, groups: ['a'] })).toThrow('`figure.points` must be points of the groups a, got "b"');
  const regions = { x: [0, 1], y: [0, 1], groups: [[0], [0, 1]] } as const;
  expect(() => toSvg({ ...figure, regions })).toThrow('`figure.regions.groups` must be rows of the same length');
});
