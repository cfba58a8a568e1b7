import { floatCode } from './numeric.ts';
import {
  type Binary,
  type Code,
  codeOf,
  type I32,
  type Load,
  op,
  type Statement,
  type Store,
  type Unary,
  unsigned,
  type V128,
  type Value,
  type ValueType,
} from './value.ts';

const vector = (opcode: number): Code => codeOf(0xfd) + unsigned(opcode);
const constant = (bytes: Code): V128 => ({ type: 'v128', code: vector(0x0c) + bytes });
const unary = (opcode: number): Unary<'v128'> => op.unary('v128', vector(opcode));
const binary = (opcode: number): Binary<'v128'> => op.binary('v128', vector(opcode));
const shift = (opcode: number): Binary<'v128', 'v128', 'i32'> => op.binary('v128', vector(opcode));
const ternary = (opcode: number): Ternary => op.ternary('v128', vector(opcode));
const load = (align: number, opcode: number): Load<'v128'> => op.load('v128', align, vector(opcode));
const splat = <A extends ValueType>(opcode: number): Unary<A, 'v128'> => op.unary('v128', vector(opcode));
const extract =
  <R extends ValueType>(type: R, opcode: number) =>
  (a: V128, lane: number): Value<R> => ({ type, code: a.code + vector(opcode) + codeOf(lane) });
const replace =
  <A extends ValueType>(opcode: number) =>
  (a: V128, lane: number, value: Value<A>): V128 => ({
    type: 'v128',
    code: a.code + value.code + vector(opcode) + codeOf(lane),
  });

type Ternary = (a: V128, b: V128, c: V128) => V128;
type Group<Names extends string, F> = Record<Names, F>;

/**
 * Instructions on 128 bits that do not depend on the type of the lanes. `load32` and `load64` set the rest of the
 * vector to 0; `splat32` loads one word into all four lanes.
 */
export const v128: Group<'load' | 'load32' | 'load64' | 'splat32', Load<'v128'>> &
  Group<'and' | 'andNot' | 'or' | 'xor', Binary<'v128'>> & {
    store: Store<'v128'>;
    load32Lane: (address: I32, value: V128, lane: number, offset?: number) => V128;
    store32Lane: (address: I32, value: V128, lane: number, offset?: number) => Statement;
    store64Lane: (address: I32, value: V128, lane: number, offset?: number) => Statement;
    const: (bytes: Iterable<number>) => V128;
    shuffle: (a: V128, b: V128, bytes: readonly number[]) => V128;
    not: Unary<'v128'>;
    bitselect: Ternary;
    anyTrue: Unary<'v128', 'i32'>;
  } = {
  load: load(4, 0x00),
  store: op.store(4, vector(0x0b)),
  splat32: load(2, 0x09),
  load32: load(2, 0x5c),
  load64: load(3, 0x5d),
  load32Lane: (address, value, lane, offset = 0) => ({
    type: 'v128',
    code: address.code + value.code + vector(0x56) + codeOf(2) + unsigned(offset) + codeOf(lane),
  }),
  store32Lane: (address, value, lane, offset = 0) => ({
    statement: address.code + value.code + vector(0x5a) + codeOf(2) + unsigned(offset) + codeOf(lane),
  }),
  store64Lane: (address, value, lane, offset = 0) => ({
    statement: address.code + value.code + vector(0x5b) + codeOf(3) + unsigned(offset) + codeOf(lane),
  }),
  const: (bytes) => constant(codeOf(...bytes)),
  /** Picks 16 bytes by number: 0–15 are the bytes of `a`, and 16–31 those of `b`. */
  shuffle: (a, b, bytes) => ({ type: 'v128', code: a.code + b.code + vector(0x0d) + codeOf(...bytes) }),
  not: unary(0x4d),
  and: binary(0x4e),
  /** a & ~b */
  andNot: binary(0x4f),
  or: binary(0x50),
  xor: binary(0x51),
  /** Takes each bit from `a` if the bit of `c` is set, and from `b` otherwise. */
  bitselect: ternary(0x52),
  anyTrue: op.unary('i32', vector(0x53)),
};

/** Converts numbers of 32-bit lanes to the numbers of their bytes, for `v128.shuffle`. */
export function lanes32(...lanes: readonly number[]): number[] {
  return lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte));
}

/**
 * Instructions on four lanes of float32. `pmin(a, b)` computes b < a ? b : a, and `pmax(a, b)` computes a < b ? b : a.
 * The relaxed instructions need an engine with relaxed SIMD.
 */
export const f32x4: Group<
  'eq' | 'ne' | 'lt' | 'gt' | 'le' | 'ge' | 'add' | 'sub' | 'mul' | 'div' | 'min' | 'max' | 'pmin' | 'pmax',
  Binary<'v128'>
> &
  Group<
    'ceil' | 'floor' | 'trunc' | 'nearest' | 'abs' | 'neg' | 'sqrt' | 'convertI32x4' | 'convertU32x4',
    Unary<'v128'>
  > &
  Group<'relaxedMadd' | 'relaxedNmadd', Ternary> & {
    const: (value: number) => V128;
    splat: Unary<'f32', 'v128'>;
    extract: (a: V128, lane: number) => Value<'f32'>;
    replace: (a: V128, lane: number, value: Value<'f32'>) => V128;
  } = {
  const: (value) => constant(floatCode(value).repeat(4)),
  splat: splat(0x13),
  extract: extract('f32', 0x1f),
  replace: replace(0x20),
  eq: binary(0x41),
  ne: binary(0x42),
  lt: binary(0x43),
  gt: binary(0x44),
  le: binary(0x45),
  ge: binary(0x46),
  ceil: unary(0x67),
  floor: unary(0x68),
  trunc: unary(0x69),
  nearest: unary(0x6a),
  abs: unary(0xe0),
  neg: unary(0xe1),
  sqrt: unary(0xe3),
  add: binary(0xe4),
  sub: binary(0xe5),
  mul: binary(0xe6),
  div: binary(0xe7),
  min: binary(0xe8),
  max: binary(0xe9),
  pmin: binary(0xea),
  pmax: binary(0xeb),
  convertI32x4: unary(0xfa),
  convertU32x4: unary(0xfb),
  /** a·b + c. Whether the product is rounded before the addition depends on the machine. */
  relaxedMadd: ternary(0x105),
  /** c − a·b, rounded in the same way. */
  relaxedNmadd: ternary(0x106),
};

/**
 * Instructions on two lanes of float64. `promoteLow` converts the first two of four floats. `demote` converts both
 * lanes to the first two of four floats, and sets the others to 0.
 */
export const f64x2: Group<'add' | 'mul', Binary<'v128'>> &
  Group<'promoteLow' | 'demote', Unary<'v128'>> & {
    splat: Unary<'f64', 'v128'>;
    extract: (a: V128, lane: number) => Value<'f64'>;
  } = {
  splat: splat(0x14),
  extract: extract('f64', 0x21),
  add: binary(0xf0),
  mul: binary(0xf2),
  promoteLow: unary(0x5f),
  demote: unary(0x5e),
};

/** Instructions on four lanes of int32. */
export const i32x4: Group<
  | 'eq'
  | 'ne'
  | 'ltS'
  | 'gtS'
  | 'leS'
  | 'geS'
  | 'ltU'
  | 'gtU'
  | 'add'
  | 'sub'
  | 'mul'
  | 'minS'
  | 'maxS'
  | 'minU'
  | 'maxU',
  Binary<'v128'>
> &
  Group<'shl' | 'shrS' | 'shrU', Binary<'v128', 'v128', 'i32'>> &
  Group<'abs' | 'neg' | 'truncateF32x4' | 'extendLowI16x8U' | 'extendLowI16x8S', Unary<'v128'>> & {
    const: (value: number) => V128;
    splat: Unary<'i32', 'v128'>;
    extract: (a: V128, lane: number) => Value<'i32'>;
    replace: (a: V128, lane: number, value: Value<'i32'>) => V128;
    bitmask: Unary<'v128', 'i32'>;
  } = {
  const: (value) => constant(codeOf(...new Uint8Array(Int32Array.of(value).buffer)).repeat(4)),
  splat: splat(0x11),
  extract: extract('i32', 0x1b),
  replace: replace(0x1c),
  eq: binary(0x37),
  ne: binary(0x38),
  ltS: binary(0x39),
  ltU: binary(0x3a),
  gtS: binary(0x3b),
  gtU: binary(0x3c),
  leS: binary(0x3d),
  geS: binary(0x3f),
  abs: unary(0xa0),
  neg: unary(0xa1),
  bitmask: op.unary('i32', vector(0xa4)),
  extendLowI16x8S: unary(0xa7),
  extendLowI16x8U: unary(0xa9),
  shl: shift(0xab),
  shrS: shift(0xac),
  shrU: shift(0xad),
  add: binary(0xae),
  sub: binary(0xb1),
  mul: binary(0xb5),
  minS: binary(0xb6),
  minU: binary(0xb7),
  maxS: binary(0xb8),
  maxU: binary(0xb9),
  /** Rounds toward zero. Numbers out of range saturate, and NaN becomes 0. */
  truncateF32x4: unary(0xf8),
};

/** 64-bit products of unsigned 32-bit lanes: of the first two lanes, or of the last two. */
export const i64x2: Group<'mulLowU32x4' | 'mulHighU32x4', Binary<'v128'>> = {
  mulLowU32x4: binary(0xde),
  mulHighU32x4: binary(0xdf),
};
/** Conversions between lanes of 8, 16 and 32 bits; only those that kernels use. */
export const i16x8: Group<'extendLowI8x16U', Unary<'v128'>> & Group<'narrowI32x4S', Binary<'v128'>> = {
  extendLowI8x16U: unary(0x89),
  narrowI32x4S: binary(0x85),
};
/** More conversions: from 16 bits to 8, with saturation. */
export const i8x16: Group<'narrowI16x8U' | 'narrowI16x8S', Binary<'v128'>> = {
  narrowI16x8S: binary(0x65),
  narrowI16x8U: binary(0x66),
};
