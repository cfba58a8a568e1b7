import {
  type FunctionBuilder,
  type FunctionRef,
  i32,
  type I32,
  type Local,
  type ModuleBuilder,
  repeatType,
  type TupleOf,
} from '../../asm/index.ts';
import type { Lanes } from '../../lanes/lanes.ts';
import type { Convolution } from './convolution.ts';
import type { Target } from '../common/kernel.ts';
import { eachWindow, runsOf, windowKey } from './windows.ts';

/** Stride between patches, in floats. At a multiple of 1 kB, all patches would compete for a few sets of the cache. */
export function patchRow({ patchLength }: Convolution): number {
  return patchLength % 256 === 0 ? patchLength + 8 : patchLength;
}

/** Bytes of this number of patches, including the vector that may overrun the last. */
export function patchBytes(conv: Convolution, rows: number): number {
  return rows * patchRow(conv) * 4 + 64;
}

/**
 * Emits im2col: a function `(x, to, window, count)` that copies windows to patches `[pixel][channel of the group]`,
 * with zeros for the padding. It writes whole vectors; the next write replaces the excess of the one before.
 */
export function gatherPatches(module: ModuleBuilder, { vector: l }: Target, conv: Convolution): FunctionRef {
  return module.once(`gather patches ${windowKey(conv)}`, () =>
    module.func(['i32', 'i32', 'i32', 'i32'], [], (f, x, to, first, count) => {
      const pixel = f.let(to);
      eachWindow(f, conv, x, first, count, {
        whole: (at) => {
          for (const run of runsOf(conv)!)
            eachVectorAt(f, l, Math.ceil(run.count / l.width), [at, to], [run.from, run.to], ([a, b], [i, j]) =>
              f.add(l.store(b!, l.load(a!, i), j)),
            );
        },
        inImage: (at) => {
          eachVectorAt(f, l, Math.ceil(conv.groupChannels / l.width), [at, pixel], [0, 0], ([a, b], [i, j]) =>
            f.add(l.store(b!, l.load(a!, i), j)),
          );
          f.increase(pixel, conv.groupChannels * 4);
        },
        inPadding: () => {
          eachVectorAt(f, l, Math.ceil(conv.groupChannels / l.width), [pixel], [0], ([b], [j]) =>
            f.add(l.store(b!, l.const(0), j)),
          );
          f.increase(pixel, conv.groupChannels * 4);
        },
        next: () => {
          f.increase(to, patchRow(conv) * 4);
          f.set(pixel, to);
        },
      });
    }),
  );
}

/**
 * Emits col2im, the adjoint: a function `(patches, x, window, count)` that adds patches to the pixels of their windows.
 * With `doubles`, it adds to a float64 copy of the image, whose address is the fifth parameter; `x` is then a byte
 * offset in the float32 image.
 */
export function scatterPatches(
  module: ModuleBuilder,
  { vector, scalar }: Target,
  conv: Convolution,
  doubles: boolean,
): FunctionRef {
  return module.once(`scatter patches ${windowKey(conv)}`, () =>
    module.func(doubles ? repeatType('i32', 5) : repeatType('i32', 4), [], (f, ...params) => {
      const [from, x, first, count, totals] = params as [...TupleOf<Local<'i32'>, 4>, Local<'i32'>?];
      const pixel = f.let(from);
      const addRun = (addresses: readonly [I32, I32], offsets: readonly [number, number], floats: number): void => {
        const full = Math.floor(floats / vector.width);
        const add =
          (l: Lanes) =>
          ([a, b]: readonly I32[], [i, j]: readonly number[]): void => {
            if (!totals) return f.add(l.store(b!, l.add(l.load(b!, j), l.load(a!, i)), j));
            const at = f.let(i32.add(totals, i32.shl(i32.add(b!, i32.const(j!)), i32.const(1))));
            for (const statement of l.doubles.store(
              at,
              l.doubles.add(l.doubles.load(at), l.doubles.widen(f, l.load(a!, i))),
            ))
              f.add(statement);
          };
        eachVectorAt(f, vector, full, addresses, offsets, add(vector));
        const skip = full * vector.width * 4;
        eachVectorAt(
          f,
          scalar,
          floats % vector.width,
          addresses,
          offsets.map((o) => o + skip),
          add(scalar),
        );
      };
      eachWindow(f, conv, x, first, count, {
        whole: (at) => runsOf(conv)!.forEach((run) => addRun([from, at], [run.to, run.from], run.count)),
        inImage: (at) => {
          addRun([pixel, at], [0, 0], conv.groupChannels);
          f.increase(pixel, conv.groupChannels * 4);
        },
        inPadding: () => f.increase(pixel, conv.groupChannels * 4),
        next: () => {
          f.increase(from, patchRow(conv) * 4);
          f.set(pixel, from);
        },
      });
    }),
  );
}

const maxUnrolled = 8;

/**
 * Runs `body` for `count` adjacent vectors, at several addresses in parallel. Emits straight-line code for up to 8
 * vectors, and a loop for more.
 */
export function eachVectorAt(
  f: FunctionBuilder,
  l: Lanes,
  count: number,
  addresses: readonly I32[],
  offsets: readonly number[],
  body: (addresses: readonly I32[], offsets: readonly number[]) => void,
): void {
  const straight = (at: readonly I32[], from: readonly number[], vectors: number): void => {
    for (let v = 0; v < vectors; v++)
      body(
        at,
        from.map((o) => o + v * 4 * l.width),
      );
  };
  if (count <= maxUnrolled) return straight(addresses, offsets, count);
  const moving: Local<'i32'>[] = addresses.map((p, i) => f.let(i32.add(p, i32.const(offsets[i]!))));
  const zero = offsets.map(() => 0);
  f.for(f.local('i32'), 0, Math.floor(count / 4), 1, () => {
    straight(moving, zero, 4);
    for (const m of moving) f.increase(m, 16 * l.width);
  });
  straight(moving, zero, count % 4);
}
