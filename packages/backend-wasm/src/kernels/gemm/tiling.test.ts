import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseTiling } from './tiling.ts';
import { chooseLayout } from './layout.ts';

const size = fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 20000 }));
const shapes = fc.record({ m: size, k: size, n: size, transposeA: fc.boolean(), transposeB: fc.boolean() });

describe('cutOf', () => {
  it('cuts a product into parts that are none of them empty, and units of some work', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 200 }), (shape, batch) => {
        const form = chooseLayout(shape, 4);
        const cut = chooseTiling(form, batch);
        const covers = (parts: number, part: number, total: number): boolean =>
          parts * part >= total && (parts - 1) * part < total;
        expect(covers(cut.rowTiles, cut.taskBlocks, Math.ceil(form.rows / form.block.rows))).toBe(true);
        expect(covers(cut.columnTiles, cut.taskPanels, Math.ceil(form.columns / form.block.columns))).toBe(true);
        expect(covers(cut.kBlocks, cut.blockDepth, form.depth)).toBe(true);
        expect(covers(cut.kSplits, cut.kBlocksPerSplit, cut.kBlocks)).toBe(true);
        const units = Math.ceil((batch * cut.rowTiles * cut.columnTiles * cut.kSplits) / cut.unitTasks);
        const flops = 2 * batch * shape.m * shape.k * shape.n;
        if (flops < 1e6) expect(units).toBe(1);
        else expect(units).toBeLessThanOrEqual(Math.max(64, Math.ceil(shape.m / 96), Math.ceil(shape.n / 96)) * 2);
      }),
    );
  });

  it('splits the depth of a kernel gradient', () => {
    const {
      kSplits: depthParts,
      rowTiles: rowParts,
      columnTiles: columnParts,
    } = chooseTiling(chooseLayout({ m: 128, k: 12544, n: 10, transposeA: true, transposeB: false }, 4), 1);
    expect([depthParts > 16, rowParts, columnParts]).toEqual([true, 1, 1]);
  });
});
