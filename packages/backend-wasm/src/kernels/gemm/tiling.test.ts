import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseTiling } from './tiling.ts';
import { chooseLayout } from './layout.ts';

const size = fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 20000 }));
const shapes = fc.record({ m: size, k: size, n: size, transposeA: fc.boolean(), transposeB: fc.boolean() });

describe('chooseTiling', () => {
  it('covers the product without empty tiles, in units of a reasonable size', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 200 }), (shape, batch) => {
        const layout = chooseLayout(shape, 4);
        const tiling = chooseTiling(layout, batch);
        const covers = (parts: number, part: number, total: number): boolean =>
          parts * part >= total && (parts - 1) * part < total;
        expect(covers(tiling.rowTiles, tiling.taskBlocks, Math.ceil(layout.rows / layout.block.rows))).toBe(true);
        expect(covers(tiling.columnTiles, tiling.taskPanels, Math.ceil(layout.columns / layout.block.columns))).toBe(
          true,
        );
        expect(covers(tiling.kBlocks, tiling.blockDepth, layout.depth)).toBe(true);
        expect(covers(tiling.kSplits, tiling.kBlocksPerSplit, tiling.kBlocks)).toBe(true);
        const units = Math.ceil((batch * tiling.rowTiles * tiling.columnTiles * tiling.kSplits) / tiling.unitTasks);
        const flops = 2 * batch * shape.m * shape.k * shape.n;
        if (flops < 1e6) expect(units).toBe(1);
        else expect(units).toBeLessThanOrEqual(Math.max(64, Math.ceil(shape.m / 96), Math.ceil(shape.n / 96)) * 2);
      }),
    );
  });

  it('splits the depth of a kernel gradient', () => {
    const { kSplits, rowTiles, columnTiles } = chooseTiling(
      chooseLayout({ m: 128, k: 12544, n: 10, transposeA: true, transposeB: false }, 4),
      1,
    );
    expect([kSplits > 16, rowTiles, columnTiles]).toEqual([true, 1, 1]);
  });
});
