import { type FunctionBuilder, i32, type Label, type Local } from '../../asm/index.ts';
import type { Lanes } from '../../lanes/lanes.ts';
import type { Target } from '../common/kernel.ts';

/** The product of a few rows of A and a few columns of B, which stays in registers. */
export interface InnerLoop {
  readonly rows: number;
  /** Vectors of columns: `columns = vectors · width`. */
  readonly vectors: number;
  /** Length of the sums, at least 1. */
  readonly depth: number;
  /** Byte strides of A between rows, and between elements of a row. */
  readonly rowStride: number;
  readonly aStep: number;
  /** Byte stride between rows of B, whose columns are adjacent. */
  readonly bStep: number;
}

/** The accumulators of a register block. */
export function accumulators(f: FunctionBuilder, l: Lanes, rows: number, vectors: number): Local<'v128' | 'f32'>[][] {
  return Array.from({ length: rows }, () => f.locals(l.float, vectors));
}

const unrolledSteps = 4;
/** Up to this depth, the code is unrolled completely. */
const maxUnrolledDepth = 16;

/**
 * c[r][v] += Σₖ A[r][k] · B[k][v], in the order of k. Advances `a` and `b` over the whole depth.
 *
 * V8 hoists all loads of a basic block to its start and then spills registers: plain unrolling loses half the speed (25
 * of 55 GFLOPS). A branch that is never taken ends the basic block after every step of k, and after every row if there
 * are more than 4. Each branch compares with another constant, so that V8 does not merge them. It must jump to the end
 * of a block that closes directly behind the loop.
 */
export function emitInnerLoop(
  f: FunctionBuilder,
  target: Target,
  p: InnerLoop,
  a: Local<'i32'>,
  b: Local<'i32'>,
  c: readonly (readonly Local<'v128' | 'f32'>[])[],
): void {
  const l = target.vector;
  const iterations = f.local('i32');
  const left = f.local(l.float);
  const right = f.locals(l.float, p.vectors);
  let barriers = 0;
  const barrier = (never: Label): void => f.brIf(never, i32.eq(iterations, i32.const(-1001 - 2 * barriers++)));
  const steps = (count: number, never: Label): void => {
    for (let k = 0; k < count; k++) {
      right.forEach((r, v) => f.set(r, l.load(b, k * p.bStep + v * 4 * l.width)));
      c.forEach((row, i) => {
        f.set(left, l.loadSplat(a, i * p.rowStride + k * p.aStep));
        row.forEach((sum, v) => f.set(sum, l.madd(left, right[v]!, sum)));
        if ((target.relaxed && c.length > 4) || i === c.length - 1) barrier(never);
      });
    }
    f.increase(a, count * p.aStep);
    f.increase(b, count * p.bStep);
  };
  const repeat = (times: number, count: number): void => {
    if (times === 0 || count === 0) return;
    f.block((never) => {
      if (times === 1) {
        // An even number whose value the compiler does not know.
        f.set(iterations, b);
        return steps(count, never);
      }
      f.set(iterations, i32.const(times));
      f.loop((again) => {
        steps(count, never);
        f.increase(iterations, -1);
        f.brIf(again, iterations);
      });
    });
  };
  if (p.depth <= maxUnrolledDepth) return repeat(1, p.depth);
  repeat(Math.floor(p.depth / unrolledSteps), unrolledSteps);
  repeat(1, p.depth % unrolledSteps);
}
