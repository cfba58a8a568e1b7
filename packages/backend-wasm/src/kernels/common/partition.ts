import { type FunctionBuilder, type I32, i32, type Local } from '../../asm/index.ts';

/** A unit of work takes about 20 µs, if it reads this many elements once, or takes this many operations. */
const unitElements = 32768;
const unitFlops = 1e6;

/** Parts of equal size; the last may be smaller. */
export interface Partition {
  readonly size: number;
  readonly parts: number;
}

/** Splits `total` items into parts of at most `maxSize`, as equal as possible. */
export function partition(total: number, maxSize: number): Partition {
  const size = Math.ceil(total / Math.ceil(total / Math.max(1, maxSize)));
  return { size, parts: Math.ceil(total / size) };
}

/** The number of units for this much arithmetic: between 1 and `max`. */
export function unitsFor(flops: number, max = 64, perUnit: number = unitFlops): number {
  return Math.max(1, Math.min(max, Math.round(flops / perUnit)));
}

/** The first item of a unit of `size` items. `total` for a unit beyond the last item. */
export function unitStart(f: FunctionBuilder, unit: I32, size: number, total: number): Local<'i32'> {
  const start = f.let(i32.mul(unit, i32.const(size)));
  f.set(start, i32.select(i32.ltS(start, i32.const(total)), start, i32.const(total)));
  return start;
}

/** Rows in units of equal size. */
export interface RowPartition {
  readonly units: number;
  /** The rows of units `begin` up to but not including `end`. */
  readonly bounds: (begin: I32, end: I32) => [begin: I32, end: I32];
}

/**
 * Splits rows into up to 64 units, each large enough to be worth a thread.
 *
 * @param rowElements - elements that the work on one row touches
 */
export function partitionRows(rows: number, rowElements: number): RowPartition {
  const unitRows = Math.max(1, Math.ceil(unitElements / rowElements), Math.ceil(rows / 64));
  const units = Math.ceil(rows / unitRows);
  const bounds = (begin: I32, end: I32): [I32, I32] => {
    const last = i32.mul(end, i32.const(unitRows));
    return [
      i32.mul(begin, i32.const(unitRows)),
      rows % unitRows === 0 ? last : i32.select(i32.eq(end, i32.const(units)), i32.const(rows), last),
    ];
  };
  return { units, bounds };
}

/**
 * The most float32 additions to one total. Longer sums add up in groups of this size, whose results are added in
 * float64, so that the error does not grow with the length.
 */
export const maxFloatAdditions = 64;
