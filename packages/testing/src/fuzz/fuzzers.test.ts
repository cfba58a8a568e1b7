import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fuzzers } from './fuzzers.ts';

test.each(fuzzers.filter(({ quick }) => quick > 0))('$name holds for its first inputs', async (fuzzer) => {
  expect(await fuzzer.search({ seed: 1, runs: fuzzer.quick }, (check) => Promise.resolve(check()))).toBeUndefined();
});

test('every file declares a fuzzer of its name, which the list has', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.fuzz.ts'));
  expect(fuzzers.map(({ name }) => `${name}.fuzz.ts`).sort()).toEqual(files.sort());
});
