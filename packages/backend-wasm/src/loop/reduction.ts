import type { DType } from '@chainrule/tensor';
import { f32, f64, type F64, type FunctionBuilder, type I32, type Local } from '../asm/index.ts';
import type { Doubles } from '../lanes/doubles.ts';
import type { Floats, Ints, Lanes, Mask } from '../lanes/lanes.ts';
import { joinLanes, type Register, registerType } from './registers.ts';
import type { Reduction } from './spec.ts';

/**
 * A running total. `own` has the dtype of the values (ints 0 and 1 for bool), and `exact` is float64. A product of
 * floats has only `exact`; a long sum of floats has both (see `flush`).
 */
export interface Total {
  readonly own: Local<'v128' | 'f32' | 'i32'> | undefined;
  readonly exact: readonly Local<'v128' | 'f64'>[] | undefined;
}

const starts: Record<Reduction['op'], readonly [float: number, int: number]> = {
  sum: [0, 0],
  prod: [1, 1],
  max: [-Infinity, -(2 ** 31)],
  min: [Infinity, 2 ** 31 - 1],
};

/** Whether rounding errors accumulate, as in sums and products of floats. */
export function rounds({ op, dtype }: Reduction): boolean {
  return dtype === 'float32' && op === 'sum';
}

/** New totals with their start values. */
export function totals(f: FunctionBuilder, l: Lanes, r: Reduction, count: number, isLong: boolean): Total[] {
  const isProduct = r.dtype === 'float32' && r.op === 'prod';
  const [float, int] = starts[r.op];
  return Array.from({ length: count }, () => {
    const own = isProduct ? undefined : f.local(registerType(l, r.dtype));
    const exact = isProduct || (isLong && rounds(r)) ? l.doubles.types.map((type) => f.local(type)) : undefined;
    if (own) f.set(own, r.dtype === 'float32' ? l.const(float) : l.ints.const(int));
    if (exact) setAll(f, exact, l.doubles.const(float));
    return { own, exact };
  });
}

export function accumulate(
  f: FunctionBuilder,
  l: Lanes,
  { op, dtype }: Reduction,
  { own, exact }: Total,
  value: Register,
): void {
  if (own) f.set(own, join(l, op, dtype, own, dtype === 'bool' ? l.toBools(value as Mask) : value));
  else if (exact) setAll(f, exact, l.doubles.mul(exact, l.doubles.widen(f, value as Floats)));
}

/** Adds the float32 part of a long sum to its float64 total, so that the error does not grow with the length. */
export function flush(f: FunctionBuilder, l: Lanes, { own, exact }: Total): void {
  if (!own || !exact) return;
  setAll(f, exact, l.doubles.add(exact, l.doubles.widen(f, own as Floats)));
  f.set(own, l.const(0));
}

/** The value of a total in each lane. */
export function valueOf(f: FunctionBuilder, l: Lanes, total: Total): Register {
  flush(f, l, total);
  return total.exact ? l.doubles.narrow(total.exact) : total.own!;
}

/** Combines the totals of all vectors, then the lanes, then the totals of the ends of rows. */
export function finish(
  f: FunctionBuilder,
  l: Lanes,
  scalar: Lanes,
  { op, dtype }: Reduction,
  vectors: readonly Total[],
  rest: Total,
): Register {
  const [first, ...others] = vectors;
  if (first!.exact) {
    for (const total of vectors) flush(f, l, total);
    flush(f, scalar, rest);
    const doubles = [...vectors.flatMap(({ exact }) => l.doubles.each(exact!)), ...scalar.doubles.each(rest.exact!)];
    return f32.demote(doubles.reduce((a: F64, b) => (op === 'sum' ? f64.add(a, b) : f64.mul(a, b))));
  }
  for (const { own } of others) f.set(first!.own!, join(l, op, dtype, first!.own!, own!));
  const one = joinLanes(f, l, dtype, first!.own!, (a, b) => join(scalar, op, dtype, a, b));
  return join(scalar, op, dtype, one, rest.own!);
}

/** Writes a total to memory. */
export function storeTotal(
  l: Lanes,
  { dtype }: Reduction,
  address: I32,
  total: Register,
  offset = 0,
): ReturnType<Lanes['store']> {
  if (dtype === 'float32') return l.store(address, total as Floats, offset);
  return dtype === 'int32'
    ? l.ints.store(address, total as Ints, offset)
    : l.storeBytes(address, total as Ints, offset);
}

function setAll(f: FunctionBuilder, to: readonly Local<'v128' | 'f64'>[], values: Doubles): void {
  to.forEach((local, i) => f.set(local, values[i]!));
}

function join(l: Lanes, op: Reduction['op'], dtype: DType, a: Register, b: Register): Register {
  if (dtype === 'float32') {
    const [x, y] = [a as Floats, b as Floats];
    return op === 'sum' ? l.add(x, y) : op === 'prod' ? l.mul(x, y) : l[op](x, y);
  }
  const [x, y] = [a as Ints, b as Ints];
  return op === 'sum' ? l.ints.add(x, y) : op === 'prod' ? l.ints.mul(x, y) : l.ints[op](x, y);
}
