import { describe, expect, test } from 'vitest';
import { type HostFunction, hostFunctions } from './hostFunctions.ts';
import { modes } from '../../testing/modes.ts';
import { erf } from './erf.ts';
import { erfc } from './erfc.ts';
import { exp } from './exp.ts';
import { expm1 } from './expm1.ts';
import type { VectorFunction } from './index.ts';
import { log } from './log.ts';
import { log1p } from './log1p.ts';
import { sigmoid } from './sigmoid.ts';
import { cos, sin } from './sin.ts';
import { tanh } from './tanh.ts';
import { applyMath, floatsOfAllSizes, neighbours, worstError } from '../../testing/math.ts';

const functions: readonly (readonly [HostFunction, VectorFunction, ulp: number])[] = [
  ['exp', exp, 1],
  ['sigmoid', sigmoid, 2.5],
  ['tanh', tanh, 6.1],
  ['erf', erf, 6.6],
  ['erfc', erfc, 9],
  ['expm1', expm1, 1.6],
  ['log', log, 1],
  ['log1p', log1p, 1.5],
  ['sin', sin, 1.5],
  ['cos', cos, 1.5],
];

describe.each(modes)('in mode %s', (mode) => {
  test.each(functions)('%s is right over all floats', (name, write, bound) => {
    const exact = hostFunctions[name] as (x: number) => number;
    const samples = [floatsOfAllSizes(200), neighbours(0.5, 2 ** 15), neighbours(4, 2 ** 16), neighbours(-4, 2 ** 15)];
    for (const xs of samples) {
      const { ulp, at } = worstError(xs, applyMath(write, xs, mode, name), exact);
      if (!(ulp <= bound)) expect.fail(`${name}(${at}) is ${ulp} ulp off`);
    }
  });

  const of = (write: VectorFunction, ...xs: number[]): number[] => [...applyMath(write, Float32Array.from(xs), mode)];

  test('exp overflows, underflows and makes denormal numbers where it should', () => {
    expect(of(exp, 88.7228, 88.73, Infinity, -87.4, -103.97, -103.98, -Infinity, NaN)).toEqual(
      [88.7228, 88.73, Infinity, -87.4, -103.97, -103.98, -Infinity, NaN].map((x) =>
        Math.fround(Math.exp(Math.fround(x))),
      ),
    );
  });

  test('tanh, sigmoid and erf saturate exactly and stay between their ends', () => {
    expect(of(tanh, 9.02, -9.02, 1e30, -Infinity)).toEqual([1, -1, 1, -1]);
    expect(of(erf, 3.93, -3.93, 1e30, -Infinity)).toEqual([1, -1, 1, -1]);
    expect(of(sigmoid, 17.4, 1e30, -104, -Infinity)).toEqual([1, 1, 0, 0]);
    for (const write of [tanh, erf])
      expect(Math.max(...of(write, ...neighbours(3.9, 2 ** 12), ...neighbours(8.9, 2 ** 12)))).toBe(1);
  });

  test('log has its pole at both zeros, and log1p at −1', () => {
    expect(of(log, 0, -0, -1, -1e-45, 1e-45, Infinity)).toEqual([
      -Infinity,
      -Infinity,
      NaN,
      NaN,
      Math.fround(Math.log(2 ** -149)),
      Infinity,
    ]);
    expect(of(log1p, -1, -1.5, 3e38, Infinity)).toEqual([
      -Infinity,
      NaN,
      Math.fround(Math.log1p(Math.fround(3e38))),
      Infinity,
    ]);
  });

  test('sin and cos are right next to their zeros and beyond the fast range', () => {
    const xs = Float32Array.from({ length: 5000 }, (_, k) => (k * Math.PI) / 2);
    for (const [write, exact] of [
      [sin, Math.sin],
      [cos, Math.cos],
    ] as const) {
      applyMath(write, xs, mode, exact === Math.sin ? 'sin' : 'cos').forEach((y, i) =>
        expect(Math.abs(y - exact(xs[i]!))).toBeLessThan(2 ** -24 * Math.abs(y) * 3 + 3e-11),
      );
    }
  });

  test('odd functions keep the sign of 0', () => {
    for (const write of [tanh, erf, expm1, log1p, sin]) expect(of(write, 0, -0)).toEqual([0, -0]);
  });
});
