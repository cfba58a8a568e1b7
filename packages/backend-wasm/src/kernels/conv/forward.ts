import { i32, type Local } from '../../asm/index.ts';
import { convName, type ConvShape } from './convShape.ts';
import { combineKernel } from '../common/combine.ts';
import { evenly } from '../common/partition.ts';
import { blockFor } from '../gemm/layout.ts';
import { type Kernel, kernelParams, type Lowered, type LoweringOptions } from '../common/kernel.ts';
import { depthPartsOf, multiplyDeep } from '../gemm/kBlocking.ts';
import { packedBytes, packKernel, type Packing } from '../gemm/packing.ts';
import { gatherPatches, patchBytes, patchRow } from './patches.ts';

/**
 * Windows that are laid out at once, of `total`: 96, or as many as take half of the second cache; a multiple of the
 * register block's rows unless they are all.
 */
export function blockRows({ depth }: ConvShape, total: number): number {
  return Math.min(total, 96, Math.max(8, Math.floor(131072 / depth / 8) * 8));
}

/**
 * Pass `forward`: rows of patches times the kernel `[depth, filters]`, packed, group by group. Windows count over all
 * images, so that blocks are full whatever an image's size. `combineKernel` adds the parts of a large depth in float64.
 */
export function lowerConvOutput(s: ConvShape, { simd }: LoweringOptions): Lowered {
  const block = blockFor(s.positions * s.batch, s.groupFilters, simd ? 4 : 1);
  const packing: Packing = {
    count: s.groups,
    depth: s.depth,
    columns: s.groupFilters,
    panel: block.columns,
    matrix: s.groupFilters * 4,
    row: s.filters * 4,
    column: 4,
  };
  const [parts, size] = [depthPartsOf(s.depth), s.batch * s.positions * s.filters];
  const kernel = outputKernel(s, packing, block.rows);
  return {
    temporaries: [s.groups * packedBytes(packing), ...(parts > 1 ? [parts * size * 4] : [])],
    steps: [
      { kernel: packKernel(packing), buffers: [1, 3] },
      { kernel, buffers: [0, 3, parts > 1 ? 4 : 2] },
      ...(parts > 1 ? [{ kernel: combineKernel(parts, size), buffers: [4, 2] }] : []),
    ],
  };
}

/** Buffers: x, packed kernels, y once for each part of the depth. */
function outputKernel(s: ConvShape, packing: Packing, tileRows: number): Kernel {
  const total = s.batch * s.positions;
  const rows = blockRows(s, total);
  const flops = 2 * total * s.depth * s.filters;
  const blocks = evenly(
    Math.ceil(total / rows),
    Math.ceil(total / rows) / Math.max(1, Math.min(64, Math.round(flops / 1e6))),
  );
  const panel = packing.panel;
  return {
    key: `conv output ${JSON.stringify({ s, panel })}`,
    name: convName('forward', s),
    buffers: 3,
    units: blocks.parts,
    flops,
    bytes: 4 * (total * s.filters + s.depth * s.filters) + s.batch * s.channels * 4 * s.input.reduce((a, b) => a * b),
    scratch: patchBytes(s, rows),
    emit: (module, target) =>
      module.func(kernelParams(3), [], (f, ...params) => {
        const [x, packed, y, scratch, begin, end] = params as [
          Local<'i32'>,
          Local<'i32'>,
          Local<'i32'>,
          Local<'i32'>,
          Local<'i32'>,
          Local<'i32'>,
        ];
        const gather = gatherPatches(module, target, s);
        const stop = f.let(i32.mul(end, i32.const(blocks.size * rows)));
        f.set(stop, i32.select(i32.ltS(stop, i32.const(total)), stop, i32.const(total)));
        const [at, count, group] = f.locals('i32', 3) as [Local<'i32'>, Local<'i32'>, Local<'i32'>];
        f.for(at, i32.mul(begin, i32.const(blocks.size * rows)), stop, rows, () => {
          f.set(count, i32.sub(stop, at));
          f.set(count, i32.select(i32.ltS(count, i32.const(rows)), count, i32.const(rows)));
          f.for(group, 0, s.groups, 1, () => {
            f.call(gather, [i32.add(x, i32.mul(group, i32.const(s.width * 4))), scratch, at, count]);
            const product = {
              depth: s.depth,
              a: { row: patchRow(s) * 4, step: 4, block: tileRows * patchRow(s) * 4 },
              b: { row: panel * 4, panel: s.depth * panel * 4 },
              c: { row: s.filters * 4, column: 4 },
              block: { rows: tileRows, columns: panel, dots: false },
              rowTail: total % tileRows,
              columnTail: s.groupFilters % panel,
            };
            multiplyDeep(
              f,
              module,
              target,
              product,
              {
                a: scratch,
                b: i32.add(packed, i32.mul(group, i32.const(packedBytes(packing)))),
                c: i32.add(
                  y,
                  i32.add(i32.mul(at, i32.const(s.filters * 4)), i32.mul(group, i32.const(s.groupFilters * 4))),
                ),
                blocks: i32.divU(count, i32.const(tileRows)),
                panels: i32.const(Math.floor(s.groupFilters / panel)),
                lastRows: i32.remU(count, i32.const(tileRows)),
                lastColumns: i32.const(1),
                add: i32.const(0),
              },
              total * s.filters * 4,
            );
          });
        });
      }),
  };
}
