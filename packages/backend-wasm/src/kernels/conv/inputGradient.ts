import { type FunctionBuilder, i32, type I32, memory } from '../../asm/index.ts';
import type { Convolution } from './convolution.ts';
import { patchBlockRows } from './forward.ts';
import { maxFloatAdditions, partition, unitsFor, unitStart } from '../common/partition.ts';
import { eachVector } from '../common/eachVector.ts';
import { registerBlockFor } from '../gemm/layout.ts';
import { type ComputeKernel, kernelParams, type Lowered, type LoweringOptions, type Target } from '../common/kernel.ts';
import { multiplyInKBlocks } from '../gemm/kBlocking.ts';
import type { Macrokernel } from '../gemm/macrokernel.ts';
import { packedBytes, packKernel, type Packing } from '../gemm/packing.ts';
import { patchBytes, patchRow, scatterPatches } from './patches.ts';

/**
 * Lowers the input gradient to col2im: ∂y times the transposed kernel `[filters, patchLength]` gives patches, which are
 * added to the pixels of their windows. A unit computes whole images and adds their windows in order. It adds in
 * float64 if a pixel may be in more than {@link maxFloatAdditions} windows.
 */
export function lowerInputGradient(conv: Convolution, { simd }: LoweringOptions): Lowered {
  const block = registerBlockFor(conv.windows, conv.patchLength, simd ? 4 : 1);
  const packing: Packing = {
    count: conv.groups,
    depth: conv.groupFilters,
    columns: conv.patchLength,
    panelColumns: block.columns,
    matrix: conv.groupFilters * 4,
    row: 4,
    column: conv.filters * 4,
  };
  return {
    temporaries: [conv.groups * packedBytes(packing)],
    steps: [
      { kernel: packKernel(packing), buffers: [1, 3] },
      { kernel: inputGradientKernel(conv, packing, block.rows), buffers: [0, 3, 2] },
    ],
  };
}

/** Buffers: ∂y, the packed convolution kernel of each group, ∂x. */
function inputGradientKernel(conv: Convolution, packing: Packing, blockRows: number): ComputeKernel {
  const rows = patchBlockRows(conv, conv.windows);
  const images = partition(conv.batch, conv.batch / unitsFor(conv.flops));
  const panel = packing.panelColumns;
  const isLong = conv.patchLength / conv.groupChannels > maxFloatAdditions;
  const patches = Math.ceil(patchBytes(conv, rows) / 16) * 16;
  return {
    key: `conv input gradient ${JSON.stringify({ conv, panel })}`,
    name: conv.name,
    buffers: 3,
    units: images.parts,
    flops: conv.flops,
    bytes:
      4 * (conv.batch * conv.windows * conv.filters + conv.patchLength * conv.filters) + conv.batch * conv.imageBytes,
    scratch: patches + (isLong ? 2 * conv.imageBytes : 0),
    emit: (module, target) =>
      module.func(kernelParams(3), [], (f, y, packed, x, scratch, begin, end) => {
        const scatter = scatterPatches(module, target, conv, isLong);
        const totals = f.let(i32.add(scratch, i32.const(patches)));
        const first = unitStart(f, begin, images.size, conv.batch);
        const stop = unitStart(f, end, images.size, conv.batch);
        const [image, at, count, group, position] = f.locals('i32', 5);
        const product = patchProduct(conv, blockRows, panel);
        const doBlock = (): void => {
          f.set(count, i32.sub(i32.const(conv.windows), at));
          f.set(count, i32.select(i32.ltS(count, i32.const(rows)), count, i32.const(rows)));
          f.set(position, i32.add(i32.mul(image, i32.const(conv.windows)), at));
          f.for(group, 0, conv.groups, 1, () => {
            multiplyInKBlocks(f, module, target, product, {
              a: i32.add(
                y,
                i32.add(
                  i32.mul(position, i32.const(conv.filters * 4)),
                  i32.mul(group, i32.const(conv.groupFilters * 4)),
                ),
              ),
              b: i32.add(packed, i32.mul(group, i32.const(packedBytes(packing)))),
              c: scratch,
              blocks: i32.divU(count, i32.const(blockRows)),
              panels: i32.const(Math.floor(conv.patchLength / panel)),
              lastRows: i32.remU(count, i32.const(blockRows)),
              lastColumns: i32.const(1),
              add: i32.const(0),
            });
            const channel = i32.mul(group, i32.const(conv.groupChannels * 4));
            f.call(
              scatter,
              isLong ? [scratch, channel, at, count, totals] : [scratch, i32.add(x, channel), position, count],
            );
          });
        };
        f.for(image, first, stop, 1, () => {
          const start = f.let(i32.add(x, i32.mul(image, i32.const(conv.imageBytes))));
          f.add(
            isLong
              ? memory.fill(totals, i32.const(0), i32.const(2 * conv.imageBytes))
              : memory.fill(start, i32.const(0), i32.const(conv.imageBytes)),
          );
          f.for(at, 0, conv.windows, rows, doBlock);
          if (isLong) narrowImage(f, target, conv, start, totals);
        });
      }),
  };
}

/** ∂y times the packed kernel: patches of the pixels that a block of windows reads. */
function patchProduct(conv: Convolution, blockRows: number, panel: number): Macrokernel {
  return {
    depth: conv.groupFilters,
    a: { row: conv.filters * 4, step: 4, block: blockRows * conv.filters * 4 },
    b: { row: panel * 4, panel: conv.groupFilters * panel * 4 },
    c: { row: patchRow(conv) * 4, column: 4 },
    block: { rows: blockRows, columns: panel, dotProducts: false },
    rowTail: conv.windows % blockRows,
    columnTail: conv.patchLength % panel,
  };
}

/** Rounds the float64 image at `totals` to the float32 image at `to`. */
function narrowImage(f: FunctionBuilder, target: Target, conv: Convolution, to: I32, totals: I32): void {
  eachVector(f, target, conv.imageBytes / 4, (l, offset) => {
    const from = i32.add(totals, i32.shl(offset, i32.const(1)));
    f.add(l.store(i32.add(to, offset), l.doubles.narrow(l.doubles.load(from))));
  });
}
