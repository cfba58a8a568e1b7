import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ModuleBuilder } from '../../asm/index.ts';
import { partition, partitionRows, unitsFor, unitStart } from './partition.ts';

const count = fc.integer({ min: 1, max: 100_000 });

test('partition covers the total with parts of at most the given size, none of them empty', () => {
  fc.assert(
    fc.property(count, fc.double({ min: 0, max: 1e5, noNaN: true }), (total, maxSize) => {
      const { size, parts } = partition(total, maxSize);
      expect(size).toBeLessThanOrEqual(Math.max(1, Math.ceil(maxSize)));
      expect(parts * size).toBeGreaterThanOrEqual(total);
      expect((parts - 1) * size).toBeLessThan(total);
    }),
  );
});

test('unitsFor gives small work one unit, and large work the most', () => {
  expect([0, 1e6, 3e6, 1e12].map((flops) => unitsFor(flops, 32))).toEqual([1, 1, 3, 32]);
});

/** Runs code that computes the bounds of a unit. */
function evaluate(write: Parameters<ModuleBuilder['func']>[2], results: number): (unit: number) => number[] {
  const module = new ModuleBuilder({ shared: false });
  module.export('f', module.func(['i32'], new Array<'i32'>(results).fill('i32'), write));
  const env = { memory: new WebAssembly.Memory({ initial: 0 }) };
  const { f } = new WebAssembly.Instance(new WebAssembly.Module(module.bytes()), { env }).exports as {
    f: (unit: number) => number | number[];
  };
  return (unit) => [f(unit)].flat();
}

test('partitionRows gives each row to one unit', () => {
  fc.assert(
    fc.property(count, fc.integer({ min: 1, max: 50_000 }), (rows, rowElements) => {
      const { units, bounds } = partitionRows(rows, rowElements);
      const boundsOf = evaluate((f, unit) => {
        const [begin, end] = f.lets(...bounds(unit as never, unit as never));
        f.result(begin);
        f.result(end);
      }, 2);
      expect(units).toBeLessThanOrEqual(64);
      expect(boundsOf(0)[0]).toBe(0);
      for (let unit = 1; unit < units; unit++) expect(boundsOf(unit)[0]).toBe(boundsOf(unit)[1]);
      expect(boundsOf(units)[1]).toBe(rows);
      expect(boundsOf(units - 1)[0]).toBeLessThan(rows);
    }),
    { numRuns: 50 },
  );
});

test('unitStart stops at the total', () => {
  const start = evaluate((f, unit) => f.result(unitStart(f, unit as never, 7, 20)), 1);
  expect([0, 1, 2, 3, 4].map((unit) => start(unit)[0])).toEqual([0, 7, 14, 20, 20]);
});
