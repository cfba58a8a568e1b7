import { tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { noise } from '../../testing/noise.ts';
import { plotEmbedding } from '../figures/plotEmbedding.ts';
import { affinitiesOf } from './affinities.ts';
import { nearestNeighbors } from './neighbors.ts';
import { pointList } from './points.ts';
import { QuadTree } from './quadTree.ts';
import { tsne } from './tsne.ts';

const cloud = (count: number, size: number): number[][] =>
  Array.from({ length: count }, (_, i) => Array.from({ length: size }, (__, k) => noise(i * size + k + 1)));

function resultOf<T, R>(steps: Generator<T, R>): R {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

test('nearestNeighbors finds the neighbors that sorting finds', () => {
  const points = cloud(40, 11);
  const { indices, distances } = resultOf(nearestNeighbors(pointList(points), 7));
  points.forEach((a, i) => {
    const all = points
      .map((b, j) => ({ j, d: a.reduce((sum, v, k) => sum + (v - b[k]!) ** 2, 0) }))
      .filter(({ j }) => j !== i)
      .sort((x, y) => x.d - y.d)
      .slice(0, 7);
    const found = [...indices.slice(i * 7, i * 7 + 7)];
    expect(found.sort((x, y) => x - y)).toEqual(all.map(({ j }) => j).sort((x, y) => x - y));
    expect(Math.max(...distances.slice(i * 7, i * 7 + 7))).toBeCloseTo(all.at(-1)!.d, 12);
  });
});

describe('affinities', () => {
  test('are symmetric, add up to 1, and have rows of the perplexity', () => {
    const points = cloud(30, 3);
    // With all other points as neighbors, the conditional probabilities can be computed again from p(i, j).
    const neighbors = resultOf(nearestNeighbors(pointList(points), 29));
    const { starts, columns, values } = affinitiesOf(neighbors, 5);
    const p = points.map(() => new Array<number>(30).fill(0));
    for (let i = 0; i < 30; i++) for (let e = starts[i]!; e < starts[i + 1]!; e++) p[i]![columns[e]!]! += values[e]!;
    const total = p.flat().reduce((a, b) => a + b);
    expect(total).toBeCloseTo(1, 12);
    for (let i = 0; i < 30; i++) for (let j = 0; j < 30; j++) expect(p[i]![j]).toBeCloseTo(p[j]![i]!, 15);
  });

  test('of equal distances are equal', () => {
    const { values } = affinitiesOf(resultOf(nearestNeighbors(pointList([[0, 0], [1, 0], [0, 0], [1, 0]]), 3)), 1.5); // prettier-ignore
    expect(values.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(values.every(Number.isFinite)).toBe(true);
  });
});

test('QuadTree adds up the forces between all pairs', () => {
  // Two points are equal.
  const points = [...cloud(60, 2), [0.1, 0.2], [0.1, 0.2]];
  const places = Float64Array.from(points.flat());
  const tree = new QuadTree(points.length);
  tree.build(places);
  const forces = new Float64Array(places.length);
  const total = tree.repel(places, forces, 0);
  const expected = points.map(([x, y]) => {
    const terms = points.map(([u, v]) => ({ dx: x! - u!, dy: y! - v!, w: 1 / (1 + (x! - u!) ** 2 + (y! - v!) ** 2) }));
    const sum = (of: (term: (typeof terms)[number]) => number): number =>
      terms.reduce((all, term) => all + of(term), 0);
    return { x: sum(({ dx, w }) => w * w * dx), y: sum(({ dy, w }) => w * w * dy), w: sum(({ w }) => w) - 1 };
  });
  expect(total).toBeCloseTo(
    expected.reduce((all, { w }) => all + w, 0),
    6,
  );
  expected.forEach(({ x, y }, i) => {
    expect(forces[2 * i]).toBeCloseTo(x, 8);
    expect(forces[2 * i + 1]).toBeCloseTo(y, 8);
  });
  const near = new Float64Array(places.length);
  expect(Math.abs(tree.repel(places, near, 0.5) / total - 1)).toBeLessThan(0.01);
});

describe('tsne', () => {
  /** Three groups, far from each other. */
  const groups = cloud(60, 5).map((point, i) => point.map((v, k) => v + (k === i % 3 ? 6 : 0)));

  test('keeps groups together and apart from others', async () => {
    const seen: number[] = [];
    const { places, divergence } = await tsne(tensor(groups), {
      iterations: 400,
      onProgress: ({ iteration }) => seen.push(iteration),
    });
    expect(seen).toEqual([0, 50, 100, 150, 200, 250, 300, 350]);
    places.forEach(([x, y], i) => {
      const nearest = places
        .map(([u, v], j) => ({ j, d: i === j ? Infinity : Math.hypot(x - u, y - v) }))
        .reduce((a, b) => (b.d < a.d ? b : a));
      expect(nearest.j % 3).toBe(i % 3);
    });
    expect(divergence).toBeGreaterThan(0);
    expect(divergence).toBeLessThan(0.5);
  });

  test('draws the same twice, and other places from another seed', async () => {
    const options = { iterations: 60, start: 'random', seed: 1 } as const;
    const [a, b, c] = [
      await tsne(groups, options),
      await tsne(groups, options),
      await tsne(groups, { ...options, seed: 2 }),
    ];
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });

  test.each([
    [[]],
    [[[1, 2]]],
    [
      [
        [1, 2],
        [1, 2],
      ],
    ],
    [[[0], [1], [2]]],
    [Array.from({ length: 9 }, () => [3, 3])],
  ])(
    // prettier-ignore
    'places few points and equal ones: %j',
    async (points) => {
      const { places, divergence } = await tsne(points, { iterations: 20 });
      expect(places).toHaveLength(points.length);
      expect([...places.flat(), divergence].every(Number.isFinite)).toBe(true);
    },
  );

  test.each([2 ** 1000, 2 ** -1000])('gives the same for vectors of the scale %d', async (scale) => {
    const options = { iterations: 60 };
    const large = groups.map((point) => point.map((v) => v * scale));
    expect(await tsne(large, options)).toEqual(await tsne(groups, options));
  });

  test('places vectors whose squares are infinite in their order', async () => {
    const { places, divergence } = await tsne(
      Array.from({ length: 20 }, (_, i) => [1e200 * i]),
      { perplexity: 2, iterations: 300 },
    );
    expect([...places.flat(), divergence].every(Number.isFinite)).toBe(true);
    expect(new Set(places.map(([x]) => x)).size).toBe(20);
  });

  test('leaves room for timers', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    // Runs until a timer had its turn, however fast the machine is.
    for (let tries = 0; turns === 0 && tries < 1000; tries++) await tsne(groups, { iterations: 100 });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });

  test('refuses what is not finite, and a perplexity that has too few points', async () => {
    await expect(tsne([[1], [NaN]])).rejects.toThrow('tsne: `vectors` must be finite numbers');
    await expect(tsne(groups, { perplexity: 30 })).rejects.toThrow(
      'tsne: `perplexity` must be at most 19.7, a third of the other points, got 30',
    );
  });

  test('gives plotEmbedding its places', async () => {
    const figure = await plotEmbedding(groups, {
      method: 'tsne',
      tsne: { iterations: 20 },
      labels: groups.map((_, i) => i % 3),
    });
    const { places } = await tsne(groups, { iterations: 20 });
    expect(figure.points.map(({ x, y }) => [x, y])).toEqual(places);
    expect([figure.x, figure.points[4]!.group]).toEqual(['first t-SNE dimension', '1']);
  });
});
