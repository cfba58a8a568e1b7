import { describe, expect, test } from 'vitest';
import { f32, type FunctionBuilder, type FunctionRef, type I32, type ModuleBuilder } from '../asm/index.ts';
import { type ComputeKernel, kernelParams, type Target } from '../kernels/common/kernel.ts';
import { type Mode, runKernel } from '../../testing/kernel.ts';
import { modes } from '../../testing/modes.ts';
import type { Doubles } from './doubles.ts';
import type { Floats, Ints, Lanes, Mask } from './lanes.ts';

/** Code of one operation: its operands are at three addresses. */
type Write = (l: Lanes, at: readonly [I32, I32, I32], f: FunctionBuilder) => Floats | Ints;

/** The bits of the results for whole vectors of operands. */
function apply(write: Write, operands: readonly (Float32Array | Int32Array)[], mode: Mode): Int32Array {
  const { length } = operands[0]!;
  const emit = (module: ModuleBuilder, { vector: l }: Target): FunctionRef =>
    module.func(kernelParams(4), [], (f, a, b, c, to) =>
      f.for(f.local('i32'), 0, length / l.width, 1, () => {
        const value = write(l, [a, b, c], f);
        f.add(value.type === 'i32' ? l.ints.store(to, value) : l.store(to, value as Floats));
        for (const pointer of [a, b, c, to]) f.increase(pointer, 4 * l.width);
      }),
    );
  const shape = { key: 'lanes', name: 'lanes', buffers: 4, units: 1, flops: 0, bytes: 0, scratch: 0 };
  const kernel: ComputeKernel = { ...shape, emit };
  return new Int32Array(runKernel(kernel, operands, [4 * length], mode)[0]!);
}

/** Three arrays with all pairs of the numbers, and a third that varies; whole vectors. */
function operandsOf(numbers: readonly number[]): number[][] {
  const rows = numbers.flatMap((a, i) => numbers.map((b, j) => [a, b, numbers[(3 * i + 5 * j) % numbers.length]!]));
  return [0, 1, 2].map((k) => rows.slice(0, rows.length & ~3).map((row) => row[k]!));
}

const specials = [
  ...[0, -0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 3.7, -3.7, NaN, Infinity, -Infinity, 1e-45, -1e-45, 2 ** -126, 8388609],
  ...[2 ** 24 - 1, 2 ** 31, 2 ** 31 - 128, -(2 ** 31), -(2 ** 31) - 256, 2 ** 32, 3.4e38, -3.4e38, 1e19, 0.1, 1 / 3],
];
const integers = [
  ...[0, 1, -1, 2, 31, 32, 255, 256, -256, 65535, 65536, 2 ** 31 - 1, -(2 ** 31), 1 - 2 ** 31, 1234567, -7654321],
];
const floats = operandsOf(specials).map((x) => Float32Array.from(x));
const ints = operandsOf(integers).map((x) => Int32Array.from(x));

const { fround } = Math;
const select = (b: boolean): number => (b ? 1 : 2);
const saturate = (x: number): number => Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, Math.trunc(x) || 0));

/** Operations on floats, and their results by JavaScript. */
const ofFloats: Record<
  string,
  readonly [(l: Lanes, a: Floats, b: Floats) => Floats, (a: number, b: number) => number]
> = {
  neg: [(l, a) => l.neg(a), (a) => -a],
  abs: [(l, a) => l.abs(a), Math.abs],
  sqrt: [(l, a) => l.sqrt(a), (a) => fround(Math.sqrt(a))],
  floor: [(l, a) => l.floor(a), Math.floor],
  ceil: [(l, a) => l.ceil(a), Math.ceil],
  trunc: [(l, a) => l.trunc(a), Math.trunc],
  nearest: [(l, a) => l.nearest(a), halvesToEven],
  add: [(l, a, b) => l.add(a, b), (a, b) => fround(a + b)],
  sub: [(l, a, b) => l.sub(a, b), (a, b) => fround(a - b)],
  mul: [(l, a, b) => l.mul(a, b), (a, b) => fround(a * b)],
  div: [(l, a, b) => l.div(a, b), (a, b) => fround(a / b)],
  min: [(l, a, b) => l.min(a, b), Math.min],
  max: [(l, a, b) => l.max(a, b), Math.max],
  pmin: [(l, a, b) => l.pmin(a, b), (a, b) => (b < a ? b : a)],
  pmax: [(l, a, b) => l.pmax(a, b), (a, b) => (a < b ? b : a)],
};

function halvesToEven(x: number): number {
  const low = Math.floor(x);
  if (!Number.isFinite(x) || x === low) return x;
  const rounded = x - low === 0.5 ? low + (((low % 2) + 2) % 2) : Math.round(x);
  return rounded === 0 && x < 0 ? -0 : rounded;
}

const masks: Record<string, readonly [(l: Lanes, a: Floats, b: Floats) => Mask, (a: number, b: number) => boolean]> = {
  eq: [(l, a, b) => l.eq(a, b), (a, b) => a === b],
  ne: [(l, a, b) => l.ne(a, b), (a, b) => a !== b],
  lt: [(l, a, b) => l.lt(a, b), (a, b) => a < b],
  le: [(l, a, b) => l.le(a, b), (a, b) => a <= b],
  and: [(l, a, b) => l.and(l.lt(a, b), l.lt(a, l.const(0))), (a, b) => a < b && a < 0],
  or: [(l, a, b) => l.or(l.lt(a, b), l.lt(a, l.const(0))), (a, b) => a < b || a < 0],
  not: [(l, a, b) => l.not(l.lt(a, b)), (a, b) => !(a < b)],
  'toBools and fromBools': [(l, a, b) => l.fromBools(l.toBools(l.le(a, b))), (a, b) => a <= b],
};

const ofInts: Record<
  string,
  readonly [(l: Lanes['ints'], a: Ints, b: Ints) => Ints, (a: number, b: number) => number]
> = {
  add: [(l, a, b) => l.add(a, b), (a, b) => a + b],
  sub: [(l, a, b) => l.sub(a, b), (a, b) => a - b],
  mul: [(l, a, b) => l.mul(a, b), Math.imul],
  min: [(l, a, b) => l.min(a, b), Math.min],
  max: [(l, a, b) => l.max(a, b), Math.max],
  and: [(l, a, b) => l.and(a, b), (a, b) => a & b],
  or: [(l, a, b) => l.or(a, b), (a, b) => a | b],
  xor: [(l, a, b) => l.xor(a, b), (a, b) => a ^ b],
  shl: [(l, a) => l.shl(a, 5), (a) => a << 5],
  shrS: [(l, a) => l.shrS(a, 5), (a) => a >> 5],
  shrU: [(l, a) => l.shrU(a, 5), (a) => a >>> 5],
};

/** Expects results that are the same as those of JavaScript; all NaNs are alike. */
function expectFloats(actual: Int32Array, expected: (i: number) => number): void {
  new Float32Array(actual.buffer as ArrayBuffer).forEach((value, i) => {
    if (!Object.is(value, fround(expected(i))))
      expect.fail(`${value} instead of ${expected(i)} for ${floats.map((x) => x[i]).join(' and ')}`);
  });
}

describe.each(modes)('lanes in mode %s', (mode) => {
  test.each(Object.entries(ofFloats))('%s of floats follows IEEE 754, specials included', (_, [write, exact]) => {
    const actual = apply((l, [a, b]) => write(l, l.load(a), l.load(b)), floats, mode);
    expectFloats(actual, (i) => exact(floats[0]![i]!, floats[1]![i]!));
  });

  test.each(Object.entries(masks))('%s of floats selects as JavaScript does', (_, [write, exact]) => {
    const actual = apply((l, [a, b]) => l.select(write(l, l.load(a), l.load(b)), l.const(1), l.const(2)), floats, mode);
    expectFloats(actual, (i) => select(exact(floats[0]![i]!, floats[1]![i]!)));
  });

  test.each(Object.entries(ofInts))('%s of ints wraps around', (_, [write, exact]) => {
    const actual = apply(({ ints: l }, [a, b]) => write(l, l.load(a), l.load(b)), ints, mode);
    expect([...actual]).toEqual(Array.from(actual, (_value, i) => exact(ints[0]![i]!, ints[1]![i]!) | 0));
  });

  test('madd and nmadd round once or twice', () => {
    for (const [write, sign] of [
      [(l: Lanes, a: Floats, b: Floats, c: Floats) => l.madd(a, b, c), 1],
      [(l: Lanes, a: Floats, b: Floats, c: Floats) => l.nmadd(a, b, c), -1],
    ] as const) {
      const actual = apply((l, [a, b, c]) => write(l, l.load(a), l.load(b), l.load(c)), floats, mode);
      new Float32Array(actual.buffer as ArrayBuffer).forEach((value, i) => {
        const [a, b, c] = floats.map((x) => x[i]!) as [number, number, number];
        const [once, twice] = [fround(c + sign * a * b), fround(c + sign * fround(a * b))];
        // JavaScript rounds the sum to float64 first, so `once` may be off by a unit in the last place.
        const isNear = Object.is(value, once) || Math.abs(value - once) <= 2 ** -23 * Math.abs(once);
        if (!Object.is(value, twice) && !(mode === 'relaxed' && isNear))
          expect.fail(`${value} instead of ${twice} or ${once} for ${a} · ${b}, ${c}`);
      });
    }
  });

  test('conversions saturate, and reinterpretations keep the bits', () => {
    const converted = apply((l, [a]) => l.toInts(l.load(a)), floats, mode);
    expect([...converted]).toEqual(Array.from(floats[0]!, saturate));
    const back = apply((l, [a]) => l.toFloats(l.ints.load(a)), ints, mode);
    expect([...new Float32Array(back.buffer as ArrayBuffer)]).toEqual(Array.from(ints[0]!, fround));
    const bits = apply((l, [a]) => l.asFloats(l.asInts(l.load(a))), floats, mode);
    expect([...bits]).toEqual([...new Int32Array(floats[0]!.buffer)]);
  });

  test('bytes are unsigned, and only their low 8 bits are stored', () => {
    const bytes = apply((l, [a]) => l.loadBytes(a, 1), ints, mode);
    const all = new Uint8Array(ints[0]!.buffer);
    const width = mode === 'scalar' ? 1 : 4;
    expect([...bytes]).toEqual(Array.from(bytes, (_, i) => all[4 * (i - (i % width)) + (i % width) + 1]));
  });

  test('sums, splats and single lanes take all lanes in a fixed order', () => {
    const sum = apply((l, [a], f) => l.splat(l.sum(f, l.load(a))), floats, mode);
    const x = floats[0]!;
    expectFloats(sum, (i) => {
      const at = i & ~3;
      return mode === 'scalar' ? x[i]! : fround(fround(x[at]! + x[at + 2]!) + fround(x[at + 1]! + x[at + 3]!));
    });
    const first = apply((l, [a]) => l.loadSplat(a), floats, mode);
    expectFloats(first, (i) => x[mode === 'scalar' ? i : i & ~3]!);
    const any = apply((l, [a], f) => l.splat(numberOf(f, l, l.lt(l.load(a), l.const(0)))), floats, mode);
    expectFloats(any, (i) =>
      Number((mode === 'scalar' ? [x[i]!] : [...x.slice(i & ~3, (i & ~3) + 4)]).some((v) => v < 0)),
    );
  });

  test('doubles hold every float, round once when narrowed, and keep NaN', () => {
    const same = apply((l, [a], f) => l.doubles.narrow(l.doubles.widen(f, l.load(a))), floats, mode);
    expectFloats(same, (i) => floats[0]![i]!);
    const total = apply(
      (l, addresses, f) => {
        const d = l.doubles;
        const [a, b, c] = addresses.map((at) => d.widen(f, l.load(at))) as [Doubles, Doubles, Doubles];
        return d.narrow(d.add(d.mul(a, b), c));
      },
      floats,
      mode,
    );
    expectFloats(total, (i) => floats[0]![i]! * floats[1]![i]! + floats[2]![i]!);
  });
});

/** 1 if a mask is set in any lane, and 0 otherwise. */
function numberOf(f: FunctionBuilder, l: Lanes, mask: Mask): ReturnType<Lanes['sum']> {
  const result = f.let(f32.const(0));
  f.if(l.any(mask), () => f.set(result, f32.const(1)));
  return result;
}
