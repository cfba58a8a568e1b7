import { i32 } from '../../asm/index.ts';
import { convName, type ConvShape, imageBytes } from './convShape.ts';
import { evenly, unitStart } from '../common/partition.ts';
import { blockFor } from '../gemm/layout.ts';
import { type Kernel, kernelParams, type Lowered, type LoweringOptions } from '../common/kernel.ts';
import { packedBytes, packKernel, type Packing } from '../gemm/packing.ts';
import { type Block, type Product, product, productArgs } from '../gemm/macrokernel.ts';

/** Elements of a window up to which laying it out costs too much of its product. */
const mostDepth = 32;

/** Whether windows can be read where they are: whole in the image, and in runs of adjacent elements. */
export function isDirect(s: ConvShape): boolean {
  return s.groups === 1 && s.depth <= mostDepth && s.size[0] === 1 && s.dilations[2] === 1 && s.output[2] >= 8;
}

/**
 * Pass `forward` of images with few channels that have their padding around them. The windows along an image's row are
 * rows of a matrix that overlap in memory, in one segment for each row of the window: no patches are laid out.
 *
 * GFLOPS with padding, plain / relaxed (peak 58.5; laid out as patches of unpadded images): 64 images of 28×28×1 to 32
 * channels 38–41 / 51–53 (31 / 33), 32 of 32×32×3 to 32 41–44 / 52 (30 / 38).
 */
export function lowerConvDirect(s: ConvShape, { simd }: LoweringOptions): Lowered {
  const block = blockFor(s.output[2], s.filters, simd ? 4 : 1);
  const packing: Packing = {
    count: 1,
    depth: s.depth,
    columns: s.filters,
    panel: block.columns,
    matrix: 0,
    row: s.filters * 4,
    column: 4,
  };
  return {
    temporaries: [packedBytes(packing)],
    steps: [
      { kernel: packKernel(packing), buffers: [1, 3] },
      { kernel: directKernel(s, block), buffers: [0, 3, 2] },
    ],
  };
}

/** Buffers: x, packed kernel, y. */
function directKernel(s: ConvShape, block: Block): Kernel {
  const lines = s.batch * s.output[0] * s.output[1];
  const flops = 2 * s.batch * s.positions * s.depth * s.filters;
  const cut = evenly(lines, lines / Math.max(1, Math.min(64, Math.round(flops / 1e6))));
  const [row, lineBytes] = [s.input[2] * s.channels * 4, s.output[2] * s.filters * 4];
  const step = s.strides[2] * s.channels * 4;
  const shape: Product = {
    depth: s.depth,
    segments: s.size[1],
    segment: s.dilations[1] * row,
    a: { row: step, step: 4, block: block.rows * step },
    b: { row: block.columns * 4, panel: s.depth * block.columns * 4 },
    c: { row: s.filters * 4, column: 4 },
    block,
    rowTail: s.output[2] % block.rows,
    columnTail: s.filters % block.columns,
  };
  return {
    key: `conv direct ${JSON.stringify({ s, block })}`,
    name: convName('forward', s),
    buffers: 3,
    units: cut.parts,
    flops,
    bytes: s.batch * imageBytes(s) + lines * lineBytes,
    scratch: 0,
    emit: (module, target) =>
      module.func(kernelParams(3), [], (f, x, packed, y, _scratch, begin, end) => {
        const multiply = product(module, target, shape);
        const stop = unitStart(f, end, cut.size, lines);
        const line = f.local('i32');
        f.for(line, i32.mul(begin, i32.const(cut.size)), stop, 1, () => {
          const image = f.let(i32.divU(line, i32.const(s.output[1])));
          const down = i32.remU(line, i32.const(s.output[1]));
          // A window is one cell deep: images and planes of the output follow each other as those of the input do.
          const plane =
            s.output[0] === 1
              ? i32.mul(image, i32.const(imageBytes(s)))
              : i32.add(
                  i32.mul(i32.divU(image, i32.const(s.output[0])), i32.const(imageBytes(s))),
                  i32.mul(i32.remU(image, i32.const(s.output[0])), i32.const(s.strides[0] * s.input[1] * row)),
                );
          f.call(
            multiply,
            productArgs({
              a: i32.add(x, i32.add(plane, i32.mul(down, i32.const(s.strides[1] * row)))),
              b: packed,
              c: i32.add(y, i32.mul(line, i32.const(lineBytes))),
              blocks: i32.const(Math.floor(s.output[2] / block.rows)),
              panels: i32.const(Math.floor(s.filters / block.columns)),
              lastRows: i32.const(1),
              lastColumns: i32.const(1),
              add: i32.const(0),
            }),
          );
        });
      }),
  };
}
