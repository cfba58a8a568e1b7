import { expect, test } from 'vitest';
import { principalComponents } from './principalComponents.ts';

test('projects points on the two directions of greatest variance', () => {
  // An ellipse in a tilted plane in three dimensions.
  const [u, v] = [
    [2 / 3, 2 / 3, 1 / 3],
    [-2 / 3, 1 / 3, 2 / 3],
  ];
  const angles = Array.from({ length: 12 }, (_, i) => (2 * Math.PI * i) / 12);
  const points = angles.map((t) => u.map((_, k) => 5 + 3 * Math.cos(t) * u[k]! + Math.sin(t) * v[k]!));
  const places = principalComponents(points);
  const signs = [Math.sign(places[0]![0]), Math.sign(places[3]![1])];
  places.forEach(([x, y], i) => {
    expect(x * signs[0]!).toBeCloseTo(3 * Math.cos(angles[i]!), 6);
    expect(y * signs[1]!).toBeCloseTo(Math.sin(angles[i]!), 6);
  });
});

test('equal points, or a single point, are at the center', () => {
  expect(
    principalComponents([
      [1, 2],
      [1, 2],
    ]),
  ).toEqual([
    [0, 0],
    [0, 0],
  ]);
  expect(principalComponents([[7]])).toEqual([[0, 0]]);
});
