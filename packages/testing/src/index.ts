export { type AnyOp, findOps, opsOf } from './ops.ts';
export { sampleArguments, seededSampler } from './sampler.ts';
