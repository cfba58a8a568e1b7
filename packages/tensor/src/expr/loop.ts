import type { DType } from '../array/dtype.ts';
import { closureLoop } from './closures.ts';
import type { Expr } from './expr.ts';
import type { Loop, LoopShape } from './loopShape.ts';
import { loopSource } from './printJs.ts';
import { scalarOps } from './scalar.ts';

const loops = new Map<string, Loop>();
let mayCompile: boolean | undefined;

/** Compiles source text. The printer writes only numbers and its own names, never text of users. */
function compileSource<F>(source: string): F {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- this is the compiler
  return new Function('f', `return ${source}`)(scalarOps) as F;
}

/** Tells whether the content security policy allows `new Function`. */
function canCompile(): boolean {
  if (mayCompile === undefined) {
    try {
      mayCompile = compileSource<() => boolean>('()=>true')();
    } catch {
      mayCompile = false;
    }
  }
  return mayCompile;
}

/** Lets tests run as under a strict content security policy. */
export function forbidCompilation(forbidden: boolean): void {
  mayCompile = forbidden ? false : undefined;
  loops.clear();
}

/** Returns the loop that evaluates `expr`. Each combination of expression, dtypes and strides is printed once. */
export function compileLoop(expr: Expr, args: readonly DType[], out: DType, shape: LoopShape): Loop {
  const inner = shape.sizes.length - 1;
  const walk = shape.strides.map((s) => s[inner] ?? 0).join();
  const key = `${expr.key}|${args.join()}|${out}|${shape.sizes.length}|${walk}`;
  let loop = loops.get(key);
  if (!loop) {
    if (loops.size > 4096) loops.clear();
    loop = canCompile()
      ? compileSource<Loop>(`(out,a,n,s)=>{${loopSource(expr, args, out, shape)}}`)
      : closureLoop(expr, args, out);
    loops.set(key, loop);
  }
  return loop;
}
