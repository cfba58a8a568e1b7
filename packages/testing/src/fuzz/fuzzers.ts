import archives from './archives.fuzz.ts';
import type { Fuzzer } from './fuzzer.ts';
import functions from './functions.fuzz.ts';
import gradients from './gradients.fuzz.ts';
import growth from './growth.fuzz.ts';
import images from './images.fuzz.ts';
import modelFiles from './modelFiles.fuzz.ts';
import models from './models.fuzz.ts';
import optimizers from './optimizers.fuzz.ts';
import partials from './partials.fuzz.ts';
import programs from './programs.fuzz.ts';
import readers from './readers.fuzz.ts';
import reductions from './reductions.fuzz.ts';
import servers from './servers.fuzz.ts';
import tokenizers from './tokenizers.fuzz.ts';
import vectors from './vectors.fuzz.ts';

/** All fuzzers, in the order of `npm run fuzz`. */
export const fuzzers: readonly Fuzzer[] = [
  programs,
  functions,
  gradients,
  models,
  optimizers,
  reductions,
  partials,
  growth,
  modelFiles,
  readers,
  archives,
  images,
  servers,
  tokenizers,
  vectors,
];
