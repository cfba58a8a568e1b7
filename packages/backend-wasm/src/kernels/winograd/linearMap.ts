import type { FunctionBuilder, Local } from '../../asm/index.ts';
import type { Floats, Lanes } from '../../lanes/lanes.ts';
import type { Matrix } from './matrices.ts';

type Vector = Local<'v128' | 'f32'>;

/** A coefficient and its factor. */
type Term = readonly [coefficient: number, x: Floats];

/**
 * Emits straight-line code for y = matrix · x. Coefficients of 0 and ±1 need no product. The points p and −p make pairs
 * of columns or rows that differ only in signs, and each pair shares work. Columns `a·x₁ ± a·x₂` are computed from x₁ +
 * x₂ and x₁ − x₂. Rows `e ± o` are computed from e, the terms with equal signs, and o, the terms with opposite signs.
 *
 * The input transform of F(4, 3) takes 12 multiply-adds, the output transform 12.
 */
export function linearMap(f: FunctionBuilder, l: Lanes, matrix: Matrix, x: readonly Vector[]): Floats[] {
  const [reduced, inputs] = pairColumns(f, l, matrix, x);
  const results: Floats[] = [];
  reduced.forEach((row, i) => {
    if (results[i]) return;
    const j = reduced.findIndex((other, k) => k > i && arePaired(row, other));
    if (j < 0) {
      results[i] = f.let(
        total(
          l,
          row.map((c, k): Term => [c, inputs[k]!]),
        ),
      );
      return;
    }
    const [even, odd] = [(k: number) => row[k] === reduced[j]![k], (k: number) => row[k] !== reduced[j]![k]].map(
      (has) => row.map((c, k): Term => [has(k) ? c : 0, inputs[k]!]),
    ) as [Term[], Term[]];
    const factor = odd.findLast(([c]) => c !== 0)![0];
    const e = f.let(total(l, even));
    const o = f.let(
      total(
        l,
        odd.map(([c, v]): Term => [Math.fround(c / factor), v]),
      ),
    );
    results[i] = f.let(
      total(l, [
        [1, e],
        [factor, o],
      ]),
    );
    results[j] = f.let(
      total(l, [
        [1, e],
        [-factor, o],
      ]),
    );
  });
  return results;
}

/** Replaces pairs of inputs by their sum and difference. */
function pairColumns(f: FunctionBuilder, l: Lanes, matrix: Matrix, x: readonly Vector[]): [Matrix, Floats[]] {
  const columns = x.map((_, k) => matrix.map((row) => row[k]!));
  const inputs: Floats[] = [...x];
  columns.forEach((column, p) => {
    const q = columns.findIndex((other, k) => k > p && arePaired(column, other));
    if (q < 0) return;
    const other = columns[q]!;
    inputs[p] = f.let(l.add(x[p]!, x[q]!));
    inputs[q] = f.let(l.sub(x[p]!, x[q]!));
    columns[p] = column.map((c, i) => (c === other[i] ? c : 0));
    columns[q] = column.map((c, i) => (c === other[i] ? 0 : c));
  });
  return [matrix.map((_, i) => columns.map((column) => column[i]!)), inputs];
}

/** Whether two rows or columns agree up to signs, with equal signs in some places and opposite signs in others. */
function arePaired(a: readonly number[], b: readonly number[]): boolean {
  return (
    a.every((c, k) => Math.abs(c) === Math.abs(b[k]!)) &&
    a.some((c, k) => c !== 0 && c === b[k]) &&
    a.some((c, k) => c !== b[k])
  );
}

/** Σ c·x, beginning with a term that needs no product. */
function total(l: Lanes, terms: readonly Term[]): Floats {
  const present = terms.filter(([c]) => c !== 0);
  if (present.length === 0) return l.const(0);
  const first = Math.max(
    0,
    present.findIndex(([c]) => c === 1),
  );
  const [c, x] = present[first]!;
  return present.reduce<Floats>(
    (sum, [c, x], k) => (k === first ? sum : plus(l, sum, c, x)),
    c === 1 ? x : l.mul(l.const(c), x),
  );
}

function plus(l: Lanes, sum: Floats, c: number, x: Floats): Floats {
  if (c === 1) return l.add(sum, x);
  if (c === -1) return l.sub(sum, x);
  return c > 0 ? l.madd(l.const(c), x, sum) : l.nmadd(l.const(-c), x, sum);
}
