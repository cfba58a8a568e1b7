import { i32 } from '../../asm/index.ts';
import type { Convolution } from './convolution.ts';
import { partition, unitsFor, unitStart } from '../common/partition.ts';
import { registerBlockFor } from '../gemm/layout.ts';
import { type ComputeKernel, kernelParams, type Lowered, type LoweringOptions } from '../common/kernel.ts';
import { sumPartialsKernel } from '../common/sumPartials.ts';
import { kSplitsOf, multiplyInKBlocks } from '../gemm/kBlocking.ts';
import { packedBytes, packKernel, type Packing } from '../gemm/packing.ts';
import { gatherPatches, patchBytes, patchRow } from './patches.ts';

/**
 * The number of patches that im2col copies at once: at most 96, which take at most half of the second-level cache.
 * Either `total` or a multiple of the rows of a register block.
 */
export function patchBlockRows({ patchLength }: Convolution, total: number): number {
  return Math.min(total, 96, Math.max(8, Math.floor(131072 / patchLength / 8) * 8));
}

/**
 * Lowers the forward pass to blocked im2col: patches times the packed kernel `[patchLength, filters]`, group by group.
 * A block may hold windows of several images, so that small images fill it, too. A large patch length is split, and
 * `sumPartialsKernel` adds the results of the splits in float64.
 */
export function lowerForward(conv: Convolution, { simd }: LoweringOptions): Lowered {
  const block = registerBlockFor(conv.windows * conv.batch, conv.groupFilters, simd ? 4 : 1);
  const packing: Packing = {
    count: conv.groups,
    depth: conv.patchLength,
    columns: conv.groupFilters,
    panelColumns: block.columns,
    matrix: conv.groupFilters * 4,
    row: conv.filters * 4,
    column: 4,
  };
  const kernel = forwardKernel(conv, packing, block.rows);
  const [splits, size] = [kSplitsOf(conv.patchLength), conv.batch * conv.windows * conv.filters];
  const packed = conv.groups * packedBytes(packing);
  const pack = { kernel: packKernel(packing), buffers: [1, 3] };
  if (splits === 1) return { temporaries: [packed], steps: [pack, { kernel, buffers: [0, 3, 2] }] };
  return {
    temporaries: [packed, splits * size * 4],
    steps: [pack, { kernel, buffers: [0, 3, 4] }, { kernel: sumPartialsKernel(splits, size), buffers: [4, 2] }],
  };
}

/** Buffers: x, the packed convolution kernel of each group, y (one for each split of the patch length). */
function forwardKernel(conv: Convolution, packing: Packing, blockRows: number): ComputeKernel {
  const total = conv.batch * conv.windows;
  const rows = patchBlockRows(conv, total);
  const blockCount = Math.ceil(total / rows);
  const blocks = partition(blockCount, blockCount / unitsFor(conv.flops));
  const panel = packing.panelColumns;
  return {
    key: `conv forward ${JSON.stringify({ conv, panel })}`,
    name: conv.name,
    buffers: 3,
    units: blocks.parts,
    flops: conv.flops,
    bytes: 4 * (total * conv.filters + conv.patchLength * conv.filters) + conv.batch * conv.imageBytes,
    scratch: patchBytes(conv, rows),
    emit: (module, target) =>
      module.func(kernelParams(3), [], (f, x, packed, y, scratch, begin, end) => {
        const gather = gatherPatches(module, target, conv);
        const stop = unitStart(f, end, blocks.size * rows, total);
        const [at, count, group] = f.locals('i32', 3);
        f.for(at, i32.mul(begin, i32.const(blocks.size * rows)), stop, rows, () => {
          f.set(count, i32.sub(stop, at));
          f.set(count, i32.select(i32.ltS(count, i32.const(rows)), count, i32.const(rows)));
          f.for(group, 0, conv.groups, 1, () => {
            f.call(gather, [i32.add(x, i32.mul(group, i32.const(conv.groupChannels * 4))), scratch, at, count]);
            const product = {
              depth: conv.patchLength,
              a: { row: patchRow(conv) * 4, step: 4, block: blockRows * patchRow(conv) * 4 },
              b: { row: panel * 4, panel: conv.patchLength * panel * 4 },
              c: { row: conv.filters * 4, column: 4 },
              block: { rows: blockRows, columns: panel, dotProducts: false },
              rowTail: total % blockRows,
              columnTail: conv.groupFilters % panel,
            };
            multiplyInKBlocks(
              f,
              module,
              target,
              product,
              {
                a: scratch,
                b: i32.add(packed, i32.mul(group, i32.const(packedBytes(packing)))),
                c: i32.add(
                  y,
                  i32.add(i32.mul(at, i32.const(conv.filters * 4)), i32.mul(group, i32.const(conv.groupFilters * 4))),
                ),
                blocks: i32.divU(count, i32.const(blockRows)),
                panels: i32.const(Math.floor(conv.groupFilters / panel)),
                lastRows: i32.remU(count, i32.const(blockRows)),
                lastColumns: i32.const(1),
                add: i32.const(0),
              },
              total * conv.filters * 4,
            );
          });
        });
      }),
  };
}
