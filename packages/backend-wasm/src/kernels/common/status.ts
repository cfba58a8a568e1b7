import { type FunctionBuilder, type I32, i32, type Local } from '../../asm/index.ts';

/** Index of the status block in a step's list of buffers. The block is int32 `[code, value]`, zeroed before the run. */
export const statusBuffer = -1;

/** Code for an index out of range; the value is the index. */
export const indexOutOfRange = 1;

/**
 * Resolves an index: negative indices count from the end, unless they are labels. An index out of range becomes 0 and is
 * reported in the status block; if there are several, one of them is.
 */
export function resolveIndex(f: FunctionBuilder, status: I32, index: I32, count: number, labels = false): Local<'i32'> {
  const given = f.let(index);
  const at = f.let(labels ? given : i32.select(i32.ltS(given, i32.const(0)), i32.add(given, i32.const(count)), given));
  f.if(i32.geU(at, i32.const(count)), () => {
    f.add(i32.store(status, i32.const(indexOutOfRange)));
    f.add(i32.store(status, given, 4));
    f.set(at, i32.const(0));
  });
  return at;
}
