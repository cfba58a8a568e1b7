import { f32x4, type FunctionBuilder, i32, type Local, memory, v128, type V128 } from '../../asm/index.ts';
import type { Lanes } from '../../lanes/lanes.ts';
import { maxFloatAdditions } from '../common/partition.ts';
import { type ComputeKernel, kernelParams } from '../common/kernel.ts';
import { linearMap } from './linearMap.ts';
import { gradientTransforms as transforms } from './matrices.ts';
import { emitBatchedProducts } from './batchedProducts.ts';
import {
  type Images,
  oddCacheLines,
  offsetsOf,
  tilePoints,
  inputTransformBytes,
  emitInputTransform,
  tileImages,
  type TileMatrices,
  tileMatrices,
  type InputTransform,
  type Tiling,
} from './inputTransform.ts';

/** The kernel gradient, from images x and the gradient of images y. */
export interface KernelGradient {
  readonly x: Images;
  readonly y: Images;
  /** Padding before x, in rows and columns. */
  readonly top: number;
  readonly left: number;
}

const taps = 3;
/** Tiles of a block, which are the depth of its products. */
const blockTiles = 64;

/** Partial sums over blocks of tiles. Each is 36 matrices `[channels of x, channels of y]`. */
export interface Partials {
  readonly tiling: Tiling;
  /** Blocks of one partial sum; the last may have fewer. */
  readonly blocks: number;
  readonly count: number;
  readonly matrixBytes: number;
  readonly bytes: number;
}

/**
 * Chooses 4 to 16 partial sums of up to 5 MB. Each lets a thread work alone, but costs a pass over its memory. There
 * are more partial sums if one would otherwise have more than {@link maxFloatAdditions} blocks.
 */
export function partialsOf({ x, y }: KernelGradient): Partials {
  const matrixBytes = oddCacheLines(x.channels * y.channels * 4);
  const bytes = tilePoints ** 2 * matrixBytes;
  const wanted = [16, 8].find((count) => count * bytes <= 5e6) ?? 4;
  const tiling = tileImages(y, blockTiles, wanted);
  const blocks = Math.min(maxFloatAdditions, Math.ceil(tiling.blocks / wanted));
  return { tiling, blocks, count: Math.ceil(tiling.blocks / blocks), matrixBytes, bytes };
}

/** Buffers: x, ∂y, partial sums. A unit is one partial sum. */
export function partialSumsKernel(g: KernelGradient, partials: Partials): ComputeKernel {
  const { x, y } = g;
  const { tiling } = partials;
  const readers: [InputTransform, InputTransform] = [
    { images: x, tiling, top: g.top, left: g.left, transform: transforms.input, packed: false },
    { images: y, tiling, top: 0, left: 0, transform: transforms.kernel, packed: true },
  ];
  const [a, b] = readers.map(tileMatrices) as [TileMatrices, TileMatrices];
  const [workX, workY] = readers.map((r) => inputTransformBytes(r).all) as [number, number];
  const [, second, left, right, scratch] = offsetsOf(workX, workY, a.all, b.all);
  const name = `winograd gradient ${y.batch}x${y.height}x${y.width} ${x.channels} to ${y.channels}`;
  return {
    key: `${name} of ${x.height}x${x.width} at ${g.top},${g.left}`,
    name,
    buffers: 3,
    units: partials.count,
    flops: tiling.rows * tiling.across * tilePoints ** 2 * 2 * x.channels * y.channels,
    bytes:
      4 * [x, y].reduce((sum, i) => sum + i.batch * i.height * i.width * i.channels, 0) +
      partials.count * partials.bytes,
    scratch: scratch!,
    emit(module, target) {
      const [readX, readY] = [
        emitInputTransform(module, target, readers[0]),
        emitInputTransform(module, target, readers[1]),
      ];
      const multiply = emitBatchedProducts(module, target, {
        count: tilePoints ** 2,
        rows: x.channels,
        columns: y.channels,
        depth: a.tiles,
        a: { row: 4, step: a.rowBytes, matrix: a.matrixBytes },
        b: { row: b.rowBytes, panel: b.panelBytes, matrix: b.matrixBytes },
        c: { row: y.channels * 4, matrix: partials.matrixBytes },
      });
      return module.func(kernelParams(3), [], (f, xs, ys, sums, own, begin, end) => {
        const [unit, block, row, last] = f.locals('i32', 4);
        const at = (place: number | undefined): Local<'i32'> => f.let(i32.add(own, i32.const(place!)));
        const [own2, p, q] = [at(second), at(left), at(right)];
        f.add(memory.fill(own, i32.const(0), i32.const(second! + workY)));
        f.for(unit, begin, end, 1, () => {
          f.set(row, i32.mul(unit, i32.const(partials.blocks * tiling.blockRows)));
          f.set(last, i32.sub(i32.const(tiling.blocks), i32.mul(unit, i32.const(partials.blocks))));
          f.for(
            block,
            0,
            i32.select(i32.ltS(last, i32.const(partials.blocks)), last, i32.const(partials.blocks)),
            1,
            () => {
              f.call(readX, [xs, row, own, p]);
              f.call(readY, [ys, row, own2, q]);
              // The first block begins the sum, the others add to it.
              f.call(multiply, [p, q, i32.add(sums, i32.mul(unit, i32.const(partials.bytes))), block]);
              f.increase(row, tiling.blockRows);
            },
          );
        });
      });
    },
  };
}

/**
 * Adds the partial sums in pairs and transforms the total. Buffers: partial sums, kernel gradient. A unit is a few
 * channels of x.
 */
export function gradientKernel({ x, y }: KernelGradient, partials: Partials): ComputeKernel {
  const rows = x.channels % 16 === 0 ? x.channels / 16 : 1;
  const run = y.channels * 4;
  const name = `winograd gradient sum ${partials.count}x${x.channels}x${y.channels}`;
  return {
    key: name,
    name,
    buffers: 2,
    units: x.channels / rows,
    flops: x.channels * y.channels * (partials.count * tilePoints ** 2 + (tilePoints + taps) * 20),
    bytes: partials.count * partials.bytes + taps ** 2 * x.channels * run,
    scratch: tilePoints ** 2 * run + taps * tilePoints * run,
    emit: (module, { vector: l }) =>
      module.func(kernelParams(2), [], (f, sums, kernel, scratch, begin, end) => {
        const [channel, last] = f.locals('i32', 2);
        const middle = f.let(i32.add(scratch, i32.const(tilePoints ** 2 * run)));
        f.set(last, i32.mul(end, i32.const(rows)));
        f.for(channel, i32.mul(begin, i32.const(rows)), last, 1, () => {
          const offset = f.let(i32.mul(channel, i32.const(run)));
          addPartials(f, partials, run, f.let(i32.add(sums, offset)), scratch);
          transformRuns(
            f,
            l,
            scratch,
            { outer: run, inner: tilePoints * run },
            middle,
            { outer: run, inner: tilePoints * run },
            tilePoints,
            run,
          );
          transformRuns(
            f,
            l,
            middle,
            { outer: tilePoints * run, inner: run },
            f.let(i32.add(kernel, offset)),
            { outer: taps * x.channels * run, inner: x.channels * run },
            taps,
            run,
          );
        });
      }),
  };
}

/** Adds the partial sums of one channel, in pairs. */
function addPartials(
  f: FunctionBuilder,
  { count, matrixBytes, bytes }: Partials,
  run: number,
  from: Local<'i32'>,
  to: Local<'i32'>,
): void {
  const sum = (first: number, length: number): V128 => {
    if (length === 1) return v128.load(from, first * bytes);
    const half = length >> 1;
    return f32x4.add(sum(first, half), sum(first + half, length - half));
  };
  const [iteration, x] = f.locals('i32', 2);
  const target = f.let(to);
  f.for(iteration, 0, tilePoints ** 2, 1, () => {
    f.for(x, 0, run, 16, () => {
      f.add(v128.store(target, sum(0, count)));
      f.increase(from, 16);
      f.increase(target, 16);
    });
    f.increase(from, matrixBytes - run);
  });
}

/** Byte strides: between the operands of a transform, and between transforms. */
interface Strides {
  readonly outer: number;
  readonly inner: number;
}

/** The output transform of 6 runs to 3 runs, `count` times. */
function transformRuns(
  f: FunctionBuilder,
  l: Lanes,
  from: Local<'i32'>,
  a: Strides,
  to: Local<'i32'>,
  b: Strides,
  count: number,
  run: number,
): void {
  const [iteration, x] = f.locals('i32', 2);
  const [source, target] = [f.let(from), f.let(to)];
  f.for(iteration, 0, count, 1, () => {
    f.for(x, 0, run, 16, () => {
      const values = transforms.output[0]!.map((_, i) => f.let(l.load(source, i * a.inner)));
      linearMap(f, l, transforms.output, values).forEach((v, i) => f.add(l.store(target, v, i * b.inner)));
      f.increase(source, 16);
      f.increase(target, 16);
    });
    f.increase(source, a.outer - run);
    f.increase(target, b.outer - run);
  });
}
