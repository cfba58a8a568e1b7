import { f32, type FunctionBuilder, type FunctionRef, type Local, type ModuleBuilder } from '../../asm/index.ts';
import type { Lanes } from '../../lanes/lanes.ts';
import type { Target } from '../common/kernel.ts';
import { accumulators } from './innerLoop.ts';
import type { Microkernel } from './microkernel.ts';

/** A register block of dot products. Rows of A and columns of B are contiguous along the depth. */
export interface DotKernel extends Microkernel {
  /** Byte stride between columns of B. */
  readonly bColumn: number;
}

/**
 * A replacement for `emitMicrokernel` if there are so few columns that vectors across them would be mostly empty. Lane
 * j adds the elements k with k mod 4 = j, and the lanes are added at the end.
 */
export function emitDotKernel(module: ModuleBuilder, target: Target, t: DotKernel): FunctionRef {
  return module.once(`dots ${JSON.stringify(t)}`, () =>
    module.func(['i32', 'i32', 'i32', 'i32', 'i32'], [], (f, a, b, c, blocks, add) => {
      const { vector, scalar } = target;
      const [left, right] = f.locals('i32', 2);
      const sums = accumulators(f, vector, t.rows, t.columns);
      const rest = accumulators(f, scalar, t.rows, t.columns) as Local<'f32'>[][];
      f.loop((again) => {
        for (const sum of sums.flat()) f.set(sum, vector.const(0));
        f.set(left, a);
        f.set(right, b);
        emitDotLoop(f, vector, t, left, right, sums, Math.floor(t.depth / vector.width));
        sums.forEach((row, i) => row.forEach((sum, j) => f.set(rest[i]![j]!, vector.sum(f, sum))));
        emitDotLoop(f, scalar, t, left, right, rest, t.depth % vector.width);
        rest.forEach((row, i) =>
          row.forEach((sum, j) => {
            const offset = i * t.cRow + j * t.cColumn;
            f.if(add, () => f.set(sum, f32.add(f32.load(c, offset), sum)));
            f.add(f32.store(c, sum, offset));
          }),
        );
        f.increase(a, t.aBlock);
        f.increase(c, t.rows * t.cRow);
        f.increase(blocks, -1);
        f.brIf(again, blocks);
      });
    }),
  );
}

/** sums[i][j] += A[i][k]·B[k][j], for `times` vectors of k. */
function emitDotLoop(
  f: FunctionBuilder,
  l: Lanes,
  t: DotKernel,
  a: Local<'i32'>,
  b: Local<'i32'>,
  sums: readonly (readonly Local<'v128' | 'f32'>[])[],
  times: number,
): void {
  const columns = f.locals(l.float, t.columns);
  const row = f.local(l.float);
  const iterations = f.local('i32');
  f.for(iterations, 0, times, 1, () => {
    columns.forEach((column, j) => f.set(column, l.load(b, j * t.bColumn)));
    sums.forEach((line, i) => {
      f.set(row, l.load(a, i * t.rowStride));
      line.forEach((sum, j) => f.set(sum, l.madd(row, columns[j]!, sum)));
    });
    f.increase(a, 4 * l.width);
    f.increase(b, 4 * l.width);
  });
}
