import {
  f32,
  f32x4,
  type FunctionBuilder,
  i16x8,
  i32,
  i32x4,
  i8x16,
  type I32,
  lanes32,
  type Statement,
  v128,
  type Value,
} from '../asm/index.ts';
import { type DoubleLanes, scalarDoubles, simdDoubles } from './doubles.ts';
import { type IntLanes, type Ints, type Mask, scalarInts, simdInts } from './ints.ts';

export type { Ints, Mask };

/** A float32 in each lane. */
export type Floats = Value<'v128' | 'f32'>;

/**
 * The instructions of a vector unit with four lanes or one, so that one source serves both. Code for one lane computes
 * the ends of rows, and everything on machines without SIMD.
 */
export interface Lanes {
  readonly width: 4 | 1;
  /** The WebAssembly types of floats and of ints. */
  readonly float: 'v128' | 'f32';
  readonly int: 'v128' | 'i32';

  const(value: number): Floats;
  splat(value: Value<'f32'>): Floats;
  load(address: I32, offset?: number): Floats;
  store(address: I32, value: Floats, offset?: number): Statement;
  /** Loads one float into all lanes. */
  loadSplat(address: I32, offset?: number): Floats;

  neg(a: Floats): Floats;
  abs(a: Floats): Floats;
  sqrt(a: Floats): Floats;
  floor(a: Floats): Floats;
  ceil(a: Floats): Floats;
  trunc(a: Floats): Floats;
  /** Rounds to the nearest integer, halves to even. */
  nearest(a: Floats): Floats;
  add(a: Floats, b: Floats): Floats;
  sub(a: Floats, b: Floats): Floats;
  mul(a: Floats, b: Floats): Floats;
  div(a: Floats, b: Floats): Floats;
  /** a·b + c and c − a·b. Relaxed SIMD may round only once. */
  madd(a: Floats, b: Floats, c: Floats): Floats;
  nmadd(a: Floats, b: Floats, c: Floats): Floats;
  /** NaN if either operand is NaN; −0 is less than 0. */
  min(a: Floats, b: Floats): Floats;
  max(a: Floats, b: Floats): Floats;
  /** b < a ? b : a, and a < b ? b : a, which are faster. They return `a` if either operand is NaN. */
  pmin(a: Floats, b: Floats): Floats;
  pmax(a: Floats, b: Floats): Floats;
  /** The sum of the lanes, as (0 + 2) + (1 + 3). */
  sum(f: FunctionBuilder, value: Floats): Value<'f32'>;

  eq(a: Floats, b: Floats): Mask;
  ne(a: Floats, b: Floats): Mask;
  lt(a: Floats, b: Floats): Mask;
  le(a: Floats, b: Floats): Mask;
  and(a: Mask, b: Mask): Mask;
  or(a: Mask, b: Mask): Mask;
  not(a: Mask): Mask;
  select(condition: Mask, yes: Floats, no: Floats): Floats;
  selectInts(condition: Mask, yes: Ints, no: Ints): Ints;
  /** A number other than 0 if the mask is set in at least one lane, and 0 otherwise. */
  any(mask: Mask): I32;
  /** Converts a mask to 1 and 0, and back. */
  toBools(mask: Mask): Ints;
  fromBools(bools: Ints): Mask;

  readonly ints: IntLanes;
  readonly doubles: DoubleLanes;
  /** Reinterprets the bits of floats as ints, and back. */
  asInts(a: Floats): Ints;
  asFloats(a: Ints): Floats;
  /**
   * Converts floats to ints, rounding toward zero; saturates, and converts NaN to 0. Converts ints to the nearest
   * floats.
   */
  toInts(a: Floats): Ints;
  toFloats(a: Ints): Floats;
  /** A byte in each lane, from 0 to 255. */
  loadBytes(address: I32, offset?: number): Ints;
  storeBytes(address: I32, value: Ints, offset?: number): Statement;
  /** Applies a function of single floats to each lane, for functions without vector code. */
  each(f: FunctionBuilder, inputs: readonly Floats[], one: (...lane: Value<'f32'>[]) => Value<'f32'>): Floats;
  /** The same for ints. */
  eachInt(f: FunctionBuilder, inputs: readonly Ints[], one: (...lane: I32[]) => I32): Ints;
}

/** Four lanes in a 128-bit vector. With `relaxed`, `madd` and `nmadd` are one instruction. */
export function simdLanes(relaxed: boolean): Lanes {
  return {
    width: 4,
    float: 'v128',
    int: 'v128',
    const: f32x4.const,
    splat: f32x4.splat,
    load: v128.load,
    store: v128.store,
    loadSplat: v128.splat32,
    neg: f32x4.neg,
    abs: f32x4.abs,
    sqrt: f32x4.sqrt,
    floor: f32x4.floor,
    ceil: f32x4.ceil,
    trunc: f32x4.trunc,
    nearest: f32x4.nearest,
    add: f32x4.add,
    sub: f32x4.sub,
    mul: f32x4.mul,
    div: f32x4.div,
    min: f32x4.min,
    max: f32x4.max,
    pmin: f32x4.pmin,
    pmax: f32x4.pmax,
    madd: relaxed
      ? f32x4.relaxedMadd
      : (a: Value<'v128'>, b: Value<'v128'>, c: Value<'v128'>) => f32x4.add(c, f32x4.mul(a, b)),
    nmadd: relaxed
      ? f32x4.relaxedNmadd
      : (a: Value<'v128'>, b: Value<'v128'>, c: Value<'v128'>) => f32x4.sub(c, f32x4.mul(a, b)),
    sum(f, value: Value<'v128'>) {
      const all = f.let(value);
      const half = f.let(f32x4.add(all, v128.shuffle(all, all, lanes32(2, 3, 2, 3))));
      return f32.add(f32x4.extract(half, 0), f32x4.extract(half, 1));
    },
    eq: f32x4.eq,
    ne: f32x4.ne,
    lt: f32x4.lt,
    le: f32x4.le,
    and: v128.and,
    or: v128.or,
    not: v128.not,
    select: (condition: Value<'v128'>, yes: Value<'v128'>, no: Value<'v128'>) => v128.bitselect(yes, no, condition),
    selectInts: (condition: Value<'v128'>, yes: Value<'v128'>, no: Value<'v128'>) => v128.bitselect(yes, no, condition),
    any: v128.anyTrue,
    toBools: (mask: Value<'v128'>) => v128.and(mask, i32x4.const(1)),
    fromBools: (bools: Value<'v128'>) => i32x4.ne(bools, i32x4.const(0)),
    doubles: simdDoubles,
    ints: simdInts,
    asInts: (a: Value<'v128'>) => a,
    asFloats: (a: Value<'v128'>) => a,
    toInts: i32x4.truncateF32x4,
    toFloats: f32x4.convertI32x4,
    loadBytes: (address, offset) => i32x4.extendLowI16x8U(i16x8.extendLowI8x16U(v128.load32(address, offset))),
    storeBytes(address, value: Value<'v128'>, offset) {
      const words = i16x8.narrowI32x4S(value, value);
      return v128.store32Lane(address, i8x16.narrowI16x8U(words, words), 0, offset);
    },
    each: (f, inputs: readonly Value<'v128'>[], one) => laneByLane(f, f32x4, inputs, one),
    eachInt: (f, inputs: readonly Value<'v128'>[], one) => laneByLane(f, i32x4, inputs, one),
  };
}

/** The instructions that read and replace one lane of a vector. */
interface LaneAccess<T extends 'f32' | 'i32'> {
  extract(a: Value<'v128'>, lane: number): Value<T>;
  replace(a: Value<'v128'>, lane: number, value: Value<T>): Value<'v128'>;
}

function laneByLane<T extends 'f32' | 'i32'>(
  f: FunctionBuilder,
  lanes: LaneAccess<T>,
  inputs: readonly Value<'v128'>[],
  one: (...lane: Value<T>[]) => Value<T>,
): Value<'v128'> {
  const vectors = inputs.map((value) => f.let(value));
  const result = f.local('v128');
  for (const lane of [0, 1, 2, 3])
    f.set(result, lanes.replace(result, lane, one(...vectors.map((v) => lanes.extract(v, lane)))));
  return result;
}

/** One lane. */
export function scalarLanes(): Lanes {
  return {
    width: 1,
    float: 'f32',
    int: 'i32',
    const: f32.const,
    splat: (a) => a,
    load: f32.load,
    store: f32.store,
    loadSplat: f32.load,
    neg: f32.neg,
    abs: f32.abs,
    sqrt: f32.sqrt,
    floor: f32.floor,
    ceil: f32.ceil,
    trunc: f32.trunc,
    nearest: f32.nearest,
    add: f32.add,
    sub: f32.sub,
    mul: f32.mul,
    div: f32.div,
    min: f32.min,
    max: f32.max,
    pmin: (a: Value<'f32'>, b: Value<'f32'>) => i32.select(f32.lt(b, a), b, a),
    pmax: (a: Value<'f32'>, b: Value<'f32'>) => i32.select(f32.lt(a, b), b, a),
    madd: (a: Value<'f32'>, b: Value<'f32'>, c: Value<'f32'>) => f32.add(c, f32.mul(a, b)),
    nmadd: (a: Value<'f32'>, b: Value<'f32'>, c: Value<'f32'>) => f32.sub(c, f32.mul(a, b)),
    sum: (_f, value: Value<'f32'>) => value,
    eq: f32.eq,
    ne: f32.ne,
    lt: f32.lt,
    le: f32.le,
    and: i32.and,
    or: i32.or,
    not: i32.eqz,
    select: (condition: I32, yes: Value<'f32'>, no: Value<'f32'>) => i32.select(condition, yes, no),
    selectInts: (condition: I32, yes: I32, no: I32) => i32.select(condition, yes, no),
    any: (mask: I32) => mask,
    toBools: (mask) => mask,
    fromBools: (bools: I32) => i32.ne(bools, i32.const(0)),
    doubles: scalarDoubles,
    ints: scalarInts,
    asInts: i32.reinterpretF32,
    asFloats: f32.reinterpretI32,
    toInts: i32.truncateF32,
    toFloats: f32.convertI32,
    loadBytes: i32.load8u,
    storeBytes: i32.store8,
    each: (_f, inputs, one) => one(...(inputs as readonly Value<'f32'>[])),
    eachInt: (_f, inputs, one) => one(...(inputs as readonly I32[])),
  };
}
