export * from '@chainrule/augmentation';
// It compiles, so it sets the default backend.
export { augmentBatch } from '../onDefault.ts';
