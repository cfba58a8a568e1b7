// The namespace `constraints`.
export { maxNorm, nonNeg, unitNorm } from '@chainrule/layers-core';
