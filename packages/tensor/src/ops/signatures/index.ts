/** The call signatures of ops: `matmul: Op<Matmul>`. */
export type * from './contraction.ts';
export type * from './creation.ts';
export type * from './elementwise.ts';
export type * from './gather.ts';
export type * from './join.ts';
export type * from './layout.ts';
export type * from './rearrange.ts';
export type * from './reduction.ts';
export type * from './window.ts';
