import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { atan2 } from './atan2.ts';

/** Checks y, x and their angle, as {@link expectValues} does with functions of one argument. */
function expectAngles(points: readonly (readonly [number, number, number])[]): void {
  for (const [y, x, angle] of points) expectValues((t) => atan2(t, x), [[y, angle]]);
}

describe('atan2', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectAngles([
      [1, 1, 0.7853981633974483],
      [1, -1, 2.356194490192345],
      [-1, -1, -2.356194490192345],
      [-1, 1, -0.7853981633974483],
      [0.5, 2, 0.24497866312686414],
      [2, 0.5, 1.3258176636680326],
      [-2, 0.5, -1.3258176636680326],
      [2, -0.5, 1.8157749899217608],
      [-0.5, -2, -2.896613990462929],
      [3, 4, 0.6435011087932844],
      [1000, 0.25, 1.570546326800105],
      [0.25, 1000, 0.00024999999479166684],
      [9.094947017729282e-13, -1, 3.1415926535888836],
      [9.094947017729282e-13, 1, 9.094947017729282e-13],
      [1, 9.094947017729282e-13, 1.570796326793987],
      [9.999999680285692e37, 3.0000000054977558e38, 0.32175054425543737],
      [3.0000000054977558e38, -9.999999680285692e37, 1.892546871050334],
      [7.174648137343064e-43, 3.587324068671532e-43, 1.1071487177940904],
      [1.0000000150474662e30, 8.673617379884035e-19, 1.5707963267948966],
    ]);
  });

  it('tells signs of zeros and infinities, as IEEE 754 has it', () => {
    const [half, quarter] = [Math.PI / 2, Math.PI / 4];
    for (const y of [0, -0, 2, -2, Infinity, -Infinity]) {
      for (const x of [0, -0, 3, -3, Infinity, -Infinity]) expectAngles([[y, x, Math.atan2(y, x)]]);
    }
    expectAngles([
      [0, 0, 0],
      [-0, 0, -0],
      [0, -0, Math.PI],
      [-0, -1, -Math.PI],
      [1, -0, half],
      [Infinity, Infinity, quarter],
      [-Infinity, -Infinity, -3 * quarter],
    ]);
  });

  it('is NaN where a coordinate is', () => {
    expectAngles([
      [NaN, 1, NaN],
      [1, NaN, NaN],
      [0, NaN, NaN],
      [NaN, 0, NaN],
      [NaN, -Infinity, NaN],
    ]);
  });

  it('broadcasts, and takes a number on either side', () => {
    expect(atan2(tensor([[0], [1]]), tensor([1, -1])).shape).toEqual([2, 2]);
    expect(atan2(1, tensor([0])).item()).toBe(Math.fround(Math.PI / 2));
  });

  it('refuses int32', () => {
    expect(() => atan2(zeros([2], 'int32') as never, zeros([2], 'int32') as never)).toThrow(
      'atan2: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
