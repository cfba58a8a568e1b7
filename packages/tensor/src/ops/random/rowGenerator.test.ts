import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Tensor } from '../../array/tensor.ts';
import { oracle } from '../../oracle/oracle.ts';
import { philox4x32 } from '../../random/philox.ts';
import { Generator } from './generator.ts';
import { drawRows } from './rowGenerator.ts';

/** The draws of each row over batches of these sizes. */
function rowsOf(sizes: readonly number[], shapes: readonly (readonly number[])[], captured = false): string[] {
  const rng = new Generator(7).stream('images');
  return sizes.flatMap((n) => {
    const draw = (): Tensor[] => {
      const rows = drawRows(rng, n);
      return shapes.map((shape) => rows.draw(shape, 'int32'));
    };
    const draws = (captured ? oracle(draw)() : draw()).map(({ data }) => [...data]);
    // The oracle assigns nothing.
    if (captured) drawRows(rng, n);
    return Array.from({ length: n }, (_, i) =>
      draws.map((data) => data.slice((i * data.length) / n, ((i + 1) * data.length) / n).join()).join(';'),
    );
  });
}

describe('draws for rows', () => {
  test('are the same for any sizes of batches, eager and captured', () => {
    const shapes = fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 2 }), { minLength: 1, maxLength: 3 });
    const sizes = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(sizes, shapes, (batches, drawn) => {
        const total = batches.reduce((a, b) => a + b, 0);
        const together = rowsOf([total], drawn);
        expect(rowsOf(batches, drawn)).toEqual(together);
        expect(rowsOf(batches, drawn, true)).toEqual(together);
        expect(rowsOf(Array<number>(total).fill(1), drawn)).toEqual(together);
      }),
      { numRuns: 40 },
    );
  });

  it('are words of Philox: the block, the purpose, the number of the row, the draw', () => {
    const rng = new Generator(3);
    drawRows(rng, 5);
    const rows = drawRows(rng, 2);
    rows.draw([1], 'int32');
    const words = [...rows.draw([6], 'int32').data].slice(6);
    const block = (j: number): number[] => [...philox4x32([3, 0], [j, 3, 6, 1])];
    expect(words).toEqual([...block(0), ...block(1).slice(0, 2)]);
    expect([rng.counter.value.item(), rows.size]).toEqual([7, 2]);
  });

  it('differ between rows, draws and streams, and are uniforms with 24 bits', () => {
    const rows = drawRows(new Generator(1), 50);
    const other = drawRows(new Generator(1).stream('a'), 50);
    const all = [rows.draw([7], 'float64'), rows.draw([7], 'float64'), other.draw([7], 'float64')];
    const values = all.flatMap((t) => [...t.data]);
    expect(new Set(values).size).toBeGreaterThan(1048);
    expect(values.every((u) => u >= 0 && u < 1 && Number.isInteger(u * 2 ** 24))).toBe(true);
  });

  it('refuses a number of rows that is not an integer of at least 0', () => {
    expect(() => drawRows(new Generator(1), -1)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: drawRows: \`n\` must be an integer of at least 0, got -1]`,
    );
    expect(() => drawRows(new Generator(1), '2' as unknown as number)).toThrow('drawRows: `n`');
  });
});
