import {
  f32,
  type F64,
  f64,
  f64x2,
  type FunctionBuilder,
  type I32,
  lanes32,
  type Statement,
  v128,
  type V128,
  type Value,
} from '../asm/index.ts';

/** A float32 in each lane; the `Floats` of `lanes.ts`. */
type Floats = Value<'v128' | 'f32'>;
/** A float64 in each lane: two vectors of two, or one number. */
export type Doubles = readonly Value<'v128' | 'f64'>[];

/** Arithmetic on float64, for sums of many float32. */
export interface DoubleLanes {
  /** The WebAssembly types of the values. */
  readonly types: readonly ('v128' | 'f64')[];
  const(value: number): Doubles;
  /** Loads and stores 8 bytes for each lane. */
  load(address: I32): Doubles;
  store(address: I32, a: Doubles): Statement[];
  /** Converts floats to doubles, and back with rounding. */
  widen(f: FunctionBuilder, a: Floats): Doubles;
  narrow(a: Doubles): Floats;
  add(a: Doubles, b: Doubles): Doubles;
  mul(a: Doubles, b: Doubles): Doubles;
  /** The lanes one by one. */
  each(a: Doubles): F64[];
}

export const simdDoubles: DoubleLanes = {
  types: ['v128', 'v128'],
  const: (value) => [f64x2.splat(f64.const(value)), f64x2.splat(f64.const(value))],
  load: (address) => [v128.load(address), v128.load(address, 16)],
  store: (address, a) => a.map((x, i) => v128.store(address, x as V128, 16 * i)),
  widen(f, a: Value<'v128'>) {
    const all = f.let(a);
    return [f64x2.promoteLow(all), f64x2.promoteLow(v128.shuffle(all, all, lanes32(2, 3, 2, 3)))];
  },
  narrow: ([low, high]) => v128.shuffle(f64x2.demote(low as V128), f64x2.demote(high as V128), lanes32(0, 1, 4, 5)),
  add: (a, b) => a.map((x, i) => f64x2.add(x as V128, b[i] as V128)),
  mul: (a, b) => a.map((x, i) => f64x2.mul(x as V128, b[i] as V128)),
  each: (a) => a.flatMap((x) => [f64x2.extract(x as V128, 0), f64x2.extract(x as V128, 1)]),
};

export const scalarDoubles: DoubleLanes = {
  types: ['f64'],
  const: (value) => [f64.const(value)],
  load: (address) => [f64.load(address)],
  store: (address, [a]) => [f64.store(address, a as F64)],
  widen: (_f, a: Value<'f32'>) => [f64.promote(a)],
  narrow: ([a]) => f32.demote(a as F64),
  add: ([a], [b]) => [f64.add(a as F64, b as F64)],
  mul: ([a], [b]) => [f64.mul(a as F64, b as F64)],
  each: ([a]) => [a as F64],
};
