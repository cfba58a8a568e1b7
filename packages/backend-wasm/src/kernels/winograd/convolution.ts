import { i32, type Local, memory } from '../../asm/index.ts';
import { type ComputeKernel, kernelParams } from '../common/kernel.ts';
import { transformedKernelBytes } from './kernelTransform.ts';
import { tileTransforms } from './matrices.ts';
import { emitBatchedProducts } from './batchedProducts.ts';
import {
  type Images,
  offsetsOf,
  tilePoints,
  inputTransformBytes,
  emitInputTransform,
  tileImages,
  tileMatrices,
} from './inputTransform.ts';
import { outputTransformBytes, emitOutputTransform } from './outputTransform.ts';

/** A convolution that computes images: the forward pass or the input gradient. */
export interface ImageConvolution {
  readonly from: Images;
  readonly to: Images;
  /** Padding before the images `from`, in rows and columns. */
  readonly top: number;
  readonly left: number;
}

/** Tiles of a block. With 64 channels, transformed tiles and products take 0.5 MB each. */
const blockTiles = 48;

/**
 * The kernel `(images, panels, result)`, with panels of `transformKernel`. A unit is a block of tiles, which it
 * transforms, multiplies and transforms back. The products take five sixths of the time.
 */
export function convolutionKernel({ from, to, top, left }: ImageConvolution): ComputeKernel {
  const tiling = tileImages(to, blockTiles, 4);
  const reader = { images: from, tiling, top, left, transform: tileTransforms.input, packed: false };
  const writer = { images: to, tiling, transform: tileTransforms.output };
  const read = tileMatrices(reader);
  const written = outputTransformBytes(writer);
  const panels = transformedKernelBytes({ depth: from.channels, columns: to.channels });
  const work = inputTransformBytes(reader).all;
  const [, inputs, results, middle, scratch] = offsetsOf(work, read.all, written.matrices, written.middle);
  const name = `winograd ${to.batch}x${to.height}x${to.width} ${from.channels} to ${to.channels}`;
  return {
    key: `${name} of ${from.height}x${from.width} at ${top},${left}`,
    name,
    buffers: 3,
    units: tiling.blocks,
    flops: tiling.rows * tiling.across * tilePoints ** 2 * 2 * from.channels * to.channels,
    bytes: 4 * [from, to].reduce((sum, i) => sum + i.batch * i.height * i.width * i.channels, 0) + panels.all,
    scratch: scratch!,
    emit(module, target) {
      const readBlock = emitInputTransform(module, target, reader);
      const writeBlock = emitOutputTransform(module, target, writer);
      const multiply = emitBatchedProducts(module, target, {
        count: tilePoints ** 2,
        rows: read.tiles,
        columns: to.channels,
        depth: from.channels,
        a: { row: read.rowBytes, step: 4, matrix: read.matrixBytes },
        b: { row: 32, panel: panels.panel, matrix: panels.matrix },
        c: { row: to.channels * 4, matrix: written.matrixBytes },
      });
      return module.func(kernelParams(3), [], (f, images, kernel, result, own, begin, end) => {
        const [unit, row] = f.locals('i32', 2);
        const at = (place: number | undefined): Local<'i32'> => f.let(i32.add(own, i32.const(place!)));
        const [a, c, z] = [at(inputs), at(results), at(middle)];
        f.add(memory.fill(own, i32.const(0), i32.const(work)));
        f.for(unit, begin, end, 1, () => {
          f.set(row, i32.mul(unit, i32.const(tiling.blockRows)));
          f.call(readBlock, [images, row, own, a]);
          f.call(multiply, [a, kernel, c, i32.const(0)]);
          f.call(writeBlock, [c, row, z, result]);
        });
      });
    },
  };
}
