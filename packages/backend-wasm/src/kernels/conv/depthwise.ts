import type { NodeOf } from '@chainrule/tensor';
import { i32, type I32, type Local, memory } from '../../asm/index.ts';
import { combineKernel } from '../common/combine.ts';
import { convName, type ConvShape, imageBytes } from './convShape.ts';
import { evenly } from '../common/partition.ts';
import type { Floats } from '../../lanes/lanes.ts';
import { type Kernel, kernelParams, type Lowered } from '../common/kernel.ts';
import { eachVector } from './patches.ts';
import { eachWindow, runsOf } from './windows.ts';

type Face = NodeOf<'conv'>['attrs']['face'];

/**
 * A convolution of each channel with a kernel of its own: vectors lie along the channels. All faces are one loop over
 * windows and their cells, in which the face that is asked for gathers the products of the other two: y += x·k,
 * x += y·k, k += x·y. An image belongs to one unit; of face `kernel` each unit has some windows, and its own sum.
 */
export function lowerDepthwise(face: Face, s: ConvShape): Lowered {
  const flops = 2 * s.batch * s.positions * s.depth * s.channels;
  const units = Math.max(1, Math.min(32, Math.round(flops / 2e5)));
  const windows = s.batch * s.positions;
  const cut =
    face === 'kernel' ? evenly(windows, Math.min(mostTerms, windows / units)) : evenly(s.batch, s.batch / units);
  const kernel = depthwiseKernel(face, s, face === 'kernel' ? cut.size : cut.size * s.positions, cut.parts, flops);
  if (face !== 'kernel' || cut.parts === 1) return { temporaries: [], steps: [{ kernel, buffers: [0, 1, 2] }] };
  const size = s.depth * s.channels;
  return {
    temporaries: [cut.parts * size * 4],
    steps: [
      { kernel, buffers: [0, 1, 3] },
      { kernel: combineKernel(cut.parts, size), buffers: [3, 2] },
    ],
  };
}

/** Products that are added to a float32 in a row: windows of a unit for face `kernel`, cells of a window for the others. */
export const mostTerms = 256;

/** @param windows - of a unit; those of whole images for the faces of images */
function depthwiseKernel(face: Face, s: ConvShape, windows: number, units: number, flops: number): Kernel {
  const [image, row, kernelBytes] = [imageBytes(s), s.channels * 4, s.depth * s.channels * 4];
  return {
    key: `depthwise ${face} ${windows} ${JSON.stringify(s)}`,
    name: `depthwise ${convName(face, s)}`,
    buffers: 3,
    units,
    flops,
    bytes: s.batch * (image + s.positions * row) + kernelBytes,
    scratch: 0,
    emit: (module, { vector, scalar }) =>
      module.func(kernelParams(3), [], (f, left, right, out, _scratch, begin, end) => {
        const [x, kernels, y] = { output: [left, right, out], input: [out, right, left], kernel: [left, out, right] }[
          face
        ] as [Local<'i32'>, Local<'i32'>, Local<'i32'>];
        const unit = f.local('i32');
        f.for(unit, begin, end, 1, () => {
          const first = f.let(i32.mul(unit, i32.const(windows)));
          const count = f.let(i32.sub(i32.const(s.batch * s.positions), first));
          f.set(count, i32.select(i32.ltS(count, i32.const(windows)), count, i32.const(windows)));
          const at = f.let(i32.add(y, i32.mul(first, i32.const(row))));
          const k = f.let(face === 'kernel' ? i32.add(kernels, i32.mul(unit, i32.const(kernelBytes))) : kernels);
          const images = (n: I32): I32 => i32.mul(i32.divU(n, i32.const(s.positions)), i32.const(image));
          const [from, bytes]: [I32, I32] =
            face === 'kernel'
              ? [k, i32.const(kernelBytes)]
              : face === 'output'
                ? [at, i32.mul(count, i32.const(row))]
                : [i32.add(x, images(first)), images(count)];
          f.add(memory.fill(from, i32.const(0), bytes));
          const cell = f.let(k);
          // The places of x, of the kernel's cell and of y; the sum is the one of this face. Outside of the image x is 0.
          const target = ['input', 'kernel', 'output'].indexOf(face);
          const join = (places: readonly I32[], offsets: readonly number[], isInside = true): void => {
            const full = Math.floor(s.channels / vector.width);
            for (const [l, vectors, skip] of [
              [vector, full, 0],
              [scalar, s.channels % vector.width, full * vector.width * 4],
            ] as const) {
              eachVector(
                f,
                l,
                vectors,
                places,
                offsets.map((o) => o + skip),
                (p, o) => {
                  const value = (i: number): Floats => (i === 0 && !isInside ? l.const(0) : l.load(p[i]!, o[i]));
                  const [a, b] = [0, 1, 2].filter((i) => i !== target).map(value) as [Floats, Floats];
                  f.add(l.store(p[target]!, l.madd(a, b, value(target)), o[target]));
                },
              );
            }
          };
          eachWindow(f, { ...s, width: s.channels }, x, first, count, {
            whole: (place) => cellsOf(s).forEach((from, i) => join([place, k, at], [from, i * row, 0])),
            inside: (place) => {
              join([place, cell, at], [0, 0, 0]);
              f.increase(cell, row);
            },
            // A product with 0 is not always 0: infinities and NaN must show.
            outside: () => {
              if (face !== 'input') join([at, cell, at], [0, 0, 0], false);
              f.increase(cell, row);
            },
            next: () => {
              f.increase(at, row);
              f.set(cell, k);
            },
          });
        });
      }),
  };
}

/** Bytes from the first cell of a window to each of its cells. */
function cellsOf(s: ConvShape): number[] {
  return runsOf({ ...s, width: s.channels })!.flatMap(({ from, count }) =>
    Array.from({ length: count / s.channels }, (_, i) => from + i * s.channels * 4),
  );
}
