import type { Fuzzer } from './fuzzer.ts';
import modelFiles from './modelFiles.fuzz.ts';
import models from './models.fuzz.ts';
import programs from './programs.fuzz.ts';
import reductions from './reductions.fuzz.ts';

/** All fuzzers, in the order of `npm run fuzz`. */
export const fuzzers: readonly Fuzzer[] = [programs, models, reductions, modelFiles];
