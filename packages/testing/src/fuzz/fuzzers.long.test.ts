import { expect, test } from 'vitest';
import { fuzzers } from './fuzzers.ts';

test.each(fuzzers.filter(({ quick }) => quick > 0))(
  '$name holds for many inputs',
  { timeout: 1_200_000 },
  async (fuzzer) => {
    expect(
      await fuzzer.search({ seed: 2, runs: 40 * fuzzer.quick }, (check) => Promise.resolve(check())),
    ).toBeUndefined();
  },
);
