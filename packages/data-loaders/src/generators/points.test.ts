import { expect, test } from 'vitest';
import { blobs, circles, type LabeledPoints, moons, type PointsOptions, spirals, xor } from './points.ts';

const sets: Record<string, (options: PointsOptions) => LabeledPoints> = { moons, circles, spirals, xor, blobs };
const pointsOf = ({ x, y }: LabeledPoints): { a: number; b: number; label: number }[] =>
  Array.from(y.data, (label, i) => ({ a: x.data[2 * i]!, b: x.data[2 * i + 1]!, label }));

test.each(Object.entries(sets))(
  '%s gives the same points for a seed, classes in turn, and a larger set begins with a smaller one',
  (name, make) => {
    const [small, large, other] = [
      make({ count: 30, seed: 7 }),
      make({ count: 60, seed: 7 }),
      make({ count: 30, seed: 8 }),
    ];
    expect([small.x.shape, small.x.dtype, small.y.dtype]).toEqual([[30, 2], 'float32', 'int32']);
    expect([...large.x.data.slice(0, 60)]).toEqual([...small.x.data]);
    expect([...other.x.data]).not.toEqual([...small.x.data]);
    const classes = name === 'blobs' ? 3 : 2;
    expect(small.y.toArray()).toEqual(Array.from({ length: 30 }, (_, i) => i % classes));
    expect(() => make({ count: -1, seed: 1 })).toThrow(`${name}: \`count\``);
    expect(() => make({ count: 1, seed: 0.5 })).toThrow(`${name}: \`seed\``);
  },
);

test('without noise, points lie exactly on their shapes', () => {
  const options = { count: 200, seed: 3, noise: 0 };
  for (const { a, b, label } of pointsOf(circles({ ...options, factor: 0.3 })))
    expect(Math.hypot(a, b)).toBeCloseTo(label ? 0.3 : 1, 5);
  for (const { a, b, label } of pointsOf(moons(options)))
    expect(label ? Math.hypot(a - 1, b - 0.5) : Math.hypot(a, b)).toBeCloseTo(1, 5);
  for (const { a, b, label } of pointsOf(xor(options))) expect(a * b > 0 ? 0 : 1).toBe(label);
  for (const { a, b, label } of pointsOf(spirals({ ...options, classes: 4, turns: 1.5 }))) {
    const radius = Math.hypot(a, b);
    const turn = Math.atan2(b, a) / (2 * Math.PI) - 1.5 * radius - label / 4;
    expect(Math.abs(turn - Math.round(turn))).toBeLessThan(1e-4);
  }
});

test('blobs lie around their centers', () => {
  const { x, y } = blobs({ count: 3000, seed: 5, classes: 3, features: 4, spread: 0.5 });
  for (let label = 0; label < 3; label++) {
    const rows = Array.from(y.data.keys())
      .filter((i) => y.data[i] === label)
      .map((i) => x.data[4 * i]!);
    const mean = rows.reduce((sum, value) => sum + value, 0) / rows.length;
    const deviation = Math.sqrt(rows.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows.length);
    expect(deviation).toBeCloseTo(0.5, 1);
  }
});

test('errors name the mistake', () => {
  const options = { count: 2, seed: 1 };
  expect(() => circles({ ...options, factor: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: circles: \`factor\` must be between 0 and 1, got 1]`,
  );
  expect(() => moons({ ...options, noise: -1 })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: moons: \`noise\` must be a finite number of at least 0, got -1]`,
  );
  expect(() => spirals({ ...options, turns: 0 })).toThrow('`turns` must be above 0');
  expect(() => spirals({ ...options, classes: 0 })).toThrow('`classes`');
  expect(() => blobs({ ...options, spread: NaN })).toThrow('`spread`');
  expect(() => blobs({ count: 2 ** 30, seed: 1, features: 4 })).toThrow('`count` must be at most 536870911');
});
