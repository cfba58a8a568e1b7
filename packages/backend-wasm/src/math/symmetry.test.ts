import { describe, expect, test } from 'vitest';
import { applyMath, floatsOfAllSizes, neighbours } from '../../testing/math.ts';
import { modes } from '../../testing/modes.ts';
import { type HostFunction, hostFunctions } from './hostFunctions.ts';
import { vectorMath, type VectorFunction } from './index.ts';

const functions = Object.entries(vectorMath) as [HostFunction, VectorFunction][];
const all = floatsOfAllSizes(60);
const numbers = Float32Array.from([...all, ...neighbours(0.3, 1000), ...neighbours(5, 1000), ...neighbours(80, 1000)]);

/** The bits of results, with one NaN for all. */
const bitsOf = (values: Float32Array): Int32Array =>
  new Int32Array(values.map((x) => (Number.isNaN(x) ? NaN : x)).buffer);

describe.each(modes)('vector functions in mode %s', (mode) => {
  test.each(functions)('%s of a number does not depend on the lane or on the other lanes', (name, write) => {
    const straight = bitsOf(applyMath(write, numbers, mode, name));
    for (let shift = 1; shift < 4; shift++) {
      const moved = new Float32Array(numbers.length + shift);
      moved.set(numbers, shift);
      moved.fill([NaN, -Infinity, 1e30, 0][shift]!, 0, shift);
      expect(bitsOf(applyMath(write, moved, mode, name)).subarray(shift)).toEqual(straight);
    }
  });

  test.each(['tanh', 'erf', 'sin'] as const)('%s is odd, bit for bit', (name) => {
    const write = vectorMath[name]!;
    const negative = numbers.map((x) => -x);
    expect(bitsOf(applyMath(write, negative, mode, name).map((y) => -y))).toEqual(
      bitsOf(applyMath(write, numbers, mode, name)),
    );
  });

  test('cos is even, bit for bit', () => {
    const negative = numbers.map((x) => -x);
    expect(bitsOf(applyMath(vectorMath.cos!, negative, mode, 'cos'))).toEqual(
      bitsOf(applyMath(vectorMath.cos!, numbers, mode, 'cos')),
    );
  });

  const bounds: Partial<Record<HostFunction, readonly [least: number, most: number]>> = {
    tanh: [-1, 1],
    erf: [-1, 1],
    erfc: [0, 2],
    sigmoid: [0, 1],
    sin: [-1, 1],
    cos: [-1, 1],
    exp: [0, Infinity],
    expm1: [-1, Infinity],
  };
  test.each(Object.entries(bounds))('%s stays within its range', (name, [least, most]) => {
    const values = applyMath(vectorMath[name as HostFunction]!, numbers, mode, name as HostFunction);
    const wrong = values.findIndex(
      (y, i) => !(y >= least && y <= most) && !Number.isNaN(numbers[i]) && Number.isFinite(numbers[i]),
    );
    if (wrong >= 0) expect.fail(`${name}(${numbers[wrong]}) is ${values[wrong]}`);
  });

  test.each(functions)('%s is NaN, infinite or 0 exactly where it is in JavaScript', (name, write) => {
    const exact = hostFunctions[name] as (x: number) => number;
    applyMath(write, all, mode, name).forEach((y, i) => {
      const right = Math.fround(exact(all[i]!));
      const kind = (x: number): number => (Number.isFinite(x) && x !== 0 ? 1 : x);
      if (!Object.is(kind(y), kind(right))) expect.fail(`${name}(${all[i]}) is ${y}, not ${right}`);
    });
  });
});

test.each(functions)('%s has the same bits on four lanes and on one, without relaxed SIMD', (name, write) => {
  expect(bitsOf(applyMath(write, numbers, 'simd', name))).toEqual(bitsOf(applyMath(write, numbers, 'scalar', name)));
});
