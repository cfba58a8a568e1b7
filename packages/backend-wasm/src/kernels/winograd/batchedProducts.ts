import { type FunctionBuilder, type FunctionRef, type Local, type ModuleBuilder } from '../../asm/index.ts';
import type { Target } from '../common/kernel.ts';
import { accumulators, emitInnerLoop } from '../gemm/innerLoop.ts';

/**
 * Rows of the register block. With products of a typical size, 36 × (48×64×64), blocks of 4 × 8 reach 53–55 GFLOPS with
 * relaxed SIMD and 44 with plain SIMD (6 × 8: 48–51 and 29). Smaller blocks also leave fewer rows over.
 */
const maxRows = 4;

/** Products C = A · B of matrices at fixed strides. Strides are in bytes. */
export interface BatchedProducts {
  readonly count: number;
  readonly rows: number;
  /** A multiple of 4. */
  readonly columns: number;
  readonly depth: number;
  /** Strides of A between rows, between elements of a row, and between matrices. */
  readonly a: { readonly row: number; readonly step: number; readonly matrix: number };
  /** Strides of B between rows, between panels of 8 columns, and between matrices. */
  readonly b: { readonly row: number; readonly panel: number; readonly matrix: number };
  readonly c: { readonly row: number; readonly matrix: number };
}

/**
 * Emits a function `(a, b, c, add)` that computes C = A · B, or C += A · B if `add` is not 0. It computes the whole
 * product before it adds it to C, so the error of a sum of products grows with the depth of one product plus their
 * number.
 */
export function emitBatchedProducts(module: ModuleBuilder, target: Target, p: BatchedProducts): FunctionRef {
  return module.func(['i32', 'i32', 'i32', 'i32'], [], (f, a, b, c, add) => {
    const [iteration, panel] = f.locals('i32', 2);
    const [from, to] = [f.local('i32'), f.local('i32')];
    f.for(iteration, 0, p.count, 1, () => {
      f.set(from, b);
      f.set(to, c);
      f.for(panel, 0, Math.floor(p.columns / 8), 1, () => {
        multiplyRows(f, target, p, 2, a, from, to, add);
        f.increase(from, p.b.panel);
        f.increase(to, 32);
      });
      if (p.columns % 8 !== 0) multiplyRows(f, target, p, 1, a, from, to, add);
      f.increase(a, p.a.matrix);
      f.increase(b, p.b.matrix);
      f.increase(c, p.c.matrix);
    });
  });
}

/** One or two vectors of columns of C. */
function multiplyRows(
  f: FunctionBuilder,
  target: Target,
  p: BatchedProducts,
  vectors: number,
  a: Local<'i32'>,
  b: Local<'i32'>,
  c: Local<'i32'>,
  add: Local<'i32'>,
): void {
  const l = target.vector;
  const [left, right, iteration] = f.locals('i32', 3);
  const [from, to] = [f.let(a), f.let(c)];
  for (const [rows, times] of rowBlocks(p.rows, maxRows)) {
    const sums = accumulators(f, l, rows, vectors);
    const each = (visit: (sum: Local<'v128' | 'f32'>, offset: number) => void): void =>
      sums.forEach((row, i) => row.forEach((sum, v) => visit(sum, i * p.c.row + v * 16)));
    f.for(iteration, 0, times, 1, () => {
      each((sum) => f.set(sum, l.const(0)));
      f.set(left, from);
      f.set(right, b);
      emitInnerLoop(
        f,
        target,
        { rows, vectors, depth: p.depth, rowStride: p.a.row, aStep: p.a.step, bStep: p.b.row },
        left,
        right,
        sums,
      );
      f.if(add, () => each((sum, offset) => f.set(sum, l.add(l.load(to, offset), sum))));
      each((sum, offset) => f.add(l.store(to, sum, offset)));
      f.increase(from, rows * p.a.row);
      f.increase(to, rows * p.c.row);
    });
  }
}

/** Splits rows into blocks of nearly equal size, at most `most`. Returns pairs `[size, times]`. */
function rowBlocks(rows: number, most: number): (readonly [number, number])[] {
  const blocks = Math.ceil(rows / most);
  const small = Math.floor(rows / blocks);
  const large = rows - small * blocks;
  return (
    [
      [small + 1, large],
      [small, blocks - large],
    ] as const
  ).filter(([, times]) => times > 0);
}
