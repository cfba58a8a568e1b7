import type { Fuzzer } from './fuzzer.ts';

/** All fuzzers, in the order of `npm run fuzz`. Each knows its own inputs: nobody else looks at them. */
export const fuzzers: readonly Fuzzer<never>[] = [];
