import { type FunctionBuilder, type I32, i32, type Local } from '../../asm/index.ts';

/** In a step's list of buffers, the last: the status block of the run, int32 `[code, value]`, which is zeroed before. */
export const statusBuffer = -1;

/** Code of an index out of range, which is the value. */
export const indexOutOfRange = 1;

/**
 * An index counted from the end where negative, unless it is a label. Beyond the ends it is 0, and the status block says
 * so; of several such indices any one.
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
