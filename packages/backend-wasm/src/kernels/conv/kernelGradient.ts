import { i32 } from '../../asm/index.ts';
import { combineKernel } from '../common/combine.ts';
import { convName, type ConvShape, imageBytes } from './convShape.ts';
import { blockRows } from './forward.ts';
import { evenly, mostSums } from '../common/partition.ts';
import { blockFor } from '../gemm/layout.ts';
import { type Kernel, kernelParams, type Lowered, type LoweringOptions } from '../common/kernel.ts';
import { gatherPatches, patchBytes, patchRow } from './patches.ts';
import { type Block, type Product, product, productArgs } from '../gemm/macrokernel.ts';

/** Bytes that sums of panels of windows may take together. */
const mostBytes = 1 << 22;

/**
 * Pass `kernelGradient`: patchesᵀ·y. Each unit sums a fixed panel of windows, block by block, to an array of its own; a second
 * step adds the arrays up in order.
 */
export function lowerConvKernel(s: ConvShape, { simd, relaxed }: LoweringOptions): Lowered {
  const size = s.depth * s.filters;
  const blocks = Math.ceil((s.batch * s.positions) / blockRows(s, s.batch * s.positions));
  const units = Math.max(
    1,
    Math.min(32, Math.round((2 * s.batch * s.positions * size) / 1e6), Math.max(4, Math.floor(mostBytes / (4 * size)))),
  );
  const panels = evenly(blocks, Math.min(mostSums, blocks / units));
  const block = blockFor(s.depth, s.groupFilters, simd ? 4 : 1);
  // A row by itself would take as long as four, as its few sums wait for each other. Plain SIMD lacks registers for five.
  const tail = relaxed && s.depth % block.rows === 1 && s.depth > block.rows ? block.rows + 1 : s.depth % block.rows;
  const kernel = kernelKernel(s, panels.size, panels.parts, block, tail);
  if (panels.parts === 1) return { temporaries: [], steps: [{ kernel, buffers: [0, 1, 2] }] };
  return {
    temporaries: [panels.parts * size * 4],
    steps: [
      { kernel, buffers: [0, 1, 3] },
      { kernel: combineKernel(panels.parts, size), buffers: [3, 2] },
    ],
  };
}

/** Buffers: x, y, a kernel for each unit. */
function kernelKernel(s: ConvShape, blocks: number, units: number, tile: Block, tail: number): Kernel {
  const total = s.batch * s.positions;
  const rows = blockRows(s, total);
  const step = patchRow(s) * 4;
  const shape = (depth: number): Product => ({
    depth,
    a: { row: 4, step, block: tile.rows * 4 },
    b: { row: s.filters * 4, panel: tile.columns * 4 },
    c: { row: s.filters * 4, column: 4 },
    block: tile,
    rowTail: tail,
    columnTail: s.groupFilters % tile.columns,
  });
  return {
    key: `conv kernel ${JSON.stringify({ s, blocks, tile, tail })}`,
    name: convName('kernelGradient', s),
    buffers: 3,
    units,
    flops: 2 * total * s.depth * s.filters,
    bytes: s.batch * imageBytes(s) + 4 * s.filters * (total + units * s.depth),
    scratch: patchBytes(s, rows),
    emit: (module, target) =>
      module.func(kernelParams(3), [], (f, x, y, sums, scratch, begin, end) => {
        const gather = gatherPatches(module, target, s);
        const full = product(module, target, shape(rows));
        const rest = total % rows ? product(module, target, shape(total % rows)) : full;
        const [unit, group, block, at] = f.locals('i32', 4);
        const doBlock = (ref: typeof full, count: number): void => {
          f.call(gather, [i32.add(x, i32.mul(group, i32.const(s.width * 4))), scratch, at, i32.const(count)]);
          const column = f.let(i32.mul(group, i32.const(s.groupFilters * 4)));
          f.call(
            ref,
            productArgs({
              a: scratch,
              b: i32.add(y, i32.add(i32.mul(at, i32.const(s.filters * 4)), column)),
              c: i32.add(sums, i32.add(i32.mul(unit, i32.const(s.depth * s.filters * 4)), column)),
              blocks: i32.const(Math.floor((s.depth - tail) / tile.rows)),
              panels: i32.const(Math.floor(s.groupFilters / tile.columns)),
              lastRows: i32.const(1),
              lastColumns: i32.const(1),
              add: block,
            }),
          );
        };
        f.for(unit, begin, end, 1, () =>
          f.for(group, 0, s.groups, 1, () =>
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
