import { i32 } from '../../asm/index.ts';
import type { Convolution } from './convolution.ts';
import { partition, unitsFor, unitStart } from '../common/partition.ts';
import { registerBlockFor } from '../gemm/layout.ts';
import { type ComputeKernel, kernelParams, type Lowered, type LoweringOptions } from '../common/kernel.ts';
import { packedBytes, packKernel, type Packing } from '../gemm/packing.ts';
import { type RegisterBlock, type Macrokernel, emitMacrokernel, macrokernelArgs } from '../gemm/macrokernel.ts';

/** Up to this patch length, copying patches would take too long compared with the product. */
const maxPatchLength = 32;

/** Whether the product can read windows directly from the image. Each row of a window must be contiguous. */
export function isDirect(conv: Convolution): boolean {
  return (
    conv.groups === 1 &&
    conv.patchLength <= maxPatchLength &&
    conv.kernelSize[0] === 1 &&
    conv.dilations[2] === 1 &&
    conv.outputSize[2] >= 8
  );
}

/**
 * Lowers the forward pass without im2col, for images with few channels. The images include their padding. The rows of A
 * are the windows along a row of an image, which overlap in memory. Each row of a window is one segment of a row of A.
 *
 * GFLOPS including padding, with plain / relaxed SIMD (peak 58.5), and with im2col in parentheses: 64 images of 28×28×1
 * to 32 channels 38–41 / 51–53 (31 / 33); 32 images of 32×32×3 to 32 channels 41–44 / 52 (30 / 38).
 */
export function lowerDirect(conv: Convolution, { simd }: LoweringOptions): Lowered {
  const block = registerBlockFor(conv.outputSize[2], conv.filters, simd ? 4 : 1);
  const packing: Packing = {
    count: 1,
    depth: conv.patchLength,
    columns: conv.filters,
    panelColumns: block.columns,
    matrix: 0,
    row: conv.filters * 4,
    column: 4,
  };
  return {
    temporaries: [packedBytes(packing)],
    steps: [
      { kernel: packKernel(packing), buffers: [1, 3] },
      { kernel: directKernel(conv, block), buffers: [0, 3, 2] },
    ],
  };
}

/** Buffers: x, packed kernel, y. */
function directKernel(conv: Convolution, block: RegisterBlock): ComputeKernel {
  const lines = conv.batch * conv.outputSize[0] * conv.outputSize[1];
  const units = partition(lines, lines / unitsFor(conv.flops));
  const [row, lineBytes] = [conv.inputSize[2] * conv.channels * 4, conv.outputSize[2] * conv.filters * 4];
  const step = conv.strides[2] * conv.channels * 4;
  const shape: Macrokernel = {
    depth: conv.patchLength,
    segments: conv.kernelSize[1],
    segment: conv.dilations[1] * row,
    a: { row: step, step: 4, block: block.rows * step },
    b: { row: block.columns * 4, panel: conv.patchLength * block.columns * 4 },
    c: { row: conv.filters * 4, column: 4 },
    block,
    rowTail: conv.outputSize[2] % block.rows,
    columnTail: conv.filters % block.columns,
  };
  return {
    key: `conv direct ${JSON.stringify({ conv, block })}`,
    name: conv.name,
    buffers: 3,
    units: units.parts,
    flops: conv.flops,
    bytes: conv.batch * conv.imageBytes + lines * lineBytes,
    scratch: 0,
    emit: (module, target) =>
      module.func(kernelParams(3), [], (f, x, packed, y, _scratch, begin, end) => {
        const multiply = emitMacrokernel(module, target, shape);
        const stop = unitStart(f, end, units.size, lines);
        const line = f.local('i32');
        f.for(line, i32.mul(begin, i32.const(units.size)), stop, 1, () => {
          const image = f.let(i32.divU(line, i32.const(conv.outputSize[1])));
          const down = i32.remU(line, i32.const(conv.outputSize[1]));
          // Windows are one pixel deep, so each plane of the output reads one plane of the input.
          const plane =
            conv.outputSize[0] === 1
              ? i32.mul(image, i32.const(conv.imageBytes))
              : i32.add(
                  i32.mul(i32.divU(image, i32.const(conv.outputSize[0])), i32.const(conv.imageBytes)),
                  i32.mul(
                    i32.remU(image, i32.const(conv.outputSize[0])),
                    i32.const(conv.strides[0] * conv.inputSize[1] * row),
                  ),
                );
          f.call(
            multiply,
            macrokernelArgs({
              a: i32.add(x, i32.add(plane, i32.mul(down, i32.const(conv.strides[1] * row)))),
              b: packed,
              c: i32.add(y, i32.mul(line, i32.const(lineBytes))),
              blocks: i32.const(Math.floor(conv.outputSize[2] / block.rows)),
              panels: i32.const(Math.floor(conv.filters / block.columns)),
              lastRows: i32.const(1),
              lastColumns: i32.const(1),
              add: i32.const(0),
            }),
          );
        });
      }),
  };
}
