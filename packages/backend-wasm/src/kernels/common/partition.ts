import { type FunctionBuilder, type I32, i32, type Local } from '../../asm/index.ts';

/** Work of about 20 µs where each element is touched once. */
const leastUnit = 32768;
const mostUnits = 64;

/** Rows in units of equal size, of a work each that is worth a thread. */
export interface Cut {
  readonly units: number;
  /** The rows of units `begin` to `end`. */
  readonly bounds: (begin: I32, end: I32) => [begin: I32, end: I32];
}

/** @param work - elements that a row touches */
export function cutRows(rows: number, work: number): Cut {
  const each = Math.max(1, Math.ceil(leastUnit / work), Math.ceil(rows / mostUnits));
  const units = Math.ceil(rows / each);
  const bounds = (begin: I32, end: I32): [I32, I32] => {
    const last = i32.mul(end, i32.const(each));
    return [
      i32.mul(begin, i32.const(each)),
      rows % each === 0 ? last : i32.select(i32.eq(end, i32.const(units)), i32.const(rows), last),
    ];
  };
  return { units, bounds };
}

/** Sums of their own that are added to a float32 result in a row; more of them are cut into parts, which `combineKernel` adds in float64. */
export const mostSums = 64;

/** Equal parts of at most `size`, the last of which may be smaller. */
export function evenly(total: number, size: number): { readonly size: number; readonly parts: number } {
  const even = Math.ceil(total / Math.ceil(total / Math.max(1, size)));
  return { size: even, parts: Math.ceil(total / even) };
}

/** The first item of a unit of `size` items; `total` beyond the last. */
export function unitStart(f: FunctionBuilder, unit: I32, size: number, total: number): Local<'i32'> {
  const start = f.let(i32.mul(unit, i32.const(size)));
  f.set(start, i32.select(i32.ltS(start, i32.const(total)), start, i32.const(total)));
  return start;
}
