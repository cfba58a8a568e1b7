/** The call signatures that ops are declared with, `matmul: Op<Matmul>`. */
export type * from './signatures/contraction.ts';
export type * from './signatures/creation.ts';
export type * from './signatures/elementwise.ts';
export type * from './signatures/gather.ts';
export type * from './signatures/join.ts';
export type * from './signatures/layout.ts';
export type * from './signatures/rearrange.ts';
export type * from './signatures/reduction.ts';
export type * from './signatures/window.ts';
