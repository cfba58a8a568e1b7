import { type FunctionRef, i32, type I32, type ModuleBuilder, repeatType, type TupleOf } from '../../asm/index.ts';
import type { Target } from '../common/kernel.ts';
import { emitDotKernel } from './dotKernel.ts';
import { emitMicrokernel, type Microkernel } from './microkernel.ts';

/** A product C = A·B of a fixed depth, with B in panels as wide as the register block. All strides are in bytes. */
export interface Macrokernel {
  readonly depth: number;
  /** The number of segments that a row of A consists of, and the stride between them. Default one. */
  readonly segments?: number;
  readonly segment?: number;
  /** Strides of A between rows, between elements of a row, and between register blocks. */
  readonly a: { readonly row: number; readonly step: number; readonly block: number };
  /** Strides of B between rows, and between panels. */
  readonly b: { readonly row: number; readonly panel: number };
  readonly c: { readonly row: number; readonly column: number };
  readonly block: RegisterBlock;
  /** Rows and columns that are left over after the last full register block. */
  readonly rowTail: number;
  readonly columnTail: number;
}

/** The register block: rows and columns, and whether vectors lie along columns or along the depth. */
export interface RegisterBlock {
  readonly rows: number;
  readonly columns: number;
  readonly dotProducts: boolean;
}

/** The arguments of a macrokernel. */
export interface MacrokernelArgs {
  readonly a: I32;
  readonly b: I32;
  readonly c: I32;
  /** Full register blocks of rows, and full panels of columns; either may be 0. */
  readonly blocks: I32;
  readonly panels: I32;
  /** Whether to include the rows and columns of the tails. */
  readonly lastRows: I32;
  readonly lastColumns: I32;
  /** Whether to add to C. */
  readonly add: I32;
}

export function macrokernelArgs({
  a,
  b,
  c,
  blocks,
  panels,
  lastRows,
  lastColumns,
  add,
}: MacrokernelArgs): TupleOf<I32, 8> {
  return [a, b, c, blocks, panels, lastRows, lastColumns, add];
}

/**
 * A function of {@link MacrokernelArgs}. The outer loop is over panels, so that a panel of B stays in the first-level
 * cache; the inner loop is over register blocks of rows, which stay in the second-level cache.
 */
export function emitMacrokernel(module: ModuleBuilder, target: Target, p: Macrokernel): FunctionRef {
  return module.once(`product ${JSON.stringify(p)}`, () => {
    const whole = p.block.columns;
    const [full, left] = [whole, p.columnTail].map((columns) =>
      [p.block.rows, p.rowTail].map((rows) =>
        rows && columns ? microkernelFor(module, target, p, rows, columns) : undefined,
      ),
    );
    return module.func(repeatType('i32', 8), [], (f, a, b, c, blocks, panels, lastRows, lastColumns, add) => {
      const belowA = f.let(i32.add(a, i32.mul(blocks, i32.const(p.a.block))));
      const belowC = f.let(i32.mul(blocks, i32.const(p.block.rows * p.c.row)));
      const panel = ([rows, tail]: (FunctionRef | undefined)[]): void => {
        f.if(blocks, () => f.call(rows!, [a, b, c, blocks, add]));
        if (tail) f.if(lastRows, () => f.call(tail, [belowA, b, i32.add(c, belowC), i32.const(1), add]));
      };
      f.for(f.local('i32'), 0, panels, 1, () => {
        panel(full!);
        f.increase(b, p.b.panel);
        f.increase(c, whole * p.c.column);
      });
      if (p.columnTail) f.if(lastColumns, () => panel(left!));
    });
  });
}

function microkernelFor(
  module: ModuleBuilder,
  target: Target,
  p: Macrokernel,
  rows: number,
  columns: number,
): FunctionRef {
  const shape: Microkernel = {
    rows,
    columns,
    vectors: Math.ceil(columns / target.vector.width),
    depth: p.depth,
    segments: p.segments ?? 1,
    segment: p.segment ?? 0,
    rowStride: p.a.row,
    aBlock: p.a.block,
    aStep: p.a.step,
    bStep: p.b.row,
    cRow: p.c.row,
    cColumn: p.c.column,
  };
  return p.block.dotProducts
    ? emitDotKernel(module, target, { ...shape, bColumn: p.b.panel / p.block.columns })
    : emitMicrokernel(module, target, shape);
}
