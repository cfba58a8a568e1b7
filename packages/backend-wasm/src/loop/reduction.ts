import type { DType } from '@chainrule/tensor';
import type { FunctionBuilder, I32, Local } from '../asm/index.ts';
import type { Floats, Ints, Lanes, Mask } from '../lanes.ts';
import { joinLanes, type Register, registerType } from './registers.ts';
import type { Reduced } from './spec.ts';

/** A running total; that of bool is kept as ints 0 and 1. */
export type Total = Local<'v128' | 'f32' | 'i32'>;

const starts: Record<Reduced['op'], readonly [float: number, int: number]> = {
  sum: [0, 0],
  prod: [1, 1],
  max: [-Infinity, -(2 ** 31)],
  min: [Infinity, 2 ** 31 - 1],
};

/** Sets a total to what changes nothing. */
export function start(f: FunctionBuilder, l: Lanes, { op, dtype }: Reduced, total: Total): void {
  const [float, int] = starts[op];
  f.set(total, dtype === 'float32' ? l.const(float) : l.ints.const(int));
}

export function totals(f: FunctionBuilder, l: Lanes, { dtype }: Reduced, count: number): Total[] {
  return f.locals(registerType(l, dtype), count);
}

export function accumulate(f: FunctionBuilder, l: Lanes, { op, dtype }: Reduced, total: Total, value: Register): void {
  f.set(total, join(l, op, dtype, total, dtype === 'bool' ? l.toBools(value as Mask) : value));
}

/** Joins totals of all vectors, then the lanes, then what the ends of rows gave. */
export function finish(f: FunctionBuilder, l: Lanes, scalar: Lanes, { op, dtype }: Reduced, vectors: readonly Total[], rest: Total): Register {
  const [first, ...others] = vectors;
  for (const other of others) f.set(first!, join(l, op, dtype, first!, other));
  const one = joinLanes(f, l, dtype, first!, (a, b) => join(scalar, op, dtype, a, b));
  return join(scalar, op, dtype, one, rest);
}

/** Writes a total to memory. */
export function storeTotal(l: Lanes, { dtype }: Reduced, address: I32, total: Register, offset = 0): ReturnType<Lanes['store']> {
  if (dtype === 'float32') return l.store(address, total as Floats, offset);
  return dtype === 'int32' ? l.ints.store(address, total as Ints, offset) : l.storeBytes(address, total as Ints, offset);
}

function join(l: Lanes, op: Reduced['op'], dtype: DType, a: Register, b: Register): Register {
  if (dtype === 'float32') {
    const [x, y] = [a as Floats, b as Floats];
    return op === 'sum' ? l.add(x, y) : op === 'prod' ? l.mul(x, y) : l[op](x, y);
  }
  const [x, y] = [a as Ints, b as Ints];
  return op === 'sum' ? l.ints.add(x, y) : op === 'prod' ? l.ints.mul(x, y) : l.ints[op](x, y);
}
