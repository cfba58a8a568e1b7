export { type Batch, type BatchOptions, Dataset, type Row, type ShuffleOptions } from './dataset.ts';
export { digits, type DigitsOptions } from './digits.ts';
export { gunzip, type GunzipOptions, maybeGunzip } from './gunzip.ts';
export { readIdx, type ReadIdxOptions } from './readIdx.ts';
export { type LabelledImages, type NamedBytes, readMnist, type ReadMnistOptions } from './readMnist.ts';
