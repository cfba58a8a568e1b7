import type { FunctionBuilder, FunctionRef, Local, ModuleBuilder, V128 } from '../../asm/index.ts';
import { i32, lanes32, v128 } from '../../asm/index.ts';
import type { Floats, Lanes } from '../../lanes/lanes.ts';
import type { Target } from '../common/kernel.ts';
import { accumulators, emitInnerLoop, type InnerLoop } from './innerLoop.ts';
import { storeFirst } from '../common/storeFirst.ts';

/** The shape of a register block, and the strides of its result. */
export interface Microkernel extends InnerLoop {
  /** The number of segments of a row of A, and the byte stride between them. */
  readonly segments: number;
  readonly segment: number;
  /** Byte stride of A between register blocks. */
  readonly aBlock: number;
  /** The number of columns, at most `vectors · width`. */
  readonly columns: number;
  /** Byte strides of C between rows and between columns; one of them is 4. */
  readonly cRow: number;
  readonly cColumn: number;
}

/**
 * Emits a function `(a, b, c, blocks, add)` that computes C = A·B, or C += A·B if `add` is not 0, for `blocks` (at
 * least 1) register blocks, one below the other. It computes the whole product before it adds it to C, so that K-blocks
 * reduce the rounding error.
 */
export function emitMicrokernel(module: ModuleBuilder, target: Target, t: Microkernel): FunctionRef {
  return module.once(`tile ${JSON.stringify(t)}`, () =>
    module.func(['i32', 'i32', 'i32', 'i32', 'i32'], [], (f, a, b, c, blocks, add) => {
      const l = target.vector;
      const [left, right] = f.locals('i32', 2);
      const sums = accumulators(f, l, t.rows, t.vectors);
      f.loop((again) => {
        for (const sum of sums.flat()) f.set(sum, l.const(0));
        f.set(left, a);
        f.set(right, b);
        for (let i = 0; i < t.segments; i++) {
          if (i > 0) f.set(left, i32.add(a, i32.const(i * t.segment)));
          emitInnerLoop(f, target, { ...t, depth: t.depth / t.segments }, left, right, sums);
        }
        const runs = t.cColumn === 4 ? rowVectors(l, t, sums) : columnVectors(f, l, t, sums);
        f.if(add, () => runs.forEach(({ value, offset }) => f.set(value, l.add(l.load(c, offset), value))));
        runs.forEach(({ value, offset, count }) => storeFirst(l, c, value, count, offset).forEach((s) => f.add(s)));
        f.increase(a, t.aBlock);
        f.increase(c, t.rows * t.cRow);
        f.increase(blocks, -1);
        f.brIf(again, blocks);
      });
    }),
  );
}

/** A vector of C, and the number of its lanes that are stored. */
interface VectorStore {
  readonly value: Local<'v128' | 'f32'>;
  readonly offset: number;
  readonly count: number;
}

function rowVectors(l: Lanes, t: Microkernel, sums: Local<'v128' | 'f32'>[][]): VectorStore[] {
  return sums.flatMap((row, i) =>
    row.map((value, v) => ({
      value,
      offset: i * t.cRow + v * l.width * 4,
      count: Math.min(l.width, t.columns - v * l.width),
    })),
  );
}

/** Transposes squares of lanes, so that columns become vectors. */
function columnVectors(f: FunctionBuilder, l: Lanes, t: Microkernel, sums: Local<'v128' | 'f32'>[][]): VectorStore[] {
  const runs: VectorStore[] = [];
  for (let i = 0; i < t.rows; i += l.width) {
    for (let v = 0; v < t.vectors; v++) {
      const square = Array.from({ length: l.width }, (_, r) => sums[Math.min(i + r, t.rows - 1)]![v]!);
      transposed(f, l, square).forEach((value, j) => {
        const column = v * l.width + j;
        if (column < t.columns)
          runs.push({ value, offset: i * 4 + column * t.cColumn, count: Math.min(l.width, t.rows - i) });
      });
    }
  }
  return runs;
}

function transposed(f: FunctionBuilder, l: Lanes, rows: readonly Floats[]): Local<'v128' | 'f32'>[] {
  if (l.width === 1) return rows.map((row) => f.let(row));
  const [a, b, c, d] = rows as readonly V128[] as [V128, V128, V128, V128];
  const low = [f.let(v128.shuffle(a, b, lanes32(0, 4, 1, 5))), f.let(v128.shuffle(c, d, lanes32(0, 4, 1, 5)))] as const;
  const high = [
    f.let(v128.shuffle(a, b, lanes32(2, 6, 3, 7))),
    f.let(v128.shuffle(c, d, lanes32(2, 6, 3, 7))),
  ] as const;
  return [low, high].flatMap(([ab, cd]) => [
    f.let(v128.shuffle(ab, cd, lanes32(0, 1, 4, 5))),
    f.let(v128.shuffle(ab, cd, lanes32(2, 3, 6, 7))),
  ]);
}
