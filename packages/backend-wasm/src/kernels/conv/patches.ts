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
import type { ConvShape } from './convShape.ts';
import type { Target } from '../common/kernel.ts';
import { eachWindow, runsOf } from './windows.ts';

/** Floats from a row of patches to the next: rows a multiple of 1 kB apart would crowd into a few sets of the cache. */
export function patchRow({ depth }: ConvShape): number {
  return depth % 256 === 0 ? depth + 8 : depth;
}

/** Bytes of so many rows of patches, and of what is written behind the last. */
export function patchBytes(s: ConvShape, rows: number): number {
  return rows * patchRow(s) * 4 + 64;
}

/**
 * A function `(x, to, position, count)` that lays windows out as rows `[cell][channel of the group]`, zeros in the
 * padding. It writes whole vectors: what it writes too much is overwritten by what follows.
 */
export function gatherPatches(module: ModuleBuilder, { vector: l }: Target, s: ConvShape): FunctionRef {
  return module.once(`gather patches ${JSON.stringify(s)}`, () =>
    module.func(['i32', 'i32', 'i32', 'i32'], [], (f, x, to, position, count) => {
      const cell = f.let(to);
      eachWindow(f, s, x, position, count, {
        whole: (at) => {
          for (const run of runsOf(s)!)
            eachVector(f, l, Math.ceil(run.count / l.width), [at, to], [run.from, run.to], ([a, b], [i, j]) =>
              f.add(l.store(b!, l.load(a!, i), j)),
            );
        },
        inside: (at) => {
          eachVector(f, l, Math.ceil(s.width / l.width), [at, cell], [0, 0], ([a, b], [i, j]) =>
            f.add(l.store(b!, l.load(a!, i), j)),
          );
          f.increase(cell, s.width * 4);
        },
        outside: () => {
          eachVector(f, l, Math.ceil(s.width / l.width), [cell], [0], ([b], [j]) => f.add(l.store(b!, l.const(0), j)));
          f.increase(cell, s.width * 4);
        },
        next: () => {
          f.increase(to, patchRow(s) * 4);
          f.set(cell, to);
        },
      });
    }),
  );
}

/**
 * The adjoint: a function `(patches, x, position, count)` that adds rows to the cells that they came from. In `doubles`
 * the image is float64, `x` is a distance in an image of floats, and a fifth parameter is the image's address.
 */
export function scatterPatches(
  module: ModuleBuilder,
  { vector, scalar }: Target,
  s: ConvShape,
  doubles: boolean,
): FunctionRef {
  return module.once(`scatter patches ${JSON.stringify(s)}`, () =>
    module.func(doubles ? repeatType('i32', 5) : repeatType('i32', 4), [], (f, ...params) => {
      const [from, x, position, count, totals] = params as [...TupleOf<Local<'i32'>, 4>, Local<'i32'>?];
      const cell = f.let(from);
      const addRun = (places: readonly [I32, I32], offsets: readonly [number, number], floats: number): void => {
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
        eachVector(f, vector, full, places, offsets, add(vector));
        const skip = full * vector.width * 4;
        eachVector(
          f,
          scalar,
          floats % vector.width,
          places,
          offsets.map((o) => o + skip),
          add(scalar),
        );
      };
      eachWindow(f, s, x, position, count, {
        whole: (at) => runsOf(s)!.forEach((run) => addRun([from, at], [run.to, run.from], run.count)),
        inside: (at) => {
          addRun([cell, at], [0, 0], s.width);
          f.increase(cell, s.width * 4);
        },
        outside: () => f.increase(cell, s.width * 4),
        next: () => {
          f.increase(from, patchRow(s) * 4);
          f.set(cell, from);
        },
      });
    }),
  );
}

const unrolled = 8;

/** Does `body` for so many vectors at all of the places: straight code for a few, a loop for more. */
export function eachVector(
  f: FunctionBuilder,
  l: Lanes,
  count: number,
  places: readonly I32[],
  offsets: readonly number[],
  body: (places: readonly I32[], offsets: readonly number[]) => void,
): void {
  const straight = (at: readonly I32[], from: readonly number[], vectors: number): void => {
    for (let v = 0; v < vectors; v++)
      body(
        at,
        from.map((o) => o + v * 4 * l.width),
      );
  };
  if (count <= unrolled) return straight(places, offsets, count);
  const moving: Local<'i32'>[] = places.map((p, i) => f.let(i32.add(p, i32.const(offsets[i]!))));
  const zero = offsets.map(() => 0);
  f.for(f.local('i32'), 0, Math.floor(count / 4), 1, () => {
    straight(moving, zero, 4);
    for (const m of moving) f.increase(m, 16 * l.width);
  });
  straight(moving, zero, count % 4);
}
