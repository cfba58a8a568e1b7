import { lbfgs, sgd } from '@chainrule/optim';
import { mul, square, sum, type Tensor, tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { descentPath } from './descentPath.ts';
import { plotDescent } from './plotDescent.ts';

const ravine = (point: Tensor): Tensor => sum(mul(square(point), tensor([1, 10])));

describe('descentPath', () => {
  test('follows gradient descent: each coordinate shrinks by 1 − 2ηc in a step', () => {
    const path = descentPath(ravine, [1, 1], sgd({ learningRate: 0.09 }), { steps: 5 });
    expect(path).toHaveLength(6);
    path.forEach(([x, y], step) => {
      expect(x).toBeCloseTo(0.82 ** step, 5);
      expect(y).toBeCloseTo((-0.8) ** step, 5);
    });
  });

  test('follows momentum: v ← 0.5 v − η g', () => {
    const path = descentPath(ravine, [1, 0], sgd({ learningRate: 0.1, momentum: 0.5 }), { steps: 3 });
    let [x, v] = [1, 0];
    for (const [at] of path) {
      expect(at).toBeCloseTo(x, 5);
      v = 0.5 * v - 0.2 * x;
      x += v;
    }
  });

  test('gives optimizers that evaluate several points the function', () => {
    const [x, y] = descentPath(ravine, [1, 1], lbfgs(), { steps: 6 }).at(-1)!;
    expect(Math.hypot(x, y)).toBeLessThan(1e-3);
  });

  test('refuses starts that are not points, and values that are not optimizers', () => {
    expect(() => descentPath(ravine, [1, NaN], sgd())).toThrow('descentPath: `start` must be a point [x, y]');
    expect(() => descentPath(ravine, [1, 1], 0.1 as never)).toThrow('`optimizer` must be an optimizer');
    expect(() => descentPath((at) => at, [1, 1], sgd())).toThrow(
      '`f` must be a function from a tensor [2] to a scalar',
    );
  });
});

describe('plotDescent', () => {
  test('computes heights at the centers of cells, from the upper left corner', () => {
    const { heights } = plotDescent((x, y) => 10 * x + y, {}, { bounds: { x: [0, 2], y: [4, 8] }, resolution: 2 });
    expect(heights.values).toEqual([
      [5 + 7, 15 + 7],
      [5 + 5, 15 + 5],
    ]);
  });

  test('takes a function of a tensor', () => {
    const bounds = { x: [0, 2], y: [0, 2] } as const;
    const { heights } = plotDescent(ravine, {}, { bounds, resolution: 1 });
    expect(heights.values).toEqual([[11]]);
  });

  test('shows all points of the paths by default, and leaves those out that are not finite', () => {
    const { heights, paths } = plotDescent((x, y) => x + y, { a: [[0, 0], [10, 1]], b: tensor([[5, 2]]), c: [[Infinity, NaN]] }); // prettier-ignore
    expect(heights.x).toEqual([-1, 11]);
    expect(heights.y).toEqual([-0.2, 2.2]);
    expect(paths!.map(({ name, points }) => [name, points.length])).toEqual([['a', 2], ['b', 1], ['c', 1]]); // prettier-ignore
  });

  test.each([
    [(x: number, y: number) => String(x + y), {}, {}, '`f` must be a function from two numbers to a number'],
    [(x: Tensor) => x, {}, {}, '`f` must be a function from a tensor [2] to a scalar'],
    [() => 1, { a: [[1, 2, 3]] }, {}, '`paths.a` must be points [steps, 2]'],
    [() => 1, {}, { bounds: { x: [1, 1], y: [0, 1] } }, '`bounds.x` must be [from, to] with from < to, got [1,1]'],
    [() => 1, {}, { bounds: { x: [0, 1] } }, '`bounds.y` must be [from, to] with from < to, got undefined'],
  ])('refuses case %#', (f, paths, options, message) => {
    expect(() => plotDescent(f as never, paths, options as never)).toThrow(`plotDescent: ${message}`);
  });
});
