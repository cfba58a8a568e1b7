import { i32, memory } from '../../asm/index.ts';
import { convName, type ConvShape, imageBytes } from './convShape.ts';
import { blockRows } from './forward.ts';
import { evenly, mostSums, unitStart } from '../common/partition.ts';
import { eachVector } from '../common/eachVector.ts';
import { blockFor } from '../gemm/layout.ts';
import { type Kernel, kernelParams, type Lowered, type LoweringOptions } from '../common/kernel.ts';
import { multiplyDeep } from '../gemm/kBlocking.ts';
import { packedBytes, packKernel, type Packing } from '../gemm/packing.ts';
import { patchBytes, patchRow, scatterPatches } from './patches.ts';

/**
 * Pass `inputGradient`: rows of y times the transposed kernel `[filters, depth]` are rows of patches, which are added to the
 * cells that they belong to. An image belongs to one unit, and its windows are added in order; in float64 where a cell
 * may be in more than {@link mostSums} windows.
 */
export function lowerConvInput(s: ConvShape, { simd }: LoweringOptions): Lowered {
  const block = blockFor(s.positions, s.depth, simd ? 4 : 1);
  const packing: Packing = {
    count: s.groups,
    depth: s.groupFilters,
    columns: s.depth,
    panel: block.columns,
    matrix: s.groupFilters * 4,
    row: 4,
    column: s.filters * 4,
  };
  return {
    temporaries: [s.groups * packedBytes(packing)],
    steps: [
      { kernel: packKernel(packing), buffers: [1, 3] },
      { kernel: inputKernel(s, packing, block.rows), buffers: [0, 3, 2] },
    ],
  };
}

/** Buffers: y, packed kernels, x. */
function inputKernel(s: ConvShape, packing: Packing, tileRows: number): Kernel {
  const rows = blockRows(s, s.positions);
  const flops = 2 * s.batch * s.positions * s.depth * s.filters;
  const images = evenly(s.batch, s.batch / Math.max(1, Math.min(64, Math.round(flops / 1e6))));
  const panel = packing.panel;
  const isLong = s.depth / s.width > mostSums;
  const patches = Math.ceil(patchBytes(s, rows) / 16) * 16;
  return {
    key: `conv input ${JSON.stringify({ s, panel })}`,
    name: convName('inputGradient', s),
    buffers: 3,
    units: images.parts,
    flops,
    bytes: 4 * (s.batch * s.positions * s.filters + s.depth * s.filters) + s.batch * imageBytes(s),
    scratch: patches + (isLong ? 2 * imageBytes(s) : 0),
    emit: (module, target) =>
      module.func(kernelParams(3), [], (f, y, packed, x, scratch, begin, end) => {
        const scatter = scatterPatches(module, target, s, isLong);
        const totals = f.let(i32.add(scratch, i32.const(patches)));
        const first = unitStart(f, begin, images.size, s.batch);
        const stop = unitStart(f, end, images.size, s.batch);
        const [image, at, count, group, position] = f.locals('i32', 5);
        const product = {
          depth: s.groupFilters,
          a: { row: s.filters * 4, step: 4, block: tileRows * s.filters * 4 },
          b: { row: panel * 4, panel: s.groupFilters * panel * 4 },
          c: { row: patchRow(s) * 4, column: 4 },
          block: { rows: tileRows, columns: panel, dots: false },
          rowTail: s.positions % tileRows,
          columnTail: s.depth % panel,
        };
        const doBlock = (): void => {
          f.set(count, i32.sub(i32.const(s.positions), at));
          f.set(count, i32.select(i32.ltS(count, i32.const(rows)), count, i32.const(rows)));
          f.set(position, i32.add(i32.mul(image, i32.const(s.positions)), at));
          f.for(group, 0, s.groups, 1, () => {
            multiplyDeep(f, module, target, product, {
              a: i32.add(
                y,
                i32.add(i32.mul(position, i32.const(s.filters * 4)), i32.mul(group, i32.const(s.groupFilters * 4))),
              ),
              b: i32.add(packed, i32.mul(group, i32.const(packedBytes(packing)))),
              c: scratch,
              blocks: i32.divU(count, i32.const(tileRows)),
              panels: i32.const(Math.floor(s.depth / panel)),
              lastRows: i32.remU(count, i32.const(tileRows)),
              lastColumns: i32.const(1),
              add: i32.const(0),
            });
            const channel = i32.mul(group, i32.const(s.width * 4));
            f.call(
              scatter,
              isLong ? [scratch, channel, at, count, totals] : [scratch, i32.add(x, channel), position, count],
            );
          });
        };
        f.for(image, first, stop, 1, () => {
          const start = f.let(i32.add(x, i32.mul(image, i32.const(imageBytes(s)))));
          f.add(
            isLong
              ? memory.fill(totals, i32.const(0), i32.const(2 * imageBytes(s)))
              : memory.fill(start, i32.const(0), i32.const(imageBytes(s))),
          );
          f.for(at, 0, s.positions, rows, doBlock);
          if (isLong)
            eachVector(f, target, imageBytes(s) / 4, (l, offset) =>
              f.add(
                l.store(
                  i32.add(start, offset),
                  l.doubles.narrow(l.doubles.load(i32.add(totals, i32.shl(offset, i32.const(1))))),
                ),
              ),
            );
        });
      }),
  };
}
