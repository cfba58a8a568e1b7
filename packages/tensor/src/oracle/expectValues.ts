import { expect } from 'vitest';
import { tensor } from '../ops/creation/creation.ts';
import type { Tensor } from '../array/tensor.ts';

/**
 * Compares an elementwise function with values of another source, in float64 and float32. Infinities, NaN and the sign
 * of zeros must be equal; other values may differ by a few units in the last place.
 *
 * @param pairs - arguments that float32 holds exactly, and the value of each
 * @param ulps - the allowed error, in units of the last place; by default 4
 */
export function expectValues(
  fn: (x: Tensor) => unknown,
  pairs: readonly (readonly [number, number])[],
  ulps = 4,
): void {
  for (const [dtype, unit] of [
    ['float64', 2 ** -52],
    ['float32', 2 ** -23],
  ] as const) {
    const x = tensor(
      pairs.map(([argument]) => argument),
      [pairs.length],
      dtype,
    );
    const y = fn(x) as Tensor;
    expect([y.dtype, y.shape]).toEqual([dtype, [pairs.length]]);
    const found = y.data;
    pairs.forEach(([argument, value], i) => {
      expect(x['~values'][i], 'arguments must be exact in float32').toBe(argument);
      const exact = dtype === 'float32' ? Math.fround(value) : value;
      if (Object.is(found[i], exact)) return;
      const bound = exact === 0 ? 0 : ulps * unit * Math.abs(exact) + (dtype === 'float32' ? 2 ** -149 : 0);
      if (!(bound > 0 && Math.abs(found[i]! - exact) <= bound))
        expect.fail(`at ${argument} in ${dtype}: got ${found[i]}, expected ${exact}`);
    });
  }
}
