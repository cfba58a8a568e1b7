export { sparseCategoricalAccuracy } from './sparseCategoricalAccuracy.ts';
