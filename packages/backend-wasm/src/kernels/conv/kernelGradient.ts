import { i32 } from '../../asm/index.ts';
import { sumPartialsKernel } from '../common/sumPartials.ts';
import type { Convolution } from './convolution.ts';
import { patchBlockRows } from './forward.ts';
import { maxFloatAdditions, partition, unitsFor } from '../common/partition.ts';
import { registerBlockFor } from '../gemm/layout.ts';
import { type ComputeKernel, kernelParams, type Lowered, type LoweringOptions } from '../common/kernel.ts';
import { gatherPatches, patchBytes, patchRow } from './patches.ts';
import { type RegisterBlock, type Macrokernel, emitMacrokernel, macrokernelArgs } from '../gemm/macrokernel.ts';

/** The most bytes for all partial results together. Does not apply to up to 4 partial results. */
const maxPartialBytes = 1 << 22;

/**
 * Lowers the kernel gradient, patchesᵀ·∂y. Each unit computes a partial result over a fixed range of windows, block by
 * block. A second step adds the partial results in order.
 */
export function lowerKernelGradient(conv: Convolution, { simd, relaxed }: LoweringOptions): Lowered {
  const size = conv.patchLength * conv.filters;
  const blocks = Math.ceil((conv.batch * conv.windows) / patchBlockRows(conv, conv.batch * conv.windows));
  const units = unitsFor(conv.flops, Math.min(32, Math.max(4, Math.floor(maxPartialBytes / (4 * size)))));
  const ranges = partition(blocks, Math.min(maxFloatAdditions, blocks / units));
  const registerBlock = registerBlockFor(conv.patchLength, conv.groupFilters, simd ? 4 : 1);
  // A register block of one row would take as long as one of four, because its few sums wait for each other. So the last row
  // joins the block before it. Plain SIMD has too few registers for five rows.
  const tail =
    relaxed && conv.patchLength % registerBlock.rows === 1 && conv.patchLength > registerBlock.rows
      ? registerBlock.rows + 1
      : conv.patchLength % registerBlock.rows;
  const kernel = kernelGradientKernel(conv, ranges.size, ranges.parts, registerBlock, tail);
  if (ranges.parts === 1) return { temporaries: [], steps: [{ kernel, buffers: [0, 1, 2] }] };
  return {
    temporaries: [ranges.parts * size * 4],
    steps: [
      { kernel, buffers: [0, 1, 3] },
      { kernel: sumPartialsKernel(ranges.parts, size), buffers: [3, 2] },
    ],
  };
}

/** Buffers: x, ∂y, a partial kernel gradient for each unit. */
function kernelGradientKernel(
  conv: Convolution,
  blocks: number,
  units: number,
  registerBlock: RegisterBlock,
  tail: number,
): ComputeKernel {
  const total = conv.batch * conv.windows;
  const rows = patchBlockRows(conv, total);
  return {
    key: `conv kernel gradient ${JSON.stringify({ conv, blocks, registerBlock, tail })}`,
    name: conv.name,
    buffers: 3,
    units,
    flops: conv.flops,
    bytes: conv.batch * conv.imageBytes + 4 * conv.filters * (total + units * conv.patchLength),
    scratch: patchBytes(conv, rows),
    emit: (module, target) =>
      module.func(kernelParams(3), [], (f, x, y, sums, scratch, begin, end) => {
        const gather = gatherPatches(module, target, conv);
        const full = emitMacrokernel(module, target, gradientProduct(conv, rows, registerBlock, tail));
        const rest =
          total % rows
            ? emitMacrokernel(module, target, gradientProduct(conv, total % rows, registerBlock, tail))
            : full;
        const [unit, group, block, at] = f.locals('i32', 4);
        const doBlock = (ref: typeof full, count: number): void => {
          f.call(gather, [
            i32.add(x, i32.mul(group, i32.const(conv.groupChannels * 4))),
            scratch,
            at,
            i32.const(count),
          ]);
          const column = f.let(i32.mul(group, i32.const(conv.groupFilters * 4)));
          f.call(
            ref,
            macrokernelArgs({
              a: scratch,
              b: i32.add(y, i32.add(i32.mul(at, i32.const(conv.filters * 4)), column)),
              c: i32.add(sums, i32.add(i32.mul(unit, i32.const(conv.patchLength * conv.filters * 4)), column)),
              blocks: i32.const(Math.floor((conv.patchLength - tail) / registerBlock.rows)),
              panels: i32.const(Math.floor(conv.groupFilters / registerBlock.columns)),
              lastRows: i32.const(1),
              lastColumns: i32.const(1),
              add: block,
            }),
          );
        };
        f.for(unit, begin, end, 1, () =>
          f.for(group, 0, conv.groups, 1, () =>
            f.block((done) =>
              f.for(block, 0, blocks, 1, () => {
                f.set(at, i32.mul(i32.add(i32.mul(unit, i32.const(blocks)), block), i32.const(rows)));
                f.brIf(done, i32.geS(at, i32.const(total)));
                if (rest === full) return doBlock(full, rows);
                f.if(
                  i32.leS(at, i32.const(total - rows)),
                  () => doBlock(full, rows),
                  () => doBlock(rest, total % rows),
                );
              }),
            ),
          ),
        );
      }),
  };
}

/** patchesᵀ·∂y for a block of `depth` windows. */
function gradientProduct(conv: Convolution, depth: number, block: RegisterBlock, tail: number): Macrokernel {
  return {
    depth,
    a: { row: 4, step: patchRow(conv) * 4, block: block.rows * 4 },
    b: { row: conv.filters * 4, panel: block.columns * 4 },
    c: { row: conv.filters * 4, column: 4 },
    block,
    rowTail: tail,
    columnTail: conv.groupFilters % block.columns,
  };
}
