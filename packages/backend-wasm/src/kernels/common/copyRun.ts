import { type FunctionBuilder, type I32, i32, memory, v128 } from '../../asm/index.ts';
import type { Target } from './kernel.ts';

/** Longer runs use `memory.copy`, whose call takes about 20 ns. */
const maxUnrolledBytes = 256;

/** Copies a fixed number of bytes; short runs without a call. Source and target must not overlap. */
export function copyRun(f: FunctionBuilder, { vector }: Target, to: I32, from: I32, bytes: number): void {
  if (bytes > maxUnrolledBytes) return f.add(memory.copy(to, from, i32.const(bytes)));
  const [source, target] = [f.let(from), f.let(to)];
  let done = 0;
  const copy = (step: number, one: (at: number) => void): void => {
    for (; bytes - done >= step; done += step) one(done);
  };
  const sixteen = (at: number): void => f.add(v128.store(target, v128.load(source, at), at));
  if (vector.width === 4) {
    copy(16, sixteen);
    // A last vector that overlaps the one before copies the rest.
    if (done < bytes && bytes > 16) {
      done = bytes - 16;
      copy(16, sixteen);
    }
  }
  copy(4, (at) => f.add(i32.store(target, i32.load(source, at), at)));
  copy(1, (at) => f.add(i32.store8(target, i32.load8u(source, at), at)));
}
