import { i32, i32x4, type I32, type Statement, v128, type Value } from '../asm/index.ts';

/** An int32 in each lane. */
export type Ints = Value<'v128' | 'i32'>;
/** The result of a comparison in each lane. */
export type Mask = Value<'v128' | 'i32'>;

/** Arithmetic on int32 with wraparound. */
export interface IntLanes {
  const(value: number): Ints;
  splat(value: I32): Ints;
  load(address: I32, offset?: number): Ints;
  store(address: I32, value: Ints, offset?: number): Statement;
  add(a: Ints, b: Ints): Ints;
  sub(a: Ints, b: Ints): Ints;
  mul(a: Ints, b: Ints): Ints;
  min(a: Ints, b: Ints): Ints;
  max(a: Ints, b: Ints): Ints;
  and(a: Ints, b: Ints): Ints;
  or(a: Ints, b: Ints): Ints;
  xor(a: Ints, b: Ints): Ints;
  eq(a: Ints, b: Ints): Mask;
  lt(a: Ints, b: Ints): Mask;
  le(a: Ints, b: Ints): Mask;
  shl(a: Ints, bits: number): Ints;
  shrS(a: Ints, bits: number): Ints;
  shrU(a: Ints, bits: number): Ints;
}

export const simdInts: IntLanes = {
  const: i32x4.const,
  splat: i32x4.splat,
  load: v128.load,
  store: v128.store,
  add: i32x4.add,
  sub: i32x4.sub,
  mul: i32x4.mul,
  min: i32x4.minS,
  max: i32x4.maxS,
  and: v128.and,
  or: v128.or,
  xor: v128.xor,
  eq: i32x4.eq,
  lt: i32x4.ltS,
  le: i32x4.leS,
  shl: (a: Value<'v128'>, bits) => i32x4.shl(a, i32.const(bits)),
  shrS: (a: Value<'v128'>, bits) => i32x4.shrS(a, i32.const(bits)),
  shrU: (a: Value<'v128'>, bits) => i32x4.shrU(a, i32.const(bits)),
};

export const scalarInts: IntLanes = {
  const: i32.const,
  splat: (a) => a,
  load: i32.load,
  store: i32.store,
  add: i32.add,
  sub: i32.sub,
  mul: i32.mul,
  and: i32.and,
  or: i32.or,
  xor: i32.xor,
  min: (a: I32, b: I32) => i32.select(i32.ltS(b, a), b, a),
  max: (a: I32, b: I32) => i32.select(i32.ltS(a, b), b, a),
  eq: i32.eq,
  lt: i32.ltS,
  le: i32.leS,
  shl: (a: I32, bits) => i32.shl(a, i32.const(bits)),
  shrS: (a: I32, bits) => i32.shrS(a, i32.const(bits)),
  shrU: (a: I32, bits) => i32.shrU(a, i32.const(bits)),
};
