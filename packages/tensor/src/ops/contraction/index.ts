export { dot } from './dot.ts';
export { einsum } from './einsum.ts';
export { matmul } from './matmul.ts';
export { outer } from './outer.ts';
export { tensordot } from './tensordot.ts';
