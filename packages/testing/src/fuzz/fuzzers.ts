import type { Fuzzer } from './fuzzer.ts';

/** All fuzzers, in the order of `npm run fuzz`. */
export const fuzzers: readonly Fuzzer[] = [];
