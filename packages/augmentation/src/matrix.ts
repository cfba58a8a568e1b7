import { type FloatDType, map, scalar as e, type Tensor } from '@chainrule/tensor';

/** An element of a matrix: the same for all images, or one for each, `[batch, 1, 1]`. */
export type Entry = number | Tensor;

/**
 * A 3×3 matrix, row by row, which maps a pixel (column, row, 1) of the result to the place in the image that it shows,
 * up to a common factor.
 */
export type Matrix = readonly [Entry, Entry, Entry, Entry, Entry, Entry, Entry, Entry, Entry];

export const identity: Matrix = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** a · b */
export function times(a: Entry, b: Entry): Entry {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  if (a === 0 || b === 0) return 0;
  if (a === 1) return b;
  return b === 1 ? a : map((x, y) => e.mul(x, y), [a, b]);
}

/** a + b */
export function plus(a: Entry, b: Entry): Entry {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (a === 0) return b;
  return b === 0 ? a : map((x, y) => e.add(x, y), [a, b]);
}

/** a − b */
export function minus(a: Entry, b: Entry): Entry {
  return plus(a, times(-1, b));
}

/** The product: first `b`, then `a`. */
export function product(a: Matrix, b: Matrix): Matrix {
  const entry = (row: number, column: number): Entry =>
    plus(
      plus(times(a[3 * row]!, b[column]!), times(a[3 * row + 1]!, b[3 + column]!)),
      times(a[3 * row + 2]!, b[6 + column]!),
    );
  return entries(entry);
}

/** A multiple of the inverse: the adjugate. */
export function adjugate(m: Matrix): Matrix {
  const at = (row: number, column: number): Entry => m[3 * (row % 3) + (column % 3)]!;
  return entries((row, column) =>
    minus(
      times(at(column + 1, row + 1), at(column + 2, row + 2)),
      times(at(column + 1, row + 2), at(column + 2, row + 1)),
    ),
  );
}

/** The matrix that takes `chosen` where the condition `[batch, 1, 1]` holds, and else `other`. */
export function selected(condition: Tensor, chosen: Matrix, other: Matrix, dtype: FloatDType): Matrix {
  return entries((row, column) => {
    const [a, b] = [chosen[3 * row + column]!, other[3 * row + column]!];
    if (a === b) return a;
    return map((c, x, y) => e.cast(e.select(c, x, y), dtype), [condition, a, b]);
  });
}

function entries(entry: (row: number, column: number) => Entry): Matrix {
  return Array.from({ length: 9 }, (_, i) => entry(Math.floor(i / 3), i % 3)) as unknown as Matrix;
}

/** A linear map around a center: center + linear · (p − center). */
export function around(linear: readonly [Entry, Entry, Entry, Entry], [cx, cy]: readonly [Entry, Entry]): Matrix {
  const [a, b, c, d] = linear;
  const shift = (u: Entry, v: Entry, center: Entry): Entry => minus(minus(center, times(u, cx)), times(v, cy));
  return [a, b, shift(a, b, cx), c, d, shift(c, d, cy), 0, 0, 1];
}

/** The place (column, row) to which a matrix maps points. */
export function transform(m: Matrix, x: Entry, y: Entry): readonly [Entry, Entry] {
  const row = (k: number): Entry => plus(plus(times(m[k]!, x), times(m[k + 1]!, y)), m[k + 2]!);
  const isAffine = m[6] === 0 && m[7] === 0 && m[8] === 1;
  if (isAffine) return [row(0), row(3)];
  const by = row(6);
  return [over(row(0), by), over(row(3), by)];
}

function over(a: Entry, b: Entry): Entry {
  if (typeof a === 'number' && typeof b === 'number') return a / b;
  return map((x, y) => e.div(x, y), [a, b]);
}
