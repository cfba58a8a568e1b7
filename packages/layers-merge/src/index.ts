export { add } from './add.ts';
export { average } from './average.ts';
export { concatenate, type ConcatenateOptions, type ConcatenateRule } from './concatenate.ts';
export { dot, type DotOptions, type DotRule } from './dot.ts';
export { maximum } from './maximum.ts';
export type { MergeRule } from './mergeLayer.ts';
export { minimum } from './minimum.ts';
export { multiply } from './multiply.ts';
export { subtract } from './subtract.ts';
