import { callValue, type F32, f32, f64, type FunctionRef, type ModuleBuilder } from '../src/asm/index.ts';
import type { HostFunction } from '../src/math/hostFunctions.ts';
import type { VectorFunction } from '../src/math/index.ts';
import { kernelParams, type Target } from '../src/kernels/common/kernel.ts';
import { type Mode, runKernel } from './kernel.ts';

/** Applies a function to whole vectors of floats; `host` is what `far` calls. */
export function applyMath(
  write: VectorFunction,
  xs: Float32Array,
  mode: Mode,
  host: HostFunction = 'sin',
): Float32Array {
  const padded = new Float32Array(Math.ceil(xs.length / 4) * 4);
  padded.set(xs);
  const emit = (module: ModuleBuilder, target: Target): FunctionRef =>
    module.func(kernelParams(2), [], (f, from, to) => {
      const l = target.vector;
      const far = (x: F32): F32 => f32.demote(callValue('f64', target.host(host), [f64.promote(x)]));
      f.for(f.local('i32'), 0, padded.length / l.width, 1, () => {
        f.add(l.store(to, write(f, l, l.load(from), far)));
        f.increase(from, 4 * l.width);
        f.increase(to, 4 * l.width);
      });
    });
  const kernel = { key: 'math', name: 'math', buffers: 2, units: 1, flops: 0, bytes: 0, scratch: 0, emit };
  return new Float32Array(runKernel(kernel, [padded], [padded.byteLength], mode)[0]!).subarray(0, xs.length);
}

/** `perBinade` floats of every exponent and sign, including both ends of each binade, zeros, infinities and NaN. */
export function floatsOfAllSizes(perBinade: number): Float32Array {
  const bits: number[] = [];
  for (let high = 0; high < 512; high++) {
    for (let k = 0; k < perBinade; k++)
      bits.push((high << 23) | (high % 256 === 255 ? k << 22 : Math.floor((k * 0x7fffff) / (perBinade - 1))));
  }
  return new Float32Array(Int32Array.from(bits).buffer);
}

/** `count` consecutive floats, from `from` away from 0. */
export function neighbours(from: number, count: number): Float32Array {
  const first = new Int32Array(Float32Array.of(from).buffer)[0]!;
  return new Float32Array(Int32Array.from({ length: count }, (_, i) => first + i).buffer);
}

/**
 * The largest error, in units of the last place of the exact result, and its position. Infinite if an ∞, NaN or 0 is
 * wrong.
 */
export function worstError(
  xs: Float32Array,
  ys: Float32Array,
  exact: (x: number) => number,
): { readonly ulp: number; readonly at: number } {
  let worst = { ulp: 0, at: NaN };
  xs.forEach((x, i) => {
    const want = exact(x);
    const [y, rounded] = [ys[i]!, Math.fround(want)];
    if (Object.is(y, rounded)) return;
    const size = 2 ** Math.max(-149, Math.floor(Math.log2(Math.abs(want))) - 23);
    const isComparable = want !== 0 && Number.isFinite(y) && Number.isFinite(rounded);
    const ulp = isComparable ? Math.abs(y - want) / size : Infinity;
    if (ulp > worst.ulp) worst = { ulp, at: x };
  });
  return worst;
}
