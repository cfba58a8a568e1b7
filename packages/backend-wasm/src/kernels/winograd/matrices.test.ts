import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Matrix, toomCook } from './matrices.ts';

const times = (matrix: Matrix, x: readonly number[]): number[] =>
  matrix.map((row) => row.reduce((sum, c, k) => sum + c * x[k]!, 0));
const numbers = (length: number): fc.Arbitrary<number[]> =>
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: length, maxLength: length });

test.each([
  [4, 3],
  [3, 4],
  [2, 3],
  [3, 2],
])('F(%i, %i) is the correlation', (outputs, taps) => {
  const { input, kernel, output } = toomCook(outputs, taps);
  fc.assert(
    fc.property(numbers(outputs + taps - 1), numbers(taps), (d, g) => {
      const [left, right] = [times(kernel, g), times(input, d)];
      times(
        output,
        left.map((v, p) => v * right[p]!),
      ).forEach((y, i) =>
        expect(y).toBeCloseTo(
          g.reduce((sum, c, k) => sum + c * d[i + k]!, 0),
          5,
        ),
      );
    }),
  );
});

test('the coefficients of F(4, 3) are those of the points 0, ±1/√2, ±√2 and ∞', () => {
  const show = (matrix: Matrix): string =>
    matrix.map((row) => row.map((c) => String(+c.toFixed(4))).join(' ')).join('\n');
  const { input, kernel, output } = toomCook(4, 3);
  expect([input, kernel, output].map(show).join('\n\n')).toMatchInlineSnapshot(`
    "1 0 -2.5 0 1 0
    0 -1.4142 -2 0.7071 1 0
    0 1.4142 -2 -0.7071 1 0
    0 -0.7071 -0.5 1.4142 1 0
    0 0.7071 -0.5 -1.4142 1 0
    0 1 0 -2.5 0 1

    1 0 0
    -0.6667 -0.4714 -0.3333
    -0.6667 0.4714 -0.3333
    0.1667 0.2357 0.3333
    0.1667 -0.2357 0.3333
    0 0 1

    1 1 1 1 1 0
    0 0.7071 -0.7071 1.4142 -1.4142 0
    0 0.5 0.5 2 2 0
    0 0.3536 -0.3536 2.8284 -2.8284 1"
  `);
});
