import { describe, expect, it } from 'vitest';
import { oracle } from '../oracle/index.ts';
import { tensor } from '../ops/creation/creation.ts';
import type { Tensor } from '../array/tensor.ts';
import { mapNode } from '../nodes/map.ts';
import { arg, operation } from './expr.ts';
import { erf, floorMod, roundEven, sigmoid } from './scalar.ts';

/** x and erf x; from the series in decimal arithmetic of 80 digits, 20 of them shown. */
const references = [
  [1e-300, 1.1283791670955126022e-300],
  [1e-10, 1.128379167095512615e-10],
  [0.001, 0.0011283787909692364034],
  [0.1, 0.1124629160182848984],
  [0.25, 0.27632639016823693299],
  [0.5, 0.52049987781304653768],
  [0.75, 0.7111556336535151316],
  [1, 0.84270079294971486934],
  [1.25, 0.92290012825645823014],
  [1.5, 0.96610514647531072707],
  [2, 0.99532226501895273416],
  [2.5, 0.99959304798255504106],
  [2.75, 0.99989937807788036316],
  [2.999, 0.99997776983140016594],
  [3, 0.99997790950300141456],
  [3.001, 0.9999780483390822627],
  [3.5, 0.99999925690162765859],
  [4, 0.99999998458274209972],
  [5, 0.99999999999846254021],
  [5.9, 0.9999999999999999281],
] as const;

describe('erf', () => {
  it('agrees with values of 20 digits', () => {
    for (const [x, exact] of references) {
      expect(Math.abs(erf(x) / exact - 1), `erf(${x})`).toBeLessThan(1e-15);
      expect(erf(-x)).toBe(-erf(x));
    }
  });

  it('of the oracle agrees with them, too', () => {
    const values = oracle((x: Tensor) => mapNode(operation('erf', [arg(0)]), [x]))(
      tensor(
        references.map(([x]) => x),
        undefined,
        'float64',
      ),
    ).data;
    references.forEach(([x, exact], i) => expect(Math.abs(values[i]! / exact - 1), `erf(${x})`).toBeLessThan(1e-15));
  });

  it('has its limits at infinity, keeps the sign of 0 and NaN', () => {
    expect([erf(Infinity), erf(-Infinity), erf(0), erf(-0), erf(NaN)]).toEqual([1, -1, 0, -0, NaN]);
  });
});

describe('roundEven', () => {
  it('takes the even neighbor of a half', () => {
    expect([0.5, 1.5, 2.5, -0.5, -1.5, -2.5].map(roundEven)).toEqual([0, 2, 2, -0, -2, -2]);
  });

  it('keeps integers, infinities and NaN', () => {
    expect([2 ** 53, -(2 ** 52) - 1, Infinity, -Infinity, NaN, -0].map(roundEven)).toEqual([
      2 ** 53,
      -(2 ** 52) - 1,
      Infinity,
      -Infinity,
      NaN,
      -0,
    ]);
  });

  it('is not deceived by the number just below a half', () => {
    expect(roundEven(0.49999999999999994)).toBe(0);
  });
});

describe('floorMod', () => {
  it('has the sign of the divisor', () => {
    expect([floorMod(7, 3), floorMod(-7, 3), floorMod(7, -3), floorMod(-7, -3)]).toEqual([1, 2, -2, -1]);
  });

  it('of a division by 0 is NaN', () => {
    expect(floorMod(1, 0)).toBeNaN();
  });
});

describe('sigmoid', () => {
  it('neither overflows nor leaves [0, 1]', () => {
    expect([sigmoid(-1000), sigmoid(0), sigmoid(1000), sigmoid(-Infinity)]).toEqual([0, 0.5, 1, 0]);
  });
});
