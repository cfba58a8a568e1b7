import fc from 'fast-check';
import { expect, test } from 'vitest';
import { programs } from './arbitraries.ts';
import { instructions } from './instructions.ts';
import { settle } from './program.ts';

test('every instruction takes part in random programs', () => {
  const used = new Set(
    fc.sample(programs, { seed: 1, numRuns: 2500 }).flatMap((program) => settle(program).steps.map(([name]) => name)),
  );
  expect([...instructions.keys()].filter((name) => !used.has(name))).toEqual([]);
});
