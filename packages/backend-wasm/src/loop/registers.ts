import type { DType } from '@chainrule/tensor';
import { byteSize } from '@chainrule/tensor/graph';
import {
  f32,
  f32x4,
  type FunctionBuilder,
  i32,
  type I32,
  i32x4,
  type Local,
  type Statement,
  v128,
  type V128,
} from '../asm/index.ts';
import type { Floats, Ints, Lanes, Mask } from '../lanes/lanes.ts';

/** An element of any dtype in a register: bool as a mask, uint8 as an int. */
export type Register = Floats | Ints | Mask;

/** The type of the local that holds a value of this dtype. */
export function registerType(l: Lanes, dtype: DType): 'v128' | 'f32' | 'i32' {
  return dtype === 'float32' ? l.float : l.int;
}

export function constant(l: Lanes, dtype: DType, value: number): Register {
  if (dtype === 'float32') return l.const(value);
  if (dtype === 'bool') return l.fromBools(l.ints.const(value));
  return l.ints.const(value);
}

/** Loads adjacent elements, one in each lane. */
export function load(l: Lanes, dtype: DType, address: I32, offset = 0): Register {
  if (dtype === 'float32') return l.load(address, offset);
  if (dtype === 'int32') return l.ints.load(address, offset);
  return dtype === 'bool' ? l.fromBools(l.loadBytes(address, offset)) : l.loadBytes(address, offset);
}

export function store(l: Lanes, dtype: DType, address: I32, value: Register, offset = 0): Statement {
  if (dtype === 'float32') return l.store(address, value as Floats, offset);
  if (dtype === 'int32') return l.ints.store(address, value as Ints, offset);
  return l.storeBytes(address, dtype === 'bool' ? l.toBools(value as Mask) : (value as Ints), offset);
}

/** Loads one element into all lanes. */
export function loadOne(l: Lanes, dtype: DType, address: I32): Register {
  if (dtype === 'float32') return l.loadSplat(address);
  const all = l.ints.splat(dtype === 'int32' ? i32.load(address) : i32.load8u(address));
  return dtype === 'bool' ? l.fromBools(all) : all;
}

/** Loads elements `step` bytes apart, one in each lane. */
export function loadStrided(f: FunctionBuilder, l: Lanes, dtype: DType, address: I32, step: number): Register {
  if (l.width === 1) return load(l, dtype, address);
  let lane = 0;
  const next = (): I32 => i32.add(address, i32.const(step * lane++));
  if (dtype === 'float32') return l.each(f, [], () => f32.load(next()));
  const ints = l.eachInt(f, [], () => (dtype === 'int32' ? i32.load(next()) : i32.load8u(next())));
  return dtype === 'bool' ? l.fromBools(ints) : ints;
}

/** Stores elements `step` bytes apart, one from each lane. */
export function storeStrided(
  f: FunctionBuilder,
  l: Lanes,
  dtype: DType,
  address: I32,
  value: Register,
  step: number,
): void {
  if (l.width === 1) return f.add(store(l, dtype, address, value));
  const lanes = f.let((dtype === 'bool' ? l.toBools(value as Mask) : value) as V128);
  const isWord = byteSize(dtype) === 4;
  for (let lane = 0; lane < l.width; lane++) {
    const at = i32.add(address, i32.const(step * lane));
    f.add(isWord ? v128.store32Lane(at, lanes, lane) : i32.store8(at, i32x4.extract(lanes, lane)));
  }
}

/** Copies a register to a new local. */
export function keep(f: FunctionBuilder, value: Register): Local<'v128' | 'f32' | 'i32'> {
  return f.let(value);
}

/** Combines the lanes of a vector as (0 ∘ 2) ∘ (1 ∘ 3). */
export function joinLanes(
  f: FunctionBuilder,
  l: Lanes,
  dtype: DType,
  value: Register,
  join: (a: Register, b: Register) => Register,
): Register {
  if (l.width === 1) return value;
  const all = f.let(value as V128);
  const lane = (i: number): Register => (dtype === 'float32' ? f32x4.extract(all, i) : i32x4.extract(all, i));
  return join(join(lane(0), lane(2)), join(lane(1), lane(3)));
}
