import fc from 'fast-check';
import { expect, test } from 'vitest';
import { programs } from './arbitraries.ts';
import { instructions } from './instructions.ts';
import { type Program, settle } from './program.ts';

test('every instruction takes part in random programs', () => {
  const used = new Set(
    fc.sample(programs, { seed: 1, numRuns: 2500 }).flatMap((program) => settle(program).steps.map(([name]) => name)),
  );
  expect([...instructions.keys()].filter((name) => !used.has(name))).toEqual([]);
});

test('settling leaves out results that are too large without computing them', () => {
  const long: Program = {
    args: [{ shape: [17, 40_009], dtype: 'float32', seed: 0, values: 'positive' }],
    steps: [
      ['matmulOwn', 0, 0, 1], // a product of 40,009 × 40,009 elements, 6.4 GB
      ['sum', 0, 0, 2],
    ],
    most: 1e7,
  };
  const kilobytes = process.resourceUsage().maxRSS;
  expect(settle(long).steps).toEqual([['sum', 0, 0, 2]]);
  expect(process.resourceUsage().maxRSS - kilobytes).toBeLessThan(1e6);
});
